"""Marks and attributes for states and languages in the admin."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from wagtail.models import Locale

from ..languages import LANGUAGES
from ..state.states import State

register = template.Library()

# Different shapes, so that nobody has to tell them by their colours.
MARKS = {
    State.STALE: "◐",
    State.MISSING: "○",
    State.IN_TRANSLATION: "✎",
    State.SENT_BACK: "↩",
    State.IN_REVIEW: "◔",
    State.MACHINE: "⚙",
    State.LIVE: "●",
    State.STOPPED: "–",
    State.NOT_PLANNED: "·",
}


@register.simple_tag
def state_mark(state: State) -> SafeString:
    """The sign of a state; its name stands beside it for screen readers."""
    return format_html('<span class="matrix-mark" aria-hidden="true">{}</span>', MARKS[state])


@register.filter
def age(since: datetime) -> str:
    """How long ago that was, to the largest unit."""
    return timesince(since, depth=1)


@register.simple_tag
def language_attributes(locale: Locale) -> SafeString:
    """`lang` and `dir` for text in a language."""
    language = LANGUAGES.get(locale.language_code)
    if language is None:
        return format_html('lang="{}"', locale.language_code)
    return format_html('lang="{}" dir="{}"', language.tag, language.direction)
