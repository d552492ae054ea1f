"""What both versions of XLIFF share: safe reading, and tags as elements that tools protect."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.translation import gettext as _
from lxml import etree

from .markup import Kind, MarkupError, Piece, Tag, pieces_of
from .units import UnreadableFileError

# Characters that no XML may hold (XML 1.0, § 2.2).
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PRESERVE = {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}

# No text has so many tags; Python refuses to read numbers of thousands of digits.
LONGEST_NUMBER = 6

# Makes the element for a tag of the source, given its number and its HTML.
MakeElement = Callable[[etree._Element, Tag], etree._Element]


def parse(data: bytes) -> etree._Element:
    """The root of an XML file. Nothing outside the file is read, and no entity is expanded.

    Raises UnreadableFileError for what is no XML or declares a document type.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFileError(_("The XML is broken here."), error.lineno) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFileError(_("An XLIFF file declares no document type."))
    return root


def name_of(element: etree._Element) -> str:
    """The element's name without its namespace; nothing of a comment or an instruction."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def child_of(element: etree._Element, name: str) -> etree._Element | None:
    """The first child of that name."""
    return next((child for child in element if name_of(child) == name), None)


def text_in(element: etree._Element | None) -> str:
    """All words in an element, without its tags."""
    return "" if element is None else "".join(element.itertext())


def fill(element: etree._Element, pieces: list[Piece], make: MakeElement) -> None:
    """Puts words and tags into a source or target element."""
    places = [element]
    for piece in pieces:
        if isinstance(piece, str):
            add_text(places[-1], piece)
        elif piece.kind == Kind.CLOSE:
            places.pop()
        else:
            made = make(places[-1], piece)
            if piece.kind == Kind.OPEN:
                places.append(made)


def add_text(element: etree._Element, words: str) -> None:
    """Adds words behind what an element holds, without characters that no XML may hold."""
    words = NOT_IN_XML.sub("", words)
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words


def pieces_in(
    element: etree._Element, tag_of: Callable[[etree._Element], list[Piece] | None]
) -> list[Piece]:
    """The words and tags of a source or target element.

    `tag_of` gives what an element stands for: one piece, or two for a pair around its content. Of
    an element that it does not know (None) only the content is read, as of a marker.
    """
    pieces: list[Piece] = []
    if element.text:
        pieces.append(element.text)
    for child in element:
        around = tag_of(child) if name_of(child) else []
        if around is None:
            pieces += pieces_in(child, tag_of)
        elif len(around) == 2:
            pieces += [around[0], *pieces_in(child, tag_of), around[1]]
        else:
            pieces += around
        if child.tail:
            pieces.append(child.tail)
    return pieces


def number_in(text: str | None) -> int:
    """The number of a tag in a file; 0, which none has, for anything else."""
    return int(text) if text and text.isdecimal() and len(text) <= LONGEST_NUMBER else 0


def write_target(
    element: etree._Element, source: list[Piece], target: str, make: MakeElement
) -> bool:
    """Puts a target into its element. Gives False, and puts nothing, where its tags are broken."""
    try:
        pieces = pieces_of(target, source)
    except MarkupError:
        return False
    fill(element, pieces, make)
    return True


def write(root: etree._Element) -> bytes:
    """The file's bytes."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)
