"""Brings source objects into wagtail-localize's string store, in bulk.

wagtail-localize's own `refresh_segments` takes about ten queries a segment (its issue 932). The
tables and what stands in them are the same here; the number of queries does not grow with the text.
"""

from __future__ import annotations

import json
import uuid

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from modelcluster.models import ClusterableModel, get_serializable_data_for_fields
from wagtail.fields import StreamField
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments


def content_of(instance: TranslatableMixin) -> str:
    """The instance as the JSON that wagtail-localize keeps of a source."""
    if isinstance(instance, ClusterableModel):
        return instance.to_json()
    return json.dumps(get_serializable_data_for_fields(instance), cls=DjangoJSONEncoder)


def holds(source: TranslationSource, instance: TranslatableMixin) -> bool:
    """Whether the store holds the instance as it is now.

    In streams the order of keys does not count: PostgreSQL has one of its own.
    """
    contents = [json.loads(source.content_json), json.loads(content_of(instance))]
    for field in instance._meta.fields:
        if isinstance(field, StreamField):
            for content in contents:
                content[field.name] = json.loads(content.get(field.name) or "[]")
    return contents[0] == contents[1]


@transaction.atomic
def bring_in(instance: TranslatableMixin) -> tuple[TranslationSource, bool]:
    """Makes the store hold the instance as it is now.

    Takes a saved page (any view of it) or snippet. Gives its source and whether anything changed.
    """
    if isinstance(instance, Page):
        instance = instance.specific
    source = TranslationSource.objects.filter(
        object_id=instance.translation_key, locale_id=instance.locale_id
    ).first()
    if source and holds(source, instance):
        return source, False
    fields = {
        "object_repr": str(instance)[:200],
        "content_json": content_of(instance),
        "schema_version": get_schema_version(instance._meta.app_label),
        "last_updated_at": timezone.now(),
    }
    if source:
        for name, value in fields.items():
            setattr(source, name, value)
        source.save(update_fields=list(fields))
    else:
        translatable, _ = TranslatableObject.objects.get_or_create_from_instance(instance)
        source = TranslationSource.objects.create(
            object=translatable,
            locale_id=instance.locale_id,
            specific_content_type=ContentType.objects.get_for_model(type(instance)),
            **fields,
        )
    write_segments(source, instance)
    return source, True


def write_segments(source: TranslationSource, instance: TranslatableMixin) -> None:
    """Makes the source's segments those of the instance; keeps the rows that still hold."""
    values = extract_segments(instance)
    contexts = ensure_contexts(source, instance, {value.path for value in values})
    by_kind = {
        kind: [value for value in values if isinstance(value, kind)]
        for kind in (
            StringSegmentValue,
            TemplateSegmentValue,
            RelatedObjectSegmentValue,
            OverridableSegmentValue,
        )
    }
    strings = ensure_strings(source, {v.string.data for v in by_kind[StringSegmentValue]})
    templates = ensure_templates(by_kind[TemplateSegmentValue])
    objects = ensure_objects(by_kind[RelatedObjectSegmentValue])

    def encode(data) -> str:
        return json.dumps(data, cls=DjangoJSONEncoder)

    replace_segments(
        StringSegment,
        source,
        [
            {
                "context_id": contexts[value.path],
                "order": value.order,
                "string_id": strings[value.string.data],
                "attrs": encode(value.attrs),
            }
            for value in by_kind[StringSegmentValue]
        ],
    )
    replace_segments(
        TemplateSegment,
        source,
        [
            {
                "context_id": contexts[value.path],
                "order": value.order,
                "template_id": templates[template_uuid(value)],
            }
            for value in by_kind[TemplateSegmentValue]
        ],
    )
    replace_segments(
        RelatedObjectSegment,
        source,
        [
            {
                "context_id": contexts[value.path],
                "order": value.order,
                "object_id": objects[value.translation_key],
            }
            for value in by_kind[RelatedObjectSegmentValue]
        ],
    )
    replace_segments(
        OverridableSegment,
        source,
        [
            {
                "context_id": contexts[value.path],
                "order": value.order,
                "data_json": encode(value.data),
            }
            for value in by_kind[OverridableSegmentValue]
        ],
    )


