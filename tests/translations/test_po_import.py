"""PO entries go into the string store; what cannot stand on a page is refused with a reason."""

from __future__ import annotations

import polib
import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation

from pages.models import StandardPage
from tests.pages.factories import block, make_home, make_locale, make_page, notices
from tests.translations.factories import make_translated
from translations.po_import import import_entries
from translations.store import bring_in
from translations.targets import make_target, submit

pytestmark = pytest.mark.django_db

LINKED = 'Ask <a id="a1">the <b>desk</b></a> first.'


@pytest.fixture
def japanese() -> Locale:
    return make_locale("ja")


@pytest.fixture
def page(japanese) -> StandardPage:
    """A page on which one title stands twice, with a text that holds a link."""
    home = make_home()
    make_translated(home, japanese)
    return make_page(
        home,
        title="Waste",
        summary="Sort & tie.",
        body=[
            block("notice", {"kind": "warning", "title": "Stairs", "text": "Use the stairs."}),
            block("notice", {"kind": "warning", "title": "Stairs", "text": "Avoid lifts."}),
            block(
                "text",
                '<p>Ask <a href="https://www.example.org/">the <b>desk</b></a> first.</p>',
            ),
        ],
    )


@pytest.fixture
def translation(page, japanese) -> Translation:
    return submit(bring_in(page)[0], japanese)


def entry(source: str, target: str, **more) -> polib.POEntry:
    return polib.POEntry(msgid=source, msgstr=target, **more)


def stored(translation: Translation) -> dict[str, str]:
    """Target texts by where they stand."""
    return dict(
        StringTranslation.objects.filter(
            locale=translation.target_locale,
            context__object_id=translation.source.object_id,
        ).values_list("context__path", "data")
    )


def title_of(translation: Translation) -> QuerySet[StringTranslation]:
    """The row of the page's title."""
    return StringTranslation.objects.filter(
        locale=translation.target_locale,
        context__object_id=translation.source.object_id,
        context__path="title",
    )


def test_a_target_is_stored_and_shown_on_the_page(translation, page, japanese):
    written, refusals = import_entries(translation, [entry("Waste", "ごみ")], tool_name="desk")
    assert (written, refusals) == (1, [])
    assert stored(translation) == {"title": "ごみ"}
    row = title_of(translation).get()
    assert (row.translation_type, row.tool_name, row.has_error) == ("manual", "desk", False)
    assert translation.get_progress() == (7, 1)
    assert make_target(translation.source, japanese).title == "ごみ"


def test_fuzzy_obsolete_and_blank_entries_are_not_taken(translation):
    entries = [
        entry("Waste", "ごみ", flags=["fuzzy"]),
        entry("Use the stairs.", "階段を使う。", obsolete=True),
        entry("Avoid lifts.", ""),
    ]
    assert import_entries(translation, entries) == (0, [])
    assert stored(translation) == {}


def test_text_that_stands_twice_on_a_page_gets_the_same_target_everywhere(translation, page):
    written, _ = import_entries(translation, [entry("Stairs", "階段")])
    assert written == 2
    first, second = (f"body.{each['id']}.title" for each in page.body.raw_data[:2])
    assert stored(translation) == {first: "階段", second: "階段"}


def test_a_context_that_names_one_place_leads_there_only(translation, page):
    first, second = (f"body.{each['id']}.title" for each in page.body.raw_data[:2])
    entries = [entry("Stairs", "階段", msgctxt=first), entry("Stairs", "はしご", msgctxt=second)]
    assert import_entries(translation, entries) == (2, [])
    assert stored(translation) == {first: "階段", second: "はしご"}


def test_a_context_that_names_no_place_of_the_page_leaves_it_to_the_text(translation):
    written, refusals = import_entries(translation, [entry("Waste", "ごみ", msgctxt="/waste/")])
    assert (written, refusals) == (1, [])


