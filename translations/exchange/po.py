"""PO files, in wagtail-localize's own form: one object and language, paths as contexts."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import polib
from django.utils import timezone
from django.utils.translation import gettext as _

from .units import Document, Unit, UnreadableFileError

# wagtail-localize's own header, so that its files and ours are one.
KEY_HEADER = "X-WagtailLocalize-TranslationID"
LINE = re.compile(r"\(line (\d+)\)")


def write_po(document: Document) -> bytes:
    """The document as a PO file."""
    file = polib.POFile(wrapwidth=100)
    file.header = document.title
    changed_at = document.changed_at or timezone.now()
    file.metadata = {
        "PO-Revision-Date": f"{changed_at:%Y-%m-%d %H:%M%z}",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": document.target_language.replace("-", "_"),
        KEY_HEADER: document.key,
    }
    for unit in document.units:
        entry = polib.POEntry(
            msgctxt=unit.context,
            msgid=unit.source,
            msgstr=unit.target,
            comment=unit.hint,
            tcomment=unit.note,
            previous_msgid=unit.previous_source or None,
            occurrences=[(document.place, "")] if document.place else [],
        )
        if unit.fuzzy:
            entry.flags.append("fuzzy")
        file.append(entry)
    return f"{file}\n".encode()


def read_po(data: bytes) -> list[Document]:
    """The document in a PO file. Raises UnreadableFileError for what is none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UnreadableFileError(_("The file is not in UTF-8."), line) from error
    if "msgid" not in text or "\0" in text:
        raise UnreadableFileError(_("This is neither a PO nor an XLIFF file."))
    file = parse(text)
    metadata = {name.casefold(): value for name, value in file.metadata.items()}
    key = metadata.get(KEY_HEADER.casefold(), "").strip()
    if not key:
        raise UnreadableFileError(
            _("The header %(name)s is missing: nothing says which page the file is of.")
            % {"name": KEY_HEADER}
        )
    units = [unit_of(entry) for entry in file if not entry.obsolete]
    language = metadata.get("language", "").strip().replace("_", "-")
    return [Document(key=key, source_language="", target_language=language, units=units)]


def parse(text: str) -> polib.POFile:
    """Reads PO. polib takes a short text for a path, so it is given a file of ours."""
    with tempfile.NamedTemporaryFile(suffix=".po") as file:
        path = Path(file.name)
        path.write_text(text, encoding="utf-8")
        try:
            return polib.pofile(file.name, encoding="utf-8", check_for_duplicates=False)
        except (OSError, ValueError, IndexError, KeyError, TypeError) as error:
            line = LINE.search(str(error))
            raise UnreadableFileError(
                _("The PO file is broken here."), int(line[1]) if line else None
            ) from error


def unit_of(entry: polib.POEntry) -> Unit:
    """An entry as a unit; one with plural forms has no place here, and says so."""
    return Unit(
        source=entry.msgid,
        target=entry.msgstr,
        context=entry.msgctxt or "",
        fuzzy=entry.fuzzy,
        note=entry.tcomment,
        previous_source=entry.previous_msgid or "",
        line=entry.linenum,
        problem=_("Texts of pages have no plural forms.") if entry.msgid_plural else "",
    )