def replace_segments(
    model: type[models.Model], source: TranslationSource, wanted: list[dict]
) -> None:
    """Deletes the source's rows of this kind that are not wanted and makes those that lack."""
    names = tuple(wanted[0]) if wanted else ("pk",)
    existing = {
        tuple(values[1:]): values[0]
        for values in model.objects.filter(source=source).values_list("pk", *names)
    }
    new = []
    for fields in wanted:
        if existing.pop(tuple(fields.values()), None) is None:
            new.append(model(source=source, **fields))
    if existing:
        # Nothing hangs on a segment. delete() would read all and go by the hundred.
        model.objects.filter(pk__in=existing.values())._raw_delete(model.objects.db)
    if new:
        model.objects.bulk_create(new)


def ensure_contexts(
    source: TranslationSource, instance: TranslatableMixin, paths: set[str]
) -> dict[str, int]:
    """The ids of the contexts for these content paths of the source's object."""
    ids = {path: TranslationContext._get_path_id(path) for path in paths}
    rows = TranslationContext.objects.filter(object_id=source.object_id)
    known = dict(rows.values_list("path_id", "pk"))
    missing = []
    for path, path_id in ids.items():
        if path_id not in known:
            context = TranslationContext(object_id=source.object_id, path=path, path_id=path_id)
            # get_field_path() works the field path out, then saves; the bulk insert saves instead.
            context.save = lambda **kwargs: None
            context.get_field_path(instance)
            del context.save
            missing.append(context)
    if missing:
        TranslationContext.objects.bulk_create(missing)
        known = dict(rows.values_list("path_id", "pk"))
    return {path: known[path_id] for path, path_id in ids.items()}


def ensure_strings(source: TranslationSource, texts: set[str]) -> dict[str, int]:
    """The ids of the strings with these texts in the source's language."""
    hashes = {text: String._get_data_hash(text) for text in texts}
    rows = String.objects.filter(locale_id=source.locale_id, data_hash__in=hashes.values())
    known = dict(rows.values_list("data_hash", "pk"))
    missing = [
        String(locale_id=source.locale_id, data=text, data_hash=data_hash)
        for text, data_hash in hashes.items()
        if data_hash not in known
    ]
    if missing:
        String.objects.bulk_create(missing, ignore_conflicts=True)
        known = dict(rows.values_list("data_hash", "pk"))
    return {text: known[data_hash] for text, data_hash in hashes.items()}


def template_uuid(value: TemplateSegmentValue) -> uuid.UUID:
    """The id that wagtail-localize gives to a template's content."""
    return uuid.uuid5(uuid.uuid5(Template.BASE_UUID_NAMESPACE, value.format), value.template)


def ensure_templates(values: list[TemplateSegmentValue]) -> dict[uuid.UUID, int]:
    """The ids of the templates with the content of these values."""
    wanted = {template_uuid(value): value for value in values}
    if not wanted:
        return {}
    rows = Template.objects.filter(uuid__in=wanted)
    known = dict(rows.values_list("uuid", "pk"))
    missing = [
        Template(
            uuid=key,
            template=value.template,
            template_format=value.format,
            string_count=value.string_count,
        )
        for key, value in wanted.items()
        if key not in known
    ]
    if missing:
        Template.objects.bulk_create(missing, ignore_conflicts=True)
        known = dict(rows.values_list("uuid", "pk"))
    return known


def ensure_objects(values: list[RelatedObjectSegmentValue]) -> dict[uuid.UUID, uuid.UUID]:
    """The translatable objects that these values point to, made where they lack."""
    if not values:
        return {}
    TranslatableObject.objects.bulk_create(
        [
            TranslatableObject(translation_key=key, content_type=content_type)
            for key, content_type in {v.translation_key: v.content_type for v in values}.items()
        ],
        ignore_conflicts=True,
    )
    return {value.translation_key: value.translation_key for value in values}
