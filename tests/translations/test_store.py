"""What is brought into the string store is what wagtail-localize would write, row for row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
)

from multicultural.models import GuideIndexPage, GuidePage, MulticulturalIndexPage
from offices.models import OfficeIndexPage, OfficePage
from pages.blocks import BodyBlock
from pages.models import HomePage, StandardPage
from tests.pages.factories import (
    block,
    every_block,
    make_figure,
    make_home,
    make_page,
    notices,
    publish,
)
from translations.store import bring_in

pytestmark = pytest.mark.django_db

Rows = dict[str, list[tuple]]


def stored(key) -> Rows:
    """Everything that the store holds of an object, without ids and times."""
    source = TranslationSource.objects.filter(object_id=key)
    of_source = {"source__object_id": key}
    return {
        "objects": list(
            TranslatableObject.objects.values_list("pk", "content_type").order_by("pk")
        ),
        "source": list(
            source.values_list(
                *("object", "locale", "specific_content_type", "object_repr"),
                *("content_json", "schema_version"),
            )
        ),
        "contexts": list(
            TranslationContext.objects.filter(object_id=key)
            .values_list("path", "path_id", "field_path")
            .order_by("path")
        ),
        "strings": list(String.objects.values_list("locale", "data_hash", "data").order_by("data")),
        "texts": list(
            StringSegment.objects.filter(**of_source)
            .values_list("order", "context__path", "string__data", "attrs")
            .order_by("order")
        ),
        "templates": list(
            TemplateSegment.objects.filter(**of_source)
            .values_list(
                *("order", "context__path", "template__uuid", "template__template"),
                *("template__template_format", "template__string_count"),
            )
            .order_by("order")
        ),
        "related": list(
            RelatedObjectSegment.objects.filter(**of_source)
            .values_list("order", "context__path", "object", "object__content_type")
            .order_by("order")
        ),
        "overridable": list(
            OverridableSegment.objects.filter(**of_source)
            .values_list("order", "context__path", "data_json")
            .order_by("order")
        ),
    }


def rows_after(work: Callable[[TranslatableMixin], object], instance: TranslatableMixin) -> Rows:
    """What the store holds after `work` has been done on the instance, which is then undone."""
    with transaction.atomic():
        work(type(instance).objects.get(pk=instance.pk))
        rows = stored(instance.translation_key)
        transaction.set_rollback(True)
    return rows


def full_page() -> StandardPage:
    """A page with every kind of block, with fields that are empty and fields that are not."""
    home = make_home()
    page = make_page(home, body=every_block(home, make_figure(), make_figure()))
    page.title = "Moving & living <here>"
    page.summary = "First line.\nSecond line."
    page.search_description = "Café"
    page.last_checked_on = date(2026, 11, 1)
    return publish(page)


def home_with_tasks() -> HomePage:
    home = make_home()
    home.tasks = [
        ("task", {"title": "a doctor", "page": home, "drawing": "guide-health"}),
        ("task", {"title": "the waste", "page": home, "drawing": ""}),
    ]
    return publish(home)


def office() -> OfficePage:
    index = make_page(make_home(), OfficeIndexPage)
    return make_page(
        index,
        OfficePage,
        **{"city": "Paris", "country": "France", "area": "France, Italy"},
        **{"time_zone": "Europe/Paris", "latitude": "48.87", "longitude": "2.33"},
        **{"opened_year": 1990, "website": "https://www.example.org/"},
    )


def guide_topic() -> GuidePage:
    index = make_page(make_page(make_home(), MulticulturalIndexPage), GuideIndexPage)
    return make_page(
        index,
        GuidePage,
        short_answer="Call 119.",
        numbers=[block("number", {"number": "119", "what": "Fire"})],
        emergency=True,
    )


@pytest.mark.parametrize("make", [full_page, home_with_tasks, office, guide_topic, make_figure])
def test_it_holds_row_for_row_what_wagtail_localize_would_write(make):
    instance = make()
    ours = rows_after(bring_in, instance)
    theirs = rows_after(TranslationSource.update_or_create_from_instance, instance)
    assert ours == theirs
    assert ours["texts"]


def test_the_page_that_is_compared_has_every_kind_of_block_and_segment():
    page = full_page()
    assert {each.block_type for each in page.body} == set(BodyBlock().child_blocks)
    rows = rows_after(bring_in, page)
    assert all(rows.values())


def edit(page: StandardPage) -> StandardPage:
    """Takes one block away, adds one at the front, changes one, and changes the title."""
    body = [each for each in page.body.raw_data if each["type"] != "quotation"]
    changed = next(each for each in body if each["type"] == "notice")
    changed["value"]["text"] = "Use the stairs."
    page.body = [*notices(1), *body]
    page.title = "Another title"
    return publish(page)


def test_a_changed_page_is_held_as_wagtail_localize_would_hold_it():
    page = full_page()
    bring_in(page)
    page = edit(page)
    ours = rows_after(bring_in, page)
    theirs = rows_after(TranslationSource.update_or_create_from_instance, page)
    assert ours == theirs
    texts = [text for _, _, text, _ in ours["texts"]]
    assert "Use the stairs." in texts
    assert "The bonds remain." not in texts


def test_rows_that_still_hold_are_kept():
    page = make_page(make_home(), body=notices(3))
    bring_in(page)
    before = dict(StringSegment.objects.values_list("string__data", "pk"))
    body = list(page.body.raw_data)
    body[2]["value"]["text"] = "Use the stairs."
    page.body = body
    source, changed = bring_in(publish(page))
    assert changed
    after = dict(StringSegment.objects.filter(source=source).values_list("string__data", "pk"))
    assert "Use the stairs." in after
    assert "Avoid lift 3." not in after
    kept = {text for text in after if text in before and after[text] == before[text]}
    assert {"Notice 1", "Avoid lift 1.", "Notice 2", "Notice 3"} <= kept


def test_bringing_in_again_what_has_not_changed_writes_nothing_and_says_so():
    page = full_page()
    first, changed = bring_in(page)
    assert changed
    with CaptureQueriesContext(connection) as queries:
        second, changed = bring_in(page)
    assert not changed
    assert second == first
    assert second.last_updated_at == first.last_updated_at
    assert not [q for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_any_view_of_a_page_will_do():
    page = full_page()
    source, _ = bring_in(Page.objects.get(pk=page.pk))
    assert bring_in(page) == (source, False)
    assert source.stringsegment_set.filter(string__data="Do not use lifts").exists()


def test_a_page_whose_body_was_emptied_leaves_no_segment_of_it():
    page = full_page()
    bring_in(page)
    page.body = []
    source, _ = bring_in(publish(page))
    assert not StringSegment.objects.filter(
        source=source, context__path__startswith="body"
    ).exists()
    assert not TemplateSegment.objects.filter(source=source).exists()
    assert not RelatedObjectSegment.objects.filter(source=source).exists()


def test_the_same_words_on_two_pages_are_one_string():
    home = make_home()
    body = notices(2)
    for _ in range(2):
        bring_in(make_page(home, body=body))
    assert String.objects.filter(data="Notice 1").count() == 1
    assert StringSegment.objects.filter(string__data="Notice 1").count() == 2


def counted(work: Callable, *args) -> int:
    """How many queries it takes."""
    with CaptureQueriesContext(connection) as queries:
        work(*args)
    return len(queries)


def links(count: int) -> list[dict]:
    """Texts with a link each, so that every kind of row grows with their number."""
    return [
        block("text", f'<p>See <a href="https://www.example.org/{n}">place {n}</a>.</p>')
        for n in range(count)
    ]


@pytest.mark.parametrize("blocks", [notices, links])
def test_the_number_of_queries_does_not_grow_with_the_text(blocks):
    home = make_home()
    figures = block("figures", [block("item", make_figure().pk)])
    short = make_page(home, body=[*blocks(5), figures])
    long = make_page(home, body=[*blocks(80), figures])
    first = make_page(home, body=[*blocks(1), figures])
    bring_in(first)  # whatever is looked up once in a process is known from here on
    assert counted(bring_in, short) == counted(bring_in, long) <= 30

    for page, count in ((short, 5), (long, 80)):
        page.body = [*blocks(count), figures]
        publish(page)
    short, long = (StandardPage.objects.get(pk=page.pk) for page in (short, long))
    assert counted(bring_in, short) == counted(bring_in, long) <= 30
