"""XLIFF 1.2 files (OASIS standard of 2008): what most desktop tools read and write."""

from __future__ import annotations

import html

from django.utils.translation import gettext as _
from lxml import etree

from ..checks.segment import plain_text
from .markup import Kind, Piece, Tag, pieces_of
from .units import Document, Unit, UnreadableFileError
from .xliff import (
    PRESERVE,
    add_text,
    child_of,
    fill,
    name_of,
    number_in,
    pieces_in,
    text_in,
    write,
    write_target,
)

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
# What the standard calls a tag's looks (its attribute ctype).
LOOKS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "a": "link", "br": "lb"}
TRANSLATOR = "translator"


def tag(name: str) -> str:
    """An element's name in this version's namespace."""
    return f"{{{NAMESPACE}}}{name}"


def write_xliff12(document: Document) -> bytes:
    """The document as an XLIFF 1.2 file."""
    root = etree.Element(tag("xliff"), {"version": "1.2"}, nsmap={None: NAMESPACE})
    file = etree.SubElement(
        root,
        tag("file"),
        {
            "original": document.key,
            "source-language": document.source_language,
            "target-language": document.target_language,
            "datatype": "html",
        },
    )
    header = etree.SubElement(file, tag("header"))
    add_text(etree.SubElement(header, tag("note")), f"{document.title} {document.place}".strip())
    body = etree.SubElement(file, tag("body"))
    for number, unit in enumerate(document.units, start=1):
        add_unit(body, unit, number)
    return write(root)


def add_unit(body: etree._Element, unit: Unit, number: int) -> None:
    """Adds a text: its context is the unit's name, and the number tells it from its neighbours."""
    element = etree.SubElement(
        body, tag("trans-unit"), {"id": str(number), "resname": unit.context, **PRESERVE}
    )
    pieces = pieces_of(unit.source)
    fill(etree.SubElement(element, tag("source")), pieces, make_element)
    if unit.target:
        target = etree.SubElement(element, tag("target"))
        if not write_target(target, pieces, unit.target, make_element):
            element.remove(target)
        elif unit.fuzzy:
            target.set("state", "needs-review-translation")
            if unit.previous_source:
                add_previous_version(element, unit)
        else:
            target.set("state", "final" if unit.reviewed else "translated")
            element.set("approved", "yes" if unit.reviewed else "no")
    if unit.hint:
        add_text(etree.SubElement(element, tag("note"), {"from": "developer"}), unit.hint)
    if unit.note:
        add_text(etree.SubElement(element, tag("note"), {"from": TRANSLATOR}), unit.note)


def add_previous_version(element: etree._Element, unit: Unit) -> None:
    """Says of what source the fuzzy target is the translation."""
    former = etree.SubElement(element, tag("alt-trans"), {"alttranstype": "previous-version"})
    # What a tool said of it, whose tags need not be right: without them.
    for name, text in (("source", unit.previous_source), ("target", unit.target)):
        add_text(etree.SubElement(former, tag(name)), plain_text(text))


def make_element(parent: etree._Element, piece: Tag) -> etree._Element:
    """The element that stands for a tag of the source."""
    looks = LOOKS.get(piece.name, f"x-html-{piece.name}")
    name = "g" if piece.kind == Kind.OPEN else "x"
    return etree.SubElement(parent, tag(name), {"id": str(piece.number), "ctype": looks})


def read_xliff12(root: etree._Element) -> list[Document]:
    """The documents in an XLIFF 1.2 file: one for each of its files."""
    documents = []
    for file in root:
        if name_of(file) != "file":
            continue
        key = (file.get("original") or "").strip()
        units = [
            unit_of(element)
            for element in file.iter(etree.Element)
            if name_of(element) == "trans-unit" and element.get("translate") != "no"
        ]
        documents.append(
            Document(
                key=key,
                source_language=file.get("source-language", ""),
                target_language=file.get("target-language", ""),
                units=units,
            )
        )
    if not documents:
        raise UnreadableFileError(_("The XLIFF file has no <file> in it."))
    return documents


def unit_of(element: etree._Element) -> Unit:
    """A trans-unit as a unit."""
    source, target = child_of(element, "source"), child_of(element, "target")
    state = "" if target is None else target.get("state", "")
    former = child_of(element, "alt-trans")
    previous = None if former is None else child_of(former, "source")
    notes = [
        text_in(note)
        for note in element
        if name_of(note) == "note" and note.get("from") not in ("developer", "source-code")
    ]
    return Unit(
        source=() if source is None else tuple(pieces_in(source, tag_of)),
        target=() if target is None else tuple(pieces_in(target, tag_of)),
        context=element.get("resname", ""),
        # What was written without a state of its target is final unless it is said not to be.
        fuzzy=state.startswith("needs-") or (not state and element.get("approved") == "no"),
        note="\n".join(notes),
        previous_source=html.escape(text_in(previous), quote=False),
        line=element.sourceline,
        problem=_("The unit has no <source>.") if source is None else "",
    )


def tag_of(element: etree._Element) -> list[Piece] | None:
    """What an element within a text stands for. Some tools write a pair as two elements."""
    number = number_in(element.get("id"))
    match name_of(element):
        case "g":
            return [Tag(Kind.OPEN, number), Tag(Kind.CLOSE, number)]
        case "x" | "ph":
            return [Tag(Kind.EMPTY, number)]
        case "bpt" | "bx":
            return [Tag(Kind.OPEN, number_in(element.get("rid")) or number)]
        case "ept" | "ex":
            return [Tag(Kind.CLOSE, number_in(element.get("rid")) or number)]
        case _:
            return None
