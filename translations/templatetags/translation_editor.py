"""What this site changes of wagtail-localize's editor of a translation."""

from __future__ import annotations

import json

from django import template
from wagtail.models import Page
from wagtail_localize.models import Translation

from ..matrix import rights

register = template.Library()
register.filter("sends_to_translation", rights.sends_to_translation)


@register.filter
def without_conversion(props: str) -> str:
    """The editor's settings without “Convert to alias page”, which is not offered here.

    The editor makes a main button of its last action, and for translators that was this one.
    """
    settings = json.loads(props)
    settings["links"]["convertToAliasUrl"] = None
    return json.dumps(settings)


@register.simple_tag
def source_page_of(translation: Translation) -> Page | None:
    """The live source page of a translated page; None of a snippet. One query."""
    return Page.objects.filter(
        translation_key=translation.source.object_id,
        locale_id=translation.source.locale_id,
        live=True,
    ).first()
