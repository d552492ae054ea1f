"""Makes and updates the translated page or snippet from the string store."""

from __future__ import annotations

import json

from django.db import transaction
from wagtail.models import Locale, Page, PageViewRestriction, TranslatableMixin
from wagtail.models.copying import _copy
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    StringSegment,
    TemplateSegment,
    Translation,
    TranslationLog,
    TranslationSource,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.strings import StringValue

from .freshness import record
from .store import holds


class ParentNotTranslatedError(Exception):
    """The page's parent has no page in the target language yet; parents come first."""


class TranslationStoppedError(Exception):
    """The translation was stopped or its page deleted: what people did there is not undone."""


class LoadedObjectValue(RelatedObjectSegmentValue):
    """A related object whose translation is at hand, so that placing it asks no query."""

    def __init__(self, *args, instance: TranslatableMixin, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.loaded = instance

    def clone(self) -> LoadedObjectValue:
        return LoadedObjectValue(
            self.path,
            self.content_type,
            self.translation_key,
            order=self.order,
            instance=self.loaded,
        )

    def get_instance(self, locale: Locale) -> TranslatableMixin:
        return self.loaded


def submit(source: TranslationSource, locale: Locale) -> Translation:
    """The translation record of a source into a language, made if there is none."""
    translation, _ = Translation.objects.get_or_create(source=source, target_locale=locale)
    return translation


def translated_segments(source: TranslationSource, locale: Locale) -> list:
    """All segments of the source in the language's words, or the source's where it has none."""
    segments: list = []
    for row in (
        StringSegment.objects.filter(source=source)
        .annotate_translation(locale)
        .select_related("context", "string")
    ):
        segments.append(
            StringSegmentValue(
                row.context.path,
                StringValue(row.translation or row.string.data),
                attrs=json.loads(row.attrs),
                order=row.order,
            )
        )
    for row in TemplateSegment.objects.filter(source=source).select_related("template", "context"):
        segments.append(
            TemplateSegmentValue(
                row.context.path,
                row.template.template_format,
                row.template.template,
                row.template.string_count,
                order=row.order,
            )
        )
    segments.extend(related_segments(source, locale))
    for row in (
        OverridableSegment.objects.filter(source=source)
        .annotate_override_json(locale)
        .filter(override_json__isnull=False)
        .select_related("context")
    ):
        segments.append(
            OverridableSegmentValue(
                row.context.path, json.loads(row.override_json), order=row.order
            )
        )
    return segments


def related_segments(source: TranslationSource, locale: Locale) -> list[LoadedObjectValue]:
    """The source's related objects that exist in the language: one query a kind of object.

    One that does not exist is left out, and the translated page keeps the source's.
    """
    rows = list(
        RelatedObjectSegment.objects.filter(source=source).select_related(
            "object__content_type", "context"
        )
    )
    translated = {}
    for content_type in {row.object.content_type for row in rows}:
        model = content_type.model_class()
        keys = [row.object_id for row in rows if row.object.content_type == content_type]
        for instance in model.objects.filter(translation_key__in=keys, locale=locale):
            translated[instance.translation_key] = instance
    return [
        LoadedObjectValue(
            row.context.path,
            row.object.content_type,
            row.object_id,
            order=row.order,
            instance=translated[row.object_id],
        )
        for row in rows
        if row.object_id in translated
    ]


def as_stored(source: TranslationSource) -> TranslatableMixin:
    """The source object with the content that the store holds, which is what its segments are of.

    A new object on each call: placing translated segments changes the one that they are placed in.
    """
    live = source.get_source_instance()
    if holds(source, live):
        return live  # as a rule, and for fewer queries
    return source.as_instance()


def new_target(original: TranslatableMixin, locale: Locale) -> TranslatableMixin:
    """An unsaved copy of the original for another language; of a page, a draft without its lock."""
    exclude = ["id"]
    if isinstance(original, Page):
        exclude = [
            *original.default_exclude_fields_in_copy,
            *original.exclude_fields_in_copy,
            *("live_revision", "alias_of", "locked", "locked_at", "locked_by"),
            *("live", "has_unpublished_changes", "first_published_at", "last_published_at"),
        ]
    target, _ = _copy(original, exclude_fields=exclude)
    target.locale = locale
    if isinstance(target, Page):
        target.live = False
        target.has_unpublished_changes = True
    return target


def place_page(page: Page, original: Page) -> None:
    """Puts a new translated page below its parent's page in the same language.

    Raises ParentNotTranslatedError. A language's home stands beside the original, named after it.
    """
    parent = original.get_parent()
    if original.depth <= 2:
        page.slug = f"{original.slug}-{page.locale.language_code}"
        parent.add_child(instance=page)
        return
    translated = Page.objects.filter(
        translation_key=parent.translation_key, locale_id=page.locale_id
    ).first()
    if translated is None:
        raise ParentNotTranslatedError(original)
    translated.add_child(instance=page)


def follow_restrictions(original: Page, target: Page) -> None:
    """Lets those read the translated page who may read the original, and nobody else."""
    pages = [original.pk, target.pk]
    restrictions = {
        each.page_id: each for each in PageViewRestriction.objects.filter(page__in=pages)
    }
    if restriction := restrictions.get(original.pk):
        followed = restrictions.get(target.pk) or PageViewRestriction(page=target)
        followed.restriction_type = restriction.restriction_type
        followed.password = restriction.password
        followed.save()
        followed.groups.set(restriction.groups.all())
    elif target.pk in restrictions:
        target.view_restrictions.all().delete()


@transaction.atomic
def make_target(
    source: TranslationSource, locale: Locale, *, publish: bool = True, user=None
) -> TranslatableMixin:
    """Creates or updates the object in `locale` from the string store, and publishes it if asked.

    All of it is made from the version that the store holds, even if the source was edited since.
    With `publish=False` a page that is live stays as its readers see it; snippets have no drafts.
    Raises ParentNotTranslatedError for a page whose parent is not there yet, and
    TranslationStoppedError for an object that people have taken out of this.
    """
    translation = submit(source, locale)
    if not translation.enabled:
        raise TranslationStoppedError(translation)
    original = as_stored(source)
    target = type(original).objects.filter(translation_key=source.object_id, locale=locale).first()
    created = target is None
    if created:
        target = new_target(original, locale)
    copy_synchronised_fields(original, target)
    ingest_segments(original, target, source.locale, locale, translated_segments(source, locale))

    revision = None
    if isinstance(target, Page):
        if created:
            target.draft_title = target.title
            place_page(target, original)
        follow_restrictions(original, target)
        revision = target.save_revision(user=user, changed=not publish, clean=False)
        if publish:
            revision.publish(user=user)
            target.refresh_from_db()
    else:
        target.full_clean()
        target.save()
        record(translation)

    TranslationLog.objects.create(source=source, locale=locale, revision=revision)
    return target
