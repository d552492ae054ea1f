"""Zip files of translations: one for each language out, and what comes back in."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from lzma import LZMAError

from django.utils.translation import gettext as _

from .units import UnreadableFileError

MOST_FILES = 5000
# Of all that is in it, unpacked.
LARGEST_CONTENT = 100 * 1024 * 1024
# What Python raises, by the way in which the archive is packed.
BROKEN = (zipfile.BadZipFile, zlib.error, LZMAError, ValueError, EOFError, OSError, RuntimeError)
SUFFIXES = (".po", ".xlf", ".xliff", ".xlf2")


def is_archive(data: bytes) -> bool:
    """Whether a file is a zip file."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def pack(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip file with these names and contents."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return buffer.getvalue()


def unpack(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The files of translations in a zip file, and in zip files within it.

    What is no such file (a read-me, a system's own files) is passed over. Nothing is written to
    disk, so names can lead nowhere. Raises UnreadableFileError for a zip file that is broken,
    locked with a password, or larger unpacked than anybody's work.
    """
    yield from files_in(data, Allowance(), inner=False)


class Allowance:
    """What may still be unpacked of one upload."""

    def __init__(self) -> None:
        self.files = MOST_FILES
        self.size = LARGEST_CONTENT

    def take(self, size: int) -> None:
        """Takes a file of so many bytes off. Raises UnreadableFileError once it is too much."""
        self.files -= 1
        self.size -= size
        if self.files < 0 or self.size < 0:
            raise UnreadableFileError(_("There is more in the zip file than can be taken at once."))


def files_in(data: bytes, allowance: Allowance, *, inner: bool) -> Iterator[tuple[str, bytes]]:
    """The files in one zip file; in one that lies in another, no third is opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                name = entry.filename
                packed = name.lower().endswith(".zip") and not inner
                if entry.is_dir() or not (packed or name.lower().endswith(SUFFIXES)):
                    continue
                if entry.flag_bits & 1:
                    raise UnreadableFileError(_("The zip file is locked with a password."))
                # What the entry says of its size may be false: never read more than it says.
                allowance.take(entry.file_size)
                with archive.open(entry) as file:
                    content = file.read(entry.file_size)
                if packed:
                    folder = name[: -len(".zip")]
                    for within, text in files_in(content, allowance, inner=True):
                        yield f"{folder}/{within}", text
                else:
                    yield name, content
    except BROKEN as error:
        raise UnreadableFileError(_("The zip file is broken.")) from error
