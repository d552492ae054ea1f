"""The Japanese sentences of the interface's catalogues: menu words, buttons, headings."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Iterable
from functools import cache

import polib

from translations.catalogues import catalogue_path
from translations.languages import get_language

from .markup import Markup, sentences


def interface_sentences(code: str) -> list[str]:
    """The sentences of a language's catalogue; those that are filled in stand on pages only."""
    path = catalogue_path(get_language(code))
    if not path.exists():
        return []
    texts = [
        text
        for entry in polib.pofile(str(path))
        for text in (entry.msgstr, *entry.msgstr_plural.values())
        if text and "%(" not in text
    ]
    pieces = [html.escape(text) for text in texts]
    return sentences(Markup(pieces, [[index] for index in range(len(pieces))]))


@cache
def interface_edition(codes: Iterable[str]) -> str:
    """What tells these languages' catalogues from others, while the process runs."""
    found = hashlib.sha256()
    for code in codes:
        path = catalogue_path(get_language(code))
        if path.exists():
            found.update(path.read_bytes())
    return found.hexdigest()[:8]
