"""The part of a text that answers a question, as HTML with what answers it in `<mark>`."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from translations.text_analysis import find_spans

BEFORE = 60
LENGTH = 220
# Nobody waits for the best part of a whole book.
MAX_READ = 30_000


def marked(text: str, question: str, language_code: str) -> SafeString:
    """The text as HTML, with what answers the question in `<mark>`."""
    parts, done = [], 0
    for start, end in find_spans(text, question, language_code):
        parts += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    parts.append(escape(text[done:]))
    return mark_safe("".join(parts))  # noqa: S308 (escaped above)


def excerpt(texts: Iterable[str], question: str, language_code: str) -> SafeString:
    """The part of the texts that answers best, marked; the beginning of the first if none does."""
    best, best_spans, room = "", [], MAX_READ
    for text in texts:
        spans = find_spans(text, question, language_code)
        if not best or len(spans) > len(best_spans):
            best, best_spans = text, spans
        room -= len(text)
        if room <= 0:
            break
    first = best_spans[0][0] if best_spans else 0
    start = max(0, first - BEFORE)
    if start:
        # From the beginning of a word, where words have spaces between them.
        space = best.find(" ", start, first)
        start = space + 1 if space >= 0 else start
    end = start + LENGTH
    if end < len(best):
        space = best.rfind(" ", end - 30, end)
        end = space if space >= 0 else end
    shown = marked(best[start:end], question, language_code)
    before, after = "… " if start else "", " …" if end < len(best) else ""
    return mark_safe(f"{before}{shown}{after}")  # noqa: S308 (escaped in marked)
