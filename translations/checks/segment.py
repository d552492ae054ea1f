"""All checks of one segment."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

from django.utils.translation import gettext as _
from translate.filters.checks.config import CheckerConfig
from translate.filters.checks.exceptions import FilterFailure
from translate.filters.checks.standard import StandardChecker
from wagtail.models import Locale
from wagtail_localize.strings import StringValue, validate_translation_links

from ..easy_japanese.linting import EASY_JAPANESE, lint
from ..furigana.markup import Readings
from ..glossary.finding import Glossary
from .findings import ERROR, WARNING, Finding
from .numbers import missing_numbers
from .punctuation import check_punctuation
from .terms import check_terms

TAG = re.compile(r"</?\w+[^>]*>")
TAG_NAME = re.compile(r"\w+")
# What translate-toolkit calls our languages, where it does not know our codes.
TOOLKIT_CODES = {"ja-easy": "ja", "zh-hans": "zh_CN", "zh-hant": "zh_TW", "pt-br": "pt_BR"}
# Filters of translate-toolkit that hold for every text; they are given the texts without tags.
FILTERS = {
    "printf": ERROR,
    "pythonbraceformat": ERROR,
    "variables": ERROR,
    "emails": ERROR,
    "urls": ERROR,
    "doublespacing": WARNING,
    "startwhitespace": WARNING,
    "endwhitespace": WARNING,
    "newlines": WARNING,
    "tabs": WARNING,
    "purepunc": WARNING,
}
# In these, a word twice in a row is common: reduplication, or a pronoun with its verb's reflexive.
DOUBLE_WORDS = {
    "de": {"die", "der", "das", "sie"},
    "fr": {"nous", "vous"},
    "es": {"se"},
}
REDUPLICATING = {"vi"}
WORD = re.compile(r"[^\W\d_]+")
# A text of names is the same in many languages, and so is a Japanese sentence in Latin letters. One
# with these words is English. Shorter texts are often names all the same.
ENGLISH = re.compile(
    r"\b(?:a|and|are|at|be|by|can|for|from|has|have|in|is|it|its|not|of|on|or|our|that|the|they"
    r"|this|was|we|what|where|which|who|with|you|your)\b"
)
WORDS_TO_TRANSLATE = 3
# Numbers of so many digits are often written as words.
LONGEST_WORD = 2
# Below this, a much shorter target means nothing: Year is one character in Japanese.
LONG_ENOUGH_TO_COMPARE = 40


def messages() -> dict[str, str]:
    """What to say of what translate-toolkit found, in the language of who reads it."""
    return {
        "printf": _("A placeholder such as %(name)s is missing or not as in the source."),
        "pythonbraceformat": _("A placeholder such as {name} is missing or not as in the source."),
        "variables": _("A placeholder is missing or not as in the source."),
        "emails": _("An e-mail address is not as in the source."),
        "urls": _("A web address is not as in the source."),
        "doublespacing": _("There are two spaces in a row."),
        "startwhitespace": _("It begins with a space, or lacks the space of the source there."),
        "endwhitespace": _("It ends with a space, or lacks the space of the source there."),
        "newlines": _("The line breaks are not as in the source."),
        "tabs": _("The tabs are not as in the source."),
        "purepunc": _("The source is a sign that stays as it is, or the target is only signs."),
    }


@lru_cache
def config_of(language_code: str) -> CheckerConfig:
    """What translate-toolkit knows of a language."""
    return CheckerConfig(targetlanguage=TOOLKIT_CODES.get(language_code, language_code))


class SegmentChecker:
    """Checks targets in one language. Make one for each piece of work: it keeps what it worked out.

    `terms` is the glossary of that language, `readings` those of sentences in Easy Japanese.
    """

    def __init__(
        self,
        locale: Locale,
        terms: Glossary | None = None,
        readings: Mapping[str, Readings] | None = None,
    ) -> None:
        self.code = locale.language_code
        self.primary = self.code.partition("-")[0]
        self.terms = terms or Glossary()
        self.readings = readings
        self.toolkit = StandardChecker(
            config_of(self.code), limitfilters=[*FILTERS, "doublewords", "short", "long"]
        )

    def check(self, source: str, target: str, *, max_length: int | None = None) -> list[Finding]:
        """What is wrong with a target, errors first. A target without words is only untranslated.

        `max_length` is how many characters its field holds.
        """
        if not target.strip():
            return [Finding("untranslated", ERROR, _("It is not translated."))]
        plain_source, plain = plain_text(source), plain_text(target)
        findings = [
            *self.check_markup(source, target),
            *self.check_with_toolkit(plain_source, plain),
            *self.check_numbers(plain_source, plain),
            *self.check_length(plain, max_length),
            *self.check_translated(plain_source, plain),
            *check_punctuation(plain_source, plain, self.primary),
            *check_terms(plain_source, plain, self.terms),
        ]
        if self.code == EASY_JAPANESE:
            findings += lint(plain, self.readings)
        return sorted(findings, key=lambda finding: finding.severity != ERROR)

    def check_markup(self, source: str, target: str) -> list[Finding]:
        """Tags must be those of the source, each once, in any order."""
        if "<" not in source and "<" not in target:
            return []
        wanted, there = (sorted(TAG.findall(text)) for text in (source, target))
        missing, added = list(wanted), []
        for tag in there:
            if tag in missing:
                missing.remove(tag)
            else:
                added.append(tag)
        if missing or added:
            parts = []
            if missing:
                parts.append(_("Missing tags: %(tags)s.") % {"tags": " ".join(missing)})
            if added:
                parts.append(_("Tags too many: %(tags)s.") % {"tags": " ".join(added)})
            return [Finding("tags", ERROR, " ".join(parts))]
        try:
            StringValue.from_translated_html(target)
            validate_translation_links(source, target)
            sound = in_order(target)
        except ValueError:
            sound = False
        if not sound:
            return [Finding("tags", ERROR, _("The tags do not open and close in order."))]
        return []

    def passes(self, name: str, source: str, target: str) -> bool:
        """Whether a filter of translate-toolkit finds nothing."""
        try:
            return bool(getattr(self.toolkit, name)(source, target))
        except FilterFailure:
            return False

    def check_with_toolkit(self, source: str, target: str) -> list[Finding]:
        findings = [
            Finding(name, severity, messages()[name])
            for name, severity in FILTERS.items()
            if not self.passes(name, source, target)
        ]
        if len(source) >= LONG_ENOUGH_TO_COMPARE:
            if not self.passes("short", source, target):
                findings.append(Finding("short", WARNING, _("It is much shorter than the source.")))
            if not self.passes("long", source, target):
                findings.append(Finding("long", WARNING, _("It is much longer than the source.")))
        if self.primary not in REDUPLICATING and (word := self.double_word(target)):
            findings.append(
                Finding(
                    "doublewords",
                    WARNING,
                    _("“%(word)s” stands twice in a row.") % {"word": word},
                )
            )
        return findings

    def double_word(self, target: str) -> str | None:
        """A word that stands twice in a row, as translate-toolkit finds it, if it should not."""
        try:
            self.toolkit.doublewords("", target)
        except FilterFailure:
            words = target.casefold().replace(".", "").split()
            valid = DOUBLE_WORDS.get(self.primary, set())
            for first, second in pairwise(words):
                if first == second and first not in valid and any(map(str.isalpha, first)):
                    return first
        return None

    def check_numbers(self, source: str, target: str) -> list[Finding]:
        if missing := missing_numbers(source, target):
            # A small number may be written as a word.
            severity = ERROR if any(len(number) > 1 for number in missing) else WARNING
            message = _("Numbers of the source that are not there: %(numbers)s.")
            return [Finding("numbers", severity, message % {"numbers": ", ".join(missing)})]
        # A month is a number in many languages, and so is what English counts in words.
        if added := [each for each in missing_numbers(target, source) if len(each) > LONGEST_WORD]:
            message = _("Numbers that the source does not have: %(numbers)s.")
            return [Finding("numbers_added", WARNING, message % {"numbers": ", ".join(added)})]
        return []

    def check_length(self, target: str, max_length: int | None) -> list[Finding]:
        if max_length is None or len(target) <= max_length:
            return []
        message = _("It has %(length)d characters; the field holds %(limit)d.")
        return [Finding("length", ERROR, message % {"length": len(target), "limit": max_length})]

    def check_translated(self, source: str, target: str) -> list[Finding]:
        """A text that stayed as it was, unless it is a name, or what the glossary leaves so."""
        if source.casefold().strip() != target.casefold().strip():
            return []
        rest = source
        for found in reversed(self.terms.find(source)):
            rest = rest[: found.start] + rest[found.end :]
        if len(WORD.findall(rest)) < WORDS_TO_TRANSLATE or not ENGLISH.search(rest.casefold()):
            return []
        return [Finding("unchanged", WARNING, _("It is the same as the source."))]


def in_order(text: str) -> bool:
    """Whether every tag is closed, the last one opened first."""
    opened = []
    for tag in TAG.findall(text):
        name = TAG_NAME.search(tag)[0]
        if name == "br":
            continue
        if not tag.startswith("</"):
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened


def plain_text(text: str) -> str:
    """A text without markup, as its readers see it."""
    return html.unescape(TAG.sub("", text))


def check_segment(
    source: str,
    target: str,
    *,
    locale: Locale,
    terms: Glossary | None = None,
    max_length: int | None = None,
) -> list[Finding]:
    """What is wrong with one target, errors first. Asks the database nothing.

    `terms` is the glossary of the target's language, see `glossary_of`.
    """
    return SegmentChecker(locale, terms).check(source, target, max_length=max_length)
