"""The PO files of the content: one a language, an entry for each text of each page and figure.

That of a partial language holds only the pages that it is to have: an entry that somebody adds with
a page's path as its `msgctxt` brings that page in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from wagtail.models import TranslatableMixin
from wagtail_localize.models import StringSegment

from translations.exchange.placing import check_target
from translations.languages import LANGUAGES, SOURCE_CODE, Language
from translations.store import bring_in

from .files import Content, ContentError

FIGURES_CONTEXT = "figures"
PO_LINE = re.compile(r'(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s+)?"(?:[^"\\]|\\.)*"')


@dataclass(frozen=True)
class SourceText:
    """A text to translate: where it stands (`context`), the text, and its file for the reader."""

    context: str
    text: str
    file: str


def target_languages() -> list[Language]:
    """The languages that pages are translated into."""
    return [language for code, language in LANGUAGES.items() if code != SOURCE_CODE]


def catalogue_path(folder: Path, language: Language) -> Path:
    """Where a language's PO file is."""
    return folder / f"{language.code}.po"


@dataclass(frozen=True)
class Scope:
    """What a language is to have: pages by their paths, figures by their keys."""

    paths: set[str]
    figures: set[str]


def scope_of(language: Language, content: Content, contexts: Iterable[str]) -> Scope:
    """What the language is to have of the content: all of it.

    A partial language has the pages whose paths its PO file names (`contexts`), those above them,
    and the figures that they show; the home page always.
    """
    if not language.partial:
        return Scope(set(content.pages), {figure["key"] for figure in content.figures})
    paths = content.with_parents({"/", *contexts})
    return Scope(paths, content.figures_on(paths))


def source_texts(
    pages: dict[str, TranslatableMixin], files: dict[str, str], figures: list[TranslatableMixin]
) -> Iterator[SourceText]:
    """Every text that a reader sees, once for each page that it stands on, in reading order."""
    objects = [(path, page, files[path]) for path, page in pages.items()]
    objects += [(FIGURES_CONTEXT, figure, "figures.yaml") for figure in figures]
    seen = set()
    for context, instance, file in objects:
        source, _ = bring_in(instance)
        segments = (
            StringSegment.objects.filter(source=source).select_related("string").order_by("order")
        )
        for segment in segments:
            text = SourceText(context, segment.string.data, file)
            if (context, text.text) not in seen:
                seen.add((context, text.text))
                yield text


def new_catalogue(language: Language) -> polib.POFile:
    """An empty PO file for a language."""
    catalogue = polib.POFile(wrapwidth=98)
    catalogue.metadata = {
        "Project-Id-Version": "CLAIR website content",
        "Language": language.tag,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    return catalogue


def update_catalogue(path: Path, language: Language, texts: list[SourceText]) -> tuple[int, int]:
    """Makes a PO file hold exactly these texts, keeping its translations.

    Gives how many texts are new and how many went. A text that stands on another page too takes the
    translation from there, as fuzzy.
    """
    old = polib.pofile(str(path)) if path.exists() else new_catalogue(language)
    known = {(entry.msgctxt, entry.msgid): entry for entry in old if not entry.obsolete}
    elsewhere = {entry.msgid: entry for entry in known.values() if entry.msgstr}
    fresh = new_catalogue(language)
    new = 0
    for text in texts:
        entry = known.pop((text.context, text.text), None)
        if entry is None:
            new += 1
            entry = polib.POEntry(msgctxt=text.context, msgid=text.text)
            if twin := elsewhere.get(text.text):
                entry.msgstr, entry.flags = twin.msgstr, ["fuzzy"]
        entry.occurrences = [(text.file, "")]
        fresh.append(entry)
    fresh.save(str(path))
    return new, len(known)


def named_contexts(path: Path) -> set[str]:
    """The pages' paths that a PO file names, or `figures`; none if there is no such file."""
    catalogue = polib.pofile(str(path)) if path.exists() else []
    return {entry.msgctxt for entry in catalogue if entry.msgctxt and not entry.obsolete}


def read_catalogue(path: Path) -> dict[str, list[polib.POEntry]]:
    """The entries of a PO file by page path. Raises ContentError for a broken file or entry."""
    try:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            # polib is lenient with what is not quoted as it should be.
            if line.strip() and not line.startswith("#") and not PO_LINE.fullmatch(line.strip()):
                raise ContentError(path, number, "not a line of a PO file")
        catalogue = polib.pofile(str(path), check_for_duplicates=True)
    except (OSError, ValueError, UnicodeDecodeError) as error:
        line = re.search(r"line (\d+)", str(error))
        raise ContentError(
            path, int(line.group(1)) if line else 1, f"not a PO file: {error}"
        ) from None
    by_context: dict[str, list[polib.POEntry]] = {}
    for entry in catalogue:
        if entry.obsolete:
            continue
        if not entry.msgctxt:
            raise ContentError(path, entry.linenum, "the entry has no msgctxt (a page's path)")
        if entry.msgstr and not entry.fuzzy and (reason := check_target(entry.msgid, entry.msgstr)):
            raise ContentError(path, entry.linenum, reason)
        by_context.setdefault(entry.msgctxt, []).append(entry)
    return by_context
