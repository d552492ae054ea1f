"""A page's HTML as furigana need it: its Japanese sentences, and how ruby gets into them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

KANJI = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f々〆ヶ"
HAS_KANJI = re.compile(f"[{KANJI}]")
TAG = re.compile(
    r"<!--.*?-->|<!doctype[^>]*>"
    r"|<(?P<close>/?)(?P<name>[a-zA-Z][\w:-]*)(?P<attributes>(?:\"[^\"]*\"|'[^']*'|[^\"'>])*)>",
    re.DOTALL | re.IGNORECASE,
)
LANG = re.compile(r"\slang=\"([^\"]*)\"")
SENTENCE = re.compile(r"[^。！？\n]+[。！？]*[」』）]*")
VOID_TAGS = "area base br col embed hr img input link meta param source track wbr"
VOID_IN_DRAWINGS = "circle ellipse line path polygon polyline rect use"
VOID = frozenset(f"{VOID_TAGS} {VOID_IN_DRAWINGS}".split())
# A sentence goes on through these; any other tag begins a new one.
INLINE_TAGS = "a abbr b bdi cite em i mark q s small span strong sub sup u"
INLINE = frozenset(INLINE_TAGS.split())
# Nothing in these is text for readers, or it is text that takes no tags, or it has ruby already.
PASSED_OVER_TAGS = "code head kbd pre ruby script select style svg textarea"
PASSED_OVER = frozenset(PASSED_OVER_TAGS.split())
# A clock's text is replaced in the browser.
CLOCK = " data-time-zone="

# The words of a sentence that hold kanji, in order, each with its reading; "" where none is shown.
Readings = Sequence[Sequence[str]]


@dataclass
class Markup:
    """HTML in pieces that give it again when joined, and its Japanese texts.

    Each of `runs` lists the indexes of the pieces that are read on without a break.
    """

    pieces: list[str] = field(default_factory=list)
    runs: list[list[int]] = field(default_factory=list)


def take_apart(source: str) -> Markup:
    """The pieces of a page that is in Japanese; parts marked as another language are no texts."""
    markup = Markup()
    # What is open: the tag's name, and whether its texts are passed over.
    opened: list[tuple[str, bool]] = [("", False)]
    run: list[int] = []
    end = 0

    def text(until: int) -> None:
        if until > end:
            if not opened[-1][1]:
                run.append(len(markup.pieces))
            markup.pieces.append(source[end:until])

    for tag in TAG.finditer(source):
        text(tag.start())
        end = tag.end()
        markup.pieces.append(tag.group())
        name = (tag["name"] or "").lower()
        if name not in INLINE and run:
            markup.runs.append(run)
            run = []
        if tag["close"]:
            while len(opened) > 1 and opened.pop()[0] != name:
                pass
        elif name and name not in VOID and not tag["attributes"].endswith("/"):
            attributes = tag["attributes"]
            passed_over = opened[-1][1] or name in PASSED_OVER or CLOCK in attributes
            if lang := LANG.search(attributes):
                within = any(each in PASSED_OVER for each, _ in opened)
                passed_over = within or name in PASSED_OVER or lang[1] != "ja"
            opened.append((name, passed_over))
    text(len(source))
    if run:
        markup.runs.append(run)
    return markup


def normal(raw: str) -> str:
    """A sentence as it is looked up: without entities, and with single spaces."""
    return " ".join(html.unescape(raw).split())


def raw_sentences(text: str) -> Iterator[re.Match]:
    """The sentences of a run's HTML text that hold kanji."""
    return (found for found in SENTENCE.finditer(text) if HAS_KANJI.search(found.group()))


def sentences(markup: Markup) -> list[str]:
    """The sentences with kanji, each once, in the order of the page."""
    texts = ("".join(markup.pieces[index] for index in run) for run in markup.runs)
    found = (normal(each.group()) for text in texts for each in raw_sentences(text))
    return list(dict.fromkeys(found))


def ruby(surface: str, reading: str) -> str:
    """A word with its reading above it; in brackets for browsers that know no ruby.

    The reading is for the eye: a screen reader has the word itself, and would say both.
    """
    return f'<ruby>{surface}<rp>(</rp><rt aria-hidden="true">{reading}</rt><rp>)</rp></ruby>'


def places(text: str, known: Mapping[str, Readings]) -> Iterator[tuple[int, int, str]]:
    """Where in a run's HTML text readings go: beginning and end of each word, and its reading."""
    for sentence in raw_sentences(text):
        at = sentence.start()
        for surface, reading in known.get(normal(sentence.group()), ()):
            start = text.find(surface, at, sentence.end())
            if start < 0:
                continue
            at = start + len(surface)
            if reading:
                yield start, at, reading


def with_ruby(markup: Markup, known: Mapping[str, Readings]) -> str:
    """The page with ruby in the sentences that are known; others stay as they are."""
    pieces = list(markup.pieces)
    for run in markup.runs:
        found = list(places("".join(pieces[index] for index in run), known))
        offset = 0
        for index in run:
            piece = pieces[index]
            parts, done = [], 0
            for start, end, reading in found:
                start, end = start - offset, end - offset
                # A word that a tag divides gets no reading.
                if done <= start and end <= len(piece):
                    parts += [piece[done:start], ruby(piece[start:end], reading)]
                    done = end
            pieces[index] = "".join(parts) + piece[done:]
            offset += len(piece)
    return "".join(pieces)