@pytest.mark.parametrize("context", [None, "title"])
def test_text_that_the_page_does_not_have_is_refused(translation, context):
    written, refusals = import_entries(translation, [entry("Rubbish", "ごみ", msgctxt=context)])
    assert written == 0
    assert [(each.msgid, each.reason) for each in refusals] == [
        ("Rubbish", "The page has no such text.")
    ]


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("まず<b>窓口</b>に聞く。", "The tags differ"),
        ('まず<a id="a1">窓口</a>に聞く。', "The tags differ"),
        ('まず<a id="a1"><b>窓口</b></a>に<b>聞く</b>。', "The tags differ"),
        ('まず<a id="a2"><b>窓口</b></a>に聞く。', "a2"),
        ('まず<a id="a1"><b>窓口</b></a><script>x()</script>', "script"),
        ('まず<a id="a1" href="https://evil.example/"><b>窓口</b></a>に聞く。', "attributes"),
        ('<p>まず<a id="a1"><b>窓口</b></a>に聞く。</p>', "<p>"),
    ],
)
def test_a_target_whose_tags_do_not_match_is_refused_with_the_reason(translation, target, reason):
    written, refusals = import_entries(translation, [entry(LINKED, target), entry("Waste", "ごみ")])
    assert written == 1
    assert [each.msgid for each in refusals] == [LINKED]
    assert reason in refusals[0].reason
    assert stored(translation) == {"title": "ごみ"}


def test_a_target_may_put_its_tags_in_another_order(translation, page, japanese):
    target = '<a id="a1">まず<b>窓口</b></a>に聞く。'
    assert import_entries(translation, [entry(LINKED, target)]) == (1, [])
    body = make_target(translation.source, japanese).body
    assert body[2].value.source == (
        '<p><a href="https://www.example.org/">まず<b>窓口</b></a>に聞く。</p>'
    )


def test_signs_that_are_markup_elsewhere_are_words_here(translation, japanese):
    assert import_entries(translation, [entry("Sort &amp; tie.", "分ける & 1 < 2")]) == (1, [])
    assert make_target(translation.source, japanese).summary == "分ける & 1 < 2"


def test_importing_the_same_again_writes_nothing(translation):
    entries = [entry("Waste", "ごみ"), entry("Stairs", "階段")]
    assert import_entries(translation, entries) == (3, [])
    before = title_of(translation).get().updated_at
    with CaptureQueriesContext(connection) as queries:
        assert import_entries(translation, entries) == (0, [])
    assert not [q for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert title_of(translation).get().updated_at == before


def test_a_new_target_replaces_the_old_and_names_who_wrote_it(translation, japanese, admin_user):
    import_entries(translation, [entry("Waste", "ごみ")], tool_name="machine")
    title_of(translation).update(translation_type="machine", has_error=True, field_error="long")
    assert import_entries(translation, [entry("Waste", "ごみの出し方")], user=admin_user) == (1, [])
    row = title_of(translation).get()
    assert row.data == "ごみの出し方"
    assert (row.translation_type, row.tool_name) == ("manual", "")
    assert row.last_translated_by == admin_user
    assert (row.has_error, row.field_error) == (False, "")


def test_one_language_does_not_touch_another(translation, page):
    korean = submit(translation.source, make_locale("ko"))
    import_entries(translation, [entry("Waste", "ごみ")])
    import_entries(korean, [entry("Waste", "쓰레기")])
    assert stored(translation) == {"title": "ごみ"}
    assert stored(korean) == {"title": "쓰레기"}


def test_the_number_of_queries_does_not_grow_with_the_entries(japanese):
    home = make_home()
    counts = []
    for number in (5, 80):
        translation = submit(bring_in(make_page(home, body=notices(number)))[0], japanese)
        entries = [entry(f"Notice {n}", f"お知らせ{n}") for n in range(1, number + 1)]
        for target in (entries, [entry(each.msgid, each.msgstr + "。") for each in entries]):
            with CaptureQueriesContext(connection) as queries:
                assert import_entries(translation, target) == (number, [])
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
