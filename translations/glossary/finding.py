"""Finds the glossary's terms in a source, and their forms in a target."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache

from wagtail.models import Locale

from .models import GlossaryForm, GlossaryTerm

APOSTROPHES = "['’ʼ]"
# Scripts that write no spaces between words, or put particles right behind them.
NO_BOUNDARY = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7ff]"
)


@dataclass(frozen=True)
class Term:
    """A term with its forms in one language."""

    term: str
    case_sensitive: bool = False
    definition: str = ""
    do_not_translate: bool = False
    note: str = ""
    preferred: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()

    @property
    def wanted(self) -> tuple[str, ...]:
        """The forms of which a target is to have one; none if the glossary does not say."""
        forms = self.preferred + self.allowed
        return forms or ((self.term,) if self.do_not_translate else ())

    @property
    def shown(self) -> str:
        """What to write, for people; empty if the glossary does not say."""
        return next(iter(self.wanted), "")


@dataclass(frozen=True)
class FoundTerm:
    """A term where it stands in a source text."""

    term: Term
    start: int
    end: int


@dataclass(frozen=True)
class Glossary:
    """The terms with their forms in one language."""

    terms: tuple[Term, ...] = ()

    @cached_property
    def binding(self) -> Glossary:
        """The terms of which this says how to write them, so that no other hides one in it."""
        return Glossary(tuple(term for term in self.terms if term.wanted or term.forbidden))

    @cached_property
    def pattern(self) -> re.Pattern | None:
        """Finds any of the terms, the longest at each place; a group for each."""
        numbered = sorted(enumerate(self.terms), key=lambda each: -len(each[1].term))
        parts = [f"(?P<t{number}>{source_pattern(term)})" for number, term in numbered]
        return re.compile("|".join(parts)) if parts else None

    def find(self, source: str) -> list[FoundTerm]:
        """The terms that a source text has, in their order; none within a longer one."""
        if self.pattern is None:
            return []
        return [
            FoundTerm(self.terms[int(match.lastgroup[1:])], match.start(), match.end())
            for match in self.pattern.finditer(source)
        ]


def glossary_of(locale: Locale) -> Glossary:
    """The glossary for translating into a language. Two queries."""
    forms: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = GlossaryForm.objects.filter(locale=locale).order_by("pk")
    for term_id, status, text in rows.values_list("term_id", "status", "text"):
        forms[term_id][status].append(text)
    return Glossary(
        tuple(
            Term(
                term=row.term,
                case_sensitive=row.case_sensitive,
                definition=row.definition,
                do_not_translate=row.do_not_translate,
                note=row.note,
                **{status: tuple(texts) for status, texts in forms[row.pk].items()},
            )
            for row in GlossaryTerm.objects.all()
        )
    )


def source_pattern(term: Term) -> str:
    """A term as it may stand in English: one or many, whatever the spaces and apostrophes.

    Any longer word may be the one with the plural's s: coordinators for international relations.
    """
    words = [plural(loosened(word)) for word in term.term.split()]
    pattern = r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)"
    return pattern if term.case_sensitive else f"(?i:{pattern})"


def plural(word: str) -> str:
    """A word's pattern that takes its plural too: city, cities; boss, bosses; office, offices."""
    if word.endswith("y"):
        return f"{word[:-1]}(?:y|ys|ies)"
    return f"{word}(?:e?s)?"


def loosened(text: str) -> str:
    """A text as a pattern: any apostrophe for an apostrophe, any space for a space."""
    pattern = re.sub(r"(?:\\ )+|\s+", r"\\s+", re.escape(text.strip()))
    return re.sub(APOSTROPHES, APOSTROPHES, pattern)


@lru_cache(maxsize=5000)
def form_pattern(form: str) -> re.Pattern:
    """A form as it may stand in a target: whole words, with any ending where it has a star."""
    pattern = loosened(form).replace(r"\*", r"\w*")
    before = "" if NO_BOUNDARY.match(form[:1]) else r"(?<![^\W\d_])"
    after = "" if form.endswith("*") or NO_BOUNDARY.match(form[-1:]) else r"(?![a-zA-ZÀ-ɏЀ-ӿ])"
    return re.compile(before + pattern + after, re.IGNORECASE)


def has_form(target: str, form: str) -> bool:
    """Whether a target text has the form."""
    if form_pattern(form).search(target):
        return True
    # A name within words of an unspaced script: CLAIRは.
    return not form.endswith("*") and bool(
        re.search(
            rf"(?<![a-zA-ZÀ-ɏЀ-ӿ]){loosened(form)}(?![a-zA-ZÀ-ɏЀ-ӿ])",
            target,
            re.IGNORECASE,
        )
    )
