"""Collects what there is of translations, for files: texts, targets, what is fuzzy, notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby, islice

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    RelatedObjectSegment,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from ..languages import LANGUAGES
from ..segments.models import FuzzyTarget
from .units import Document, Unit

DOCUMENTS_AT_ONCE = 50


def translations_for(pages: Iterable[Page], locale: Locale) -> list[Translation]:
    """What is in translation of these pages into a language, and of the objects that they show.

    In the order of the pages; what they show follows them. Two queries.
    """
    keys = [page.translation_key for page in pages]
    shown = RelatedObjectSegment.objects.filter(source__object_id__in=keys).values_list(
        "object_id", flat=True
    )
    order = {key: number for number, key in enumerate([*keys, *sorted(set(shown))])}
    rows = Translation.objects.filter(
        source__object_id__in=order, target_locale=locale, enabled=True
    ).select_related("source__locale", "target_locale")
    return sorted(rows, key=lambda each: order[each.source.object_id])


def documents_of(translations: Iterable[Translation]) -> Iterator[Document]:
    """A document for each translation, in their order. Four queries for every fifty of a language.

    The translations come with their source, its locale and the target locale.
    """
    for locale, group in groupby(translations, key=lambda each: each.target_locale):
        while part := list(islice(group, DOCUMENTS_AT_ONCE)):
            yield from documents_in(part, locale)


def documents_in(translations: list[Translation], locale: Locale) -> Iterator[Document]:
    """Documents for translations into one language."""
    keys = {each.source.object_id for each in translations}
    segments = defaultdict(list)
    for row in (
        StringSegment.objects.filter(source_id__in=[each.source_id for each in translations])
        .order_by("order", "pk")
        .select_related("string", "context")
    ):
        segments[row.source_id].append(row)
    final = {
        (row.translation_of_id, row.context_id): row
        for row in StringTranslation.objects.filter(
            locale=locale, context__object_id__in=keys
        ).select_related("state")
    }
    fuzzy = {
        (row.string_id, row.context_id): row
        for row in FuzzyTarget.objects.filter(locale=locale, context__object_id__in=keys)
    }
    source_locale = translations[0].source.locale_id
    addresses = dict(
        Page.objects.filter(translation_key__in=keys, locale_id=source_locale).values_list(
            "translation_key", "url_path"
        )
    )
    for translation in translations:
        source = translation.source
        address = addresses.get(source.object_id, "")
        yield Document(
            key=str(translation.uuid),
            source_language=tag_of(source.locale),
            target_language=tag_of(locale),
            units=units_of(segments[source.pk], final, fuzzy),
            name=name_of(address) or f"{kind_of(source)}/{source.object_id}",
            title=source.object_repr,
            place=address,
            changed_at=source.last_updated_at,
        )


def units_of(segments: list[StringSegment], final: dict, fuzzy: dict) -> list[Unit]:
    """The texts of one source. One that stands twice in the same place is one unit."""
    units = {}
    for row in segments:
        key = (row.string_id, row.context_id)
        common = {
            "source": row.string.data,
            "context": row.context.path,
            "hint": row.context.field_path,
        }
        if target := final.get(key):
            state = getattr(target, "state", None)
            units[key] = Unit(
                **common,
                target=target.data,
                # A target that does not fit its field is not final for any tool.
                fuzzy=target.has_error,
                reviewed=bool(state and state.reviewed_at),
                note=state.note if state else "",
            )
        elif draft := fuzzy.get(key):
            units[key] = Unit(
                **common,
                target=draft.text,
                fuzzy=True,
                note=draft.note,
                previous_source=draft.previous_source,
            )
        else:
            units[key] = Unit(**common)
    return list(units.values())


def tag_of(locale: Locale) -> str:
    """What the language is called in files."""
    language = LANGUAGES.get(locale.language_code)
    return language.tag if language else locale.language_code


def kind_of(source: TranslationSource) -> str:
    """The folder of what is no page: the name of its model."""
    return ContentType.objects.get_for_id(source.specific_content_type_id).model


def name_of(url_path: str) -> str:
    """The name of a page's file without its ending: its address below the site's home page."""
    parts = [part for part in url_path.split("/") if part]
    return "/".join(parts[1:]) or (parts[0] if parts else "")
