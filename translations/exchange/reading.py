"""Reads a file of translations, whatever its format, by what is in it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from . import xliff
from .po import read_po
from .units import Document, UnreadableFileError
from .xliff12 import read_xliff12
from .xliff20 import read_xliff20

LARGEST_FILE = 10 * 1024 * 1024


def read(data: bytes) -> list[Document]:
    """The documents in a file: one of a PO file, one or more of an XLIFF file.

    Raises UnreadableFileError, with the line where there is one, for whatever cannot be read.
    """
    if not data.strip():
        raise UnreadableFileError(_("The file is empty."))
    if len(data) > LARGEST_FILE:
        raise UnreadableFileError(
            _("The file is larger than %(size)d MB.") % {"size": LARGEST_FILE // 1024**2}
        )
    # XML may be in UTF-16 as well, with its mark in front.
    begins_as_xml = data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
    if not begins_as_xml and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return read_po(data)
    root = xliff.parse(data)
    version = root.get("version", "")
    if xliff.name_of(root) != "xliff":
        raise UnreadableFileError(
            _("This is no XLIFF file: it begins with <%(name)s>.") % {"name": xliff.name_of(root)}
        )
    if version.startswith("2."):
        return read_xliff20(root)
    if version.startswith("1."):
        return read_xliff12(root)
    raise UnreadableFileError(
        _("XLIFF of the version “%(version)s” is not known here.") % {"version": version}
    )
