"""The interface's catalogues: found strings, PO files and compiled files, without GNU gettext.

Babel finds the strings and writes what Django reads; templates pass through Django's `templatize`.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from babel.core import Locale
from babel.messages.extract import extract
from babel.messages.plurals import _PluralTuple as PluralTuple
from babel.messages.plurals import get_plural
from django.conf import settings
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

from .languages import LANGUAGES, SOURCE_CODE, Language

KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "_": None,
}
CODE_FOLDERS = (
    "accounts",
    "assets",
    "clair_site",
    "jet",
    "jobs",
    "multicultural",
    "offices",
    "pages",
    "programmes",
    "translations",
)
TEMPLATE_FOLDERS = (*CODE_FOLDERS, "templates")
TEMPLATE_SUFFIXES = {".html", ".txt"}


@dataclass(frozen=True)
class Message:
    """A string of the interface, with its plural and context if it has them."""

    text: str
    plural: str | None = None
    context: str | None = None


def base() -> Path:
    """The project's folder."""
    return Path(settings.BASE_DIR)


def locale_folder() -> Path:
    """Where the catalogues are."""
    return base() / "locale"


def target_languages() -> list[Language]:
    """The languages that have a catalogue: all but the source."""
    return [language for code, language in LANGUAGES.items() if code != SOURCE_CODE]


def catalogue_path(language: Language) -> Path:
    """Where a language's PO file is."""
    return locale_folder() / to_locale(language.code) / "LC_MESSAGES" / "django.po"


def read_sources() -> Iterator[tuple[Path, str]]:
    """Every file with strings, as Python for the extractor."""
    for folder in CODE_FOLDERS:
        for path in sorted((base() / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.read_text(encoding="utf-8")
    for folder in TEMPLATE_FOLDERS:
        for path in sorted((base() / folder).rglob("*")):
            if path.suffix not in TEMPLATE_SUFFIXES or "templates" not in path.parts:
                continue
            calls = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            # How a template is indented means nothing, but Python's tokenizer would mind.
            yield path, "\n".join(line.lstrip() for line in calls.splitlines())


def found_messages() -> dict[Message, list[tuple[str, str]]]:
    """All strings of code and templates, each with the files and lines where it stands."""
    messages: dict[Message, list[tuple[str, str]]] = {}
    for path, source in read_sources():
        rows = extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS)
        for _line, found, _comments, context in rows:
            text, plural = found if isinstance(found, tuple) else (found, None)
            if text:
                place = (str(path.relative_to(base())), "")
                places = messages.setdefault(Message(text, plural, context), [])
                if place not in places:
                    places.append(place)
    return messages


def plurals(language: Language) -> PluralTuple:
    """How the language counts, as gettext writes it; two forms where Babel has no rule for it."""
    return get_plural(Locale.parse(language.cldr))


def key_of(entry: polib.POEntry) -> Message:
    """The message that an entry translates."""
    return Message(entry.msgid, entry.msgid_plural or None, entry.msgctxt)


def update(language: Language) -> tuple[int, int]:
    """Makes a language's PO file hold exactly the strings found. Gives how many came and went."""
    path = catalogue_path(language)
    known = {key_of(entry): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    fresh = polib.POFile(wrapwidth=98)
    fresh.metadata = {
        "Project-Id-Version": "CLAIR website",
        "Language": language.tag,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plurals(language).plural_forms,
    }
    new = 0
    for message, places in found_messages().items():
        entry = known.pop(message, None)
        if entry is None:
            new += 1
            entry = polib.POEntry(msgid=message.text, msgctxt=message.context)
            if message.plural:
                entry.msgid_plural = message.plural
                entry.msgstr_plural = dict.fromkeys(range(plurals(language).num_plurals), "")
        entry.occurrences = places
        entry.flags = [flag for flag in entry.flags if flag != "python-format"]
        fresh.append(entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(path))
    return new, len(known)


def gaps(language: Language) -> list[str]:
    """A line for each string that the catalogue lacks, has as fuzzy or needs no longer."""
    path = catalogue_path(language)
    if not path.exists():
        return [f"{language.code}: there is no catalogue"]
    entries = {key_of(entry): entry for entry in polib.pofile(str(path)) if not entry.obsolete}
    wanted = found_messages()
    lines = [
        f"{language.code}: not in the catalogue: {m.text!r}" for m in wanted if m not in entries
    ]
    lines += [f"{language.code}: no longer used: {m.text!r}" for m in entries if m not in wanted]
    for message, entry in entries.items():
        if entry.fuzzy:
            lines.append(f"{language.code}: fuzzy: {message.text!r}")
        elif not entry.translated():
            lines.append(f"{language.code}: not translated: {message.text!r}")
    return lines


def compile_catalogues() -> list[Path]:
    """Writes the compiled files that are missing or older than their PO. Gives those written."""
    written = []
    for language in target_languages():
        source = catalogue_path(language)
        compiled = source.with_suffix(".mo")
        if source.exists() and (
            not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime
        ):
            # Put in place whole, for processes that start at the same time.
            new = compiled.with_suffix(f".{os.getpid()}")
            polib.pofile(str(source)).save_as_mofile(str(new))
            new.replace(compiled)
            written.append(compiled)
    return written
