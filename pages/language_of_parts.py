"""Names the language of what a page says in another one: texts that are not translated yet.

A screen reader reads English with a Japanese voice unless it is told (WCAG 3.1.2). Which texts are
untranslated is known; where templates place them is found here, in the finished page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser

from django.http import HttpResponse

from translations.languages import LANGUAGES, SOURCE_CODE

# Elements without an end, which hold no text.
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
# What no reader reads as text of the page.
SILENT = {"script", "style", "title", "svg", "textarea"}


@dataclass
class OpenElement:
    """An element that has not ended: where its start tag ends, and what is known of its inside.

    `named` says that it names a language itself, `found` that something in it was found.
    """

    name: str
    place: int
    named: bool
    text: str = ""
    found: bool = False


class PartFinder(HTMLParser):
    """Finds the innermost elements whose whole text is one of the given texts.

    `places` are where their start tags end, in characters.
    """

    def __init__(self, page: str, texts: Iterable[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.texts = set(texts)
        self.places: list[int] = []
        self.open: list[OpenElement] = []
        self.line_starts = [0, *(found.end() for found in re.finditer("\n", page))]
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            if tag == "br":
                self.handle_data(" ")
            return
        line, column = self.getpos()
        start = self.line_starts[line - 1] + column
        place = start + len(self.get_starttag_text()) - 1
        self.open.append(OpenElement(tag, place, any(name == "lang" for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        if self.open:
            self.open[-1].text += data

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            element = self.open.pop()
            if element.name in SILENT:
                element.text = ""
            elif not element.found and not element.named and self.holds(element.text):
                self.places.append(element.place)
                element.found = True
            if self.open:
                self.open[-1].text += element.text
                self.open[-1].found |= element.found
            if element.name == tag:
                break

    def holds(self, text: str) -> bool:
        """Whether a text is one of those that are looked for."""
        return " ".join(text.split()) in self.texts


def name_language_of_parts(response: HttpResponse, texts: Iterable[str]) -> None:
    """Names the language of the source's texts in an answer that has been rendered."""
    response.content = name_parts(response.content.decode(), texts)


def name_parts(page: str, texts: Iterable[str]) -> str:
    """The page's HTML, in which elements that hold one of the source's texts say their language."""
    source = LANGUAGES[SOURCE_CODE]
    attributes = f' lang="{source.tag}" dir="{source.direction}"'
    done, parts = 0, []
    for place in sorted(PartFinder(page, texts).places):
        parts += [page[done:place], attributes]
        done = place
    return "".join([*parts, page[done:]])
