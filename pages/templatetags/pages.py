"""Template tags that place what pages are made of: drawings, prose, figures, data for machines."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils.html import escape, format_html, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.rich_text import RichText, expand_db_html

from pages import drawings
from pages.japanese_words import is_japanese, mark_japanese
from pages.links import Link, localise_rich_text
from pages.models.figures import Figure
from translations.language_forms import active_language, day, number

register = template.Library()


@register.simple_tag
def drawing(name: str) -> SafeString:
    """A line drawing, inline, so that it takes the page's colours. Nothing for an unknown name."""
    return mark_safe(drawings.svg(name))  # noqa: S308 (our own files)


@register.simple_tag(takes_context=True)
def prose(context: Context, value: RichText) -> SafeString:
    """Rich text with its links in the reader's language, and Japanese words marked as such."""
    language = active_language()
    html = localise_rich_text(value.source, context.get("links") or {}, language)
    html = mark_japanese(expand_db_html(html), language)
    return mark_safe(html)  # noqa: S308 (Wagtail whitelists rich text on saving)


@register.simple_tag(takes_context=True)
def link_of(context: Context, page: Any) -> Link | None:
    """The link that was resolved for a chosen page, or None."""
    return (context.get("links") or {}).get(getattr(page, "pk", None))


@register.filter
def get_item(mapping: dict, key: Any) -> Any:
    """`mapping[key]`, or None."""
    return mapping.get(key)


@register.filter
def figure_value(figure: Figure) -> SafeString:
    """The number and its unit as people say them: 5,933 people, over 900 people, 900人以上."""
    patterns = {
        Figure.Qualifier.EXACT: _("%(number)s %(unit)s"),
        Figure.Qualifier.OVER: _("over %(number)s %(unit)s"),
        Figure.Qualifier.ABOUT: _("about %(number)s %(unit)s"),
    }
    parts = {
        "number": format_html("<b>{}</b>", number(figure.value)),
        "unit": format_html("<span>{}</span>", figure.unit),
    }
    return mark_safe(escape(patterns[figure.qualifier]) % parts)  # noqa: S308 (parts are escaped)


@register.filter
def figure_date(figure: Figure) -> str:
    """When the number held, 'as of 2025'; nothing when its source gives no date."""
    if figure.as_of is None:
        return ""
    return _("as of %(date)s") % {"date": day(figure.as_of, figure.precision)}


@register.filter
def language_attribute(text: str | None) -> SafeString:
    """` lang="ja"` for Japanese words on another language's page, so that they look right."""
    japanese = is_japanese(text or "", active_language())
    return mark_safe(' lang="ja"' if japanese else "")  # noqa: S308


@register.filter
def japanese_words(html: SafeString) -> SafeString:
    """HTML whose Japanese words say that they are Japanese."""
    return mark_safe(mark_japanese(html, active_language()))  # noqa: S308 (escaped already)


@register.filter
def json_ld(data: dict) -> SafeString:
    """Structured data for search engines, as a script element that runs nothing."""
    script = json_script(data)
    return mark_safe(  # noqa: S308 (json_script escapes)
        script.replace("application/json", "application/ld+json", 1)
    )
