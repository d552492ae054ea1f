"""Takes what translators send back: each file whole or not at all, with a report of it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail_localize.models import Translation

from ..languages import LANGUAGES
from ..segments.rights import refusal
from .archive import is_archive, unpack
from .reading import read
from .taking_in import Taken, take_in
from .units import Document, Problem, UnreadableFileError


@dataclass
class FileReport:
    """What became of one file: what was taken of it, or why it was not."""

    name: str
    titles: list[str] = field(default_factory=list)
    taken: Taken = field(default_factory=Taken)

    @property
    def refused(self) -> bool:
        """Whether nothing was taken of it."""
        return bool(self.taken.problems)

    def stored(self) -> dict:
        """The report as JSON."""
        return {
            "titles": self.titles,
            "written": self.taken.written,
            "fuzzy": self.taken.fuzzy,
            "remembered": self.taken.remembered,
            "problems": [
                {"line": each.line, "source": each.source[:200], "reason": each.reason}
                for each in self.taken.problems
            ],
        }


class RefusedError(Exception):
    """Ends the transaction of a file of which nothing is to stay."""


def files_of(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """The files in an upload. Raises UnreadableFileError for a zip file that cannot be opened."""
    if is_archive(data):
        yield from unpack(data)
    else:
        yield name, data


def take_file(name: str, data: bytes, user) -> FileReport:
    """Takes a file in for a user, with the rights that they have. One transaction."""
    report = FileReport(name)
    try:
        with transaction.atomic():
            for document in read(data):
                take_document(document, user, report)
            if report.refused:
                raise RefusedError
    except UnreadableFileError as error:
        report.taken = Taken(problems=[error.problem])
    except RefusedError:
        report.taken = Taken(problems=report.taken.problems)
    return report


def take_document(document: Document, user, report: FileReport) -> None:
    """Takes one document of a file in, and adds what became of it to the report."""
    translation = translation_of(document)
    if translation is None:
        problem = _("Nothing here is translated under the number “%(key)s”.")
        report.taken.problems.append(Problem(problem % {"key": document.key[:80]}))
        return
    reason = refusal(user, translation) or other_language(document, translation.target_locale)
    if reason:
        report.taken.problems.append(Problem(reason))
        return
    report.titles.append(translation.source.object_repr)
    taken = take_in(translation, document.units, user=user)
    report.taken.written += taken.written
    report.taken.fuzzy += taken.fuzzy
    report.taken.remembered += taken.remembered
    report.taken.problems += taken.problems


def translation_of(document: Document) -> Translation | None:
    """The translation that a document names."""
    try:
        key = uuid.UUID(document.key)
    except ValueError:
        return None
    return Translation.objects.select_related("source", "target_locale").filter(uuid=key).first()


def other_language(document: Document, locale: Locale) -> str | None:
    """Says it where a file is in another language than the translation that it names.

    Tools write a language in their own ways: in Poedit, Chinese is zh_CN.
    """
    named = document.target_language.replace("_", "-").casefold()
    language = LANGUAGES.get(locale.language_code)
    own = {locale.language_code.casefold()}
    if language:
        own |= {language.tag.casefold(), language.cldr.replace("_", "-").casefold()}
    # German as in Austria is German; Chinese as in Taiwan is not simplified Chinese.
    known = own | set(language.browser_codes if language else ())
    if not named or named in known or named.partition("-")[0] in own:
        return None
    return _("The file is in the language “%(file)s”, the translation in %(language)s.") % {
        "file": document.target_language[:40],
        "language": locale,
    }
