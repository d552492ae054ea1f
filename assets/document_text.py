"""Reads the words of a document. A program of its own, so that a bad file cannot harm its caller:

    python document_text.py pdf < file

writes `{"text": "…", "pages": 3}`, or what is wrong and ends with 1. It takes a bounded time and
memory, and knows nothing of the site.
"""

from __future__ import annotations

import contextlib
import json
import re
import resource
import sys
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import BinaryIO
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

MAX_CHARACTERS = 100_000
MAX_UNPACKED_BYTES = 30_000_000
MAX_MEMORY_BYTES = 1_000_000_000
MAX_PROCESSOR_SECONDS = 60

# The parts of a file in a zip archive that hold words.
PARTS = {
    "docx": re.compile(r"word/(?:document|footnotes|endnotes)\.xml"),
    "odt": re.compile(r"content\.xml"),
    "pptx": re.compile(r"ppt/slides/slide\d+\.xml"),
    "xlsx": re.compile(r"xl/(?:sharedStrings|worksheets/sheet\d+)\.xml"),
}
# Elements by their local names, which these formats have chosen alike: a paragraph, or the text of
# a cell; what stands for a space; what is not read with the rest, such as readings of characters.
PARAGRAPHS = {"p", "h", "si", "is"}
SPACES = {"tab", "br", "cr", "s", "line-break"}
NOT_READ = {"instrText", "delText", "rt", "rPh", "ruby-text", "annotation", "note-citation"}
# As Japanese offices, other offices and older programs write text files.
ENCODINGS = ("utf-8-sig", "cp932", "cp1252", "latin-1")

# Scripts that put no space between words, where a line may end anywhere.
UNSPACED = (
    "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
)
LINE_END_INSIDE = re.compile(f"(?<=[{UNSPACED}]) *\n *(?=[{UNSPACED}])")
HYPHEN_AT_LINE_END = re.compile(r"(?<=[^\W\d_])[-\u00ad] *\n *(?=[^\W\d_])")


class UnreadableError(Exception):
    """A file whose words cannot be read, in a few words why."""


@dataclass(frozen=True)
class DocumentText:
    """The words of a document, a line for each paragraph, and its number of pages if it has any."""

    text: str
    pages: int | None = None


class Unpacked:
    """A file inside an archive that ends with an error where it becomes too large."""

    def __init__(self, file: BinaryIO, room: int) -> None:
        self.file = file
        self.room = room

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size if 0 <= size <= self.room else self.room + 1)
        self.room -= len(data)
        if self.room < 0:
            raise UnreadableError("unpacked, it is too large")
        return data


def read_document(file: BinaryIO, kind: str) -> DocumentText:
    """The words of a file of a kind, named by its extension. Of other kinds there are none.

    Raises UnreadableError, and whatever a damaged file makes the readers raise.
    """
    if kind == "pdf":
        return read_pdf(file)
    if kind in PARTS:
        return DocumentText(bounded(archive_paragraphs(file, PARTS[kind])))
    if kind in ("csv", "txt"):
        return DocumentText(bounded(decoded(file.read(MAX_CHARACTERS * 4)).splitlines()))
    return DocumentText("")


def bounded(paragraphs: Iterable[str]) -> str:
    """The paragraphs as lines, without what nobody sees, up to the longest text that is kept."""
    lines, room = [], MAX_CHARACTERS
    for paragraph in paragraphs:
        # Half a character, NUL and the like are refused by databases.
        seen = "".join(
            " " if unicodedata.category(character) in ("Cc", "Cs") else character
            for character in paragraph[:room]
        )
        if line := " ".join(seen.split()):
            lines.append(line)
            room -= len(line) + 1
        if room <= 0:
            break
    return "\n".join(lines)


def joined(lines: str) -> str:
    """Lines of print as running text: a word that was broken at a line's end is whole again."""
    return LINE_END_INSIDE.sub("", HYPHEN_AT_LINE_END.sub("", lines))


def read_pdf(file: BinaryIO) -> DocumentText:
    """The words of a PDF, a line for each page."""
    from pypdf import PdfReader

    reader = PdfReader(file)
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError("it needs a password")
    pages = (joined(page.extract_text()) for page in reader.pages)
    return DocumentText(bounded(pages), len(reader.pages))


def archive_paragraphs(file: BinaryIO, wanted: re.Pattern[str]) -> Iterator[str]:
    """The paragraphs of an archive's parts, in the order of the numbers in their names."""
    with zipfile.ZipFile(file) as archive:
        names = [name for name in archive.namelist() if wanted.fullmatch(name)]
        room = MAX_UNPACKED_BYTES
        for name in sorted(names, key=lambda name: (len(name), name)):
            with archive.open(name) as packed:
                part = Unpacked(packed, room)
                yield from xml_paragraphs(part)
                room = part.room


def xml_paragraphs(part: Unpacked) -> Iterator[str]:
    """The paragraphs of one part, each as it has been read."""
    for _, element in iterparse(part, forbid_dtd=True):
        if local_name(element) in PARAGRAPHS:
            yield "".join(words(element))
            # What has been read gives its memory back; a paragraph around this one skips it.
            del element[:]
            element.text = None


def words(element: Element) -> Iterator[str]:
    """The text inside an element, in order."""
    yield element.text or ""
    for child in element:
        name = local_name(child)
        if name in SPACES:
            yield " "
        elif name not in NOT_READ:
            yield from words(child)
        yield child.tail or ""


def local_name(element: Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def decoded(data: bytes) -> str:
    """A text file as text, by the first of the usual encodings that fits."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    for encoding in ENCODINGS:
        # The file may have been cut inside a character.
        for end in range(len(data), max(len(data) - 4, -1), -1):
            with contextlib.suppress(UnicodeDecodeError):
                return data[:end].decode(encoding)
    raise UnreadableError("its encoding is unknown")


def limit() -> None:
    """Bounds what this process may take."""
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_PROCESSOR_SECONDS, MAX_PROCESSOR_SECONDS + 5))
    # macOS knows no such limit.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))


if __name__ == "__main__":
    limit()
    try:
        found = read_document(sys.stdin.buffer, sys.argv[1])
    except Exception as error:
        sys.exit(f"{type(error).__name__}: {error}"[:300])
    json.dump(asdict(found), sys.stdout)
