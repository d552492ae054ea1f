"""Files for translators: one zip file for each language, in the format that their tool reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import models
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from .archive import pack
from .documents import documents_of, translations_for
from .po import write_po
from .units import Document
from .xliff12 import write_xliff12
from .xliff20 import write_xliff20


class FileFormat(models.TextChoices):
    """The formats that one can choose."""

    PO = "po", "PO"
    XLIFF12 = "xliff12", "XLIFF 1.2"
    XLIFF20 = "xliff20", "XLIFF 2.0"


@dataclass(frozen=True)
class Writer:
    """How a format is written, and what its files are called."""

    write: Callable[[Document], bytes]
    suffix: str
    content_type: str


WRITERS = {
    FileFormat.PO: Writer(write_po, ".po", "text/x-gettext-translation"),
    FileFormat.XLIFF12: Writer(write_xliff12, ".xlf", "application/xliff+xml"),
    FileFormat.XLIFF20: Writer(write_xliff20, ".xlf", "application/xliff+xml"),
}


@dataclass(frozen=True)
class Export:
    """A file to download."""

    name: str
    data: bytes
    content_type: str = "application/zip"


def export_pages(
    pages: Iterable[Page], locales: Iterable[Locale], chosen: FileFormat
) -> Export | None:
    """What is in translation of these pages, and of what they show, as one file.

    That is the page's own file where it is but one; the zip file of a language; or one with the
    zip files of several languages. None where nothing is in translation.
    """
    pages = list(pages)
    by_language = {
        locale.language_code: files
        for locale in locales
        if (files := list(files_for(translations_for(pages, locale), chosen)))
    }
    if not by_language:
        return None
    if len(by_language) > 1:
        archives = ((f"{code}.zip", pack(files)) for code, files in by_language.items())
        return Export("translations.zip", pack(archives))
    code, files = by_language.popitem()
    if len(files) > 1:
        return Export(f"{code}.zip", pack(files))
    name, data = files[0]
    return Export(f"{code}-{name.replace('/', '-')}", data, WRITERS[chosen].content_type)


def files_for(
    translations: Iterable[Translation], chosen: FileFormat
) -> Iterator[tuple[str, bytes]]:
    """A file for each translation: its name and what is in it."""
    writer = WRITERS[chosen]
    for document in documents_of(translations):
        yield f"{document.name}{writer.suffix}", writer.write(document)
