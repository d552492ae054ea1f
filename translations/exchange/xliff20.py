"""XLIFF 2.0 files (OASIS standard of 2014), and those of its later versions 2.1 and 2.2."""

from __future__ import annotations

from itertools import chain

from django.utils.translation import gettext as _
from lxml import etree

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

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
# What the standard calls a tag's looks (its attribute subType), where it has a name for them.
LOOKS = {"b": "xlf:b", "i": "xlf:i", "br": "xlf:lb"}
# Categories of notes: ours, and what was there before.
HINT, TRANSLATOR, PREVIOUS = "hint", "translator", "previous source"


def tag(name: str) -> str:
    """An element's name in this version's namespace."""
    return f"{{{NAMESPACE}}}{name}"


def write_xliff20(document: Document) -> bytes:
    """The document as an XLIFF 2.0 file."""
    root = etree.Element(
        tag("xliff"),
        {
            "version": "2.0",
            "srcLang": document.source_language,
            "trgLang": document.target_language,
        },
        nsmap={None: NAMESPACE},
    )
    file = etree.SubElement(
        root, tag("file"), {"id": document.key, "original": document.place or document.key}
    )
    notes = etree.SubElement(file, tag("notes"))
    add_text(etree.SubElement(notes, tag("note")), document.title)
    for number, unit in enumerate(document.units, start=1):
        add_unit(file, unit, number)
    return write(root)


def add_unit(file: etree._Element, unit: Unit, number: int) -> None:
    """Adds a text: its context is the unit's name, and the number tells it from its neighbours."""
    element = etree.SubElement(
        file,
        tag("unit"),
        {"id": f"u{number}", "name": unit.context, "canResegment": "no", **PRESERVE},
    )
    said = ((HINT, unit.hint), (PREVIOUS, unit.previous_source), (TRANSLATOR, unit.note))
    if any(text for _category, text in said):
        notes = etree.SubElement(element, tag("notes"))
        for category, text in said:
            if text:
                add_text(etree.SubElement(notes, tag("note"), {"category": category}), text)
    segment = etree.SubElement(element, tag("segment"))
    pieces = pieces_of(unit.source)
    fill(etree.SubElement(segment, tag("source")), pieces, make_element)
    target = etree.SubElement(segment, tag("target"))
    if not unit.target or not write_target(target, pieces, unit.target, make_element):
        segment.remove(target)
        segment.set("state", "initial")
    elif unit.fuzzy:
        segment.set("state", "initial")
    else:
        segment.set("state", "reviewed" if unit.reviewed else "translated")


def make_element(parent: etree._Element, piece: Tag) -> etree._Element:
    """The element that stands for a tag of the source."""
    attributes = {"id": str(piece.number)}
    if looks := LOOKS.get(piece.name):
        attributes |= {"type": "fmt", "subType": looks}
    elif piece.name == "a":
        attributes |= {"type": "link"}
    if piece.kind == Kind.EMPTY:
        return etree.SubElement(parent, tag("ph"), attributes | {"disp": f"<{piece.name}>"})
    shown = {"dispStart": f"<{piece.name}>", "dispEnd": f"</{piece.name}>"}
    return etree.SubElement(parent, tag("pc"), attributes | shown)


def read_xliff20(root: etree._Element) -> list[Document]:
    """The documents in an XLIFF 2 file: one for each of its files."""
    documents = [
        Document(
            key=(file.get("id") or "").strip(),
            source_language=root.get("srcLang", ""),
            target_language=root.get("trgLang", ""),
            units=[
                unit_of(element)
                for element in file.iter(etree.Element)
                if name_of(element) == "unit" and element.get("translate") != "no"
            ],
        )
        for file in root
        if name_of(file) == "file"
    ]
    if not documents:
        raise UnreadableFileError(_("The XLIFF file has no <file> in it."))
    return documents


def unit_of(element: etree._Element) -> Unit:
    """A unit as ours; a tool may have cut its text into several segments."""
    parts = [child for child in element if name_of(child) in ("segment", "ignorable")]
    sources = [child_of(part, "source") for part in parts]
    targets = [child_of(part, "target") for part in parts]
    # Where a part has no target, what is between sentences stays, and a sentence is not there.
    incomplete = any(
        target is None and name_of(part) == "segment"
        for part, target in zip(parts, targets, strict=True)
    )
    chosen = [
        source if target is None else target
        for source, target in zip(sources, targets, strict=True)
    ]
    states = [part.get("state", "") for part in parts if name_of(part) == "segment"]
    # Of the unit, or of its segment, where translate-toolkit writes them.
    notes = [each for each in element.iter(etree.Element) if name_of(each) == "note"]
    missing = not parts or any(source is None for source in sources)
    return Unit(
        source=() if missing else text_of(sources),
        target=() if missing or incomplete else text_of(chosen),
        context=element.get("name", ""),
        # Without a state, what has a target is taken for translated, as other tools do.
        fuzzy="initial" in states,
        note="\n".join(
            text_in(note) for note in notes if note.get("category") not in (HINT, PREVIOUS)
        ),
        previous_source="\n".join(
            text_in(note) for note in notes if note.get("category") == PREVIOUS
        ),
        line=element.sourceline,
        problem=_("The unit has no <source>.") if missing else "",
    )


def text_of(elements: list[etree._Element]) -> tuple[Piece, ...]:
    """The words and tags of several elements in a row."""
    return tuple(chain.from_iterable(pieces_in(element, tag_of) for element in elements))


def tag_of(element: etree._Element) -> list[Piece] | None:
    """What an element within a text stands for. Some tools write a pair as two elements."""
    number = number_in(element.get("id"))
    match name_of(element):
        case "pc":
            return [Tag(Kind.OPEN, number), Tag(Kind.CLOSE, number)]
        case "ph":
            return [Tag(Kind.EMPTY, number)]
        case "sc":
            return [Tag(Kind.OPEN, number)]
        case "ec":
            return [Tag(Kind.CLOSE, number_in(element.get("startRef")) or number)]
        case _:
            return None
