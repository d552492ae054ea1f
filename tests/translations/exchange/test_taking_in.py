"""Units go into the string store; what cannot stand on a page is refused with a reason."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import StringTranslation, Translation

from tests.pages.factories import make_home, make_locale, make_page, notices, publish
from translations.exchange.taking_in import Taken, take_in
from translations.exchange.units import Unit
from translations.models import FuzzyTarget, MemoryUnit
from translations.store import bring_in
from translations.targets import make_target, submit

pytestmark = pytest.mark.django_db

LINKED = 'Ask <a id="a1">the <b>desk</b></a> first.'


def counted(taken: Taken) -> tuple[int, list[str]]:
    """How many texts were written, and of which there were problems."""
    return taken.written, [problem.source for problem in taken.problems]


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
    assert counted(take_in(translation, [Unit("Waste", "ごみ")], tool_name="desk")) == (1, [])
    assert stored(translation) == {"title": "ごみ"}
    row = title_of(translation).get()
    assert (row.translation_type, row.tool_name, row.has_error) == ("manual", "desk", False)
    assert translation.get_progress() == (7, 1)
    assert make_target(translation.source, japanese).title == "ごみ"


def test_a_blank_text_empties_nothing(translation):
    take_in(translation, [Unit("Waste", "ごみ")])
    assert counted(take_in(translation, [Unit("Waste", "")])) == (0, [])
    assert stored(translation) == {"title": "ごみ"}


def test_what_is_fuzzy_stays_fuzzy_with_its_note(translation):
    draft = Unit("Waste", "ごみ？", fuzzy=True, note="Or 廃棄物?", previous_source="Rubbish")
    assert take_in(translation, [draft]) == Taken(fuzzy=1)
    row = FuzzyTarget.objects.get(context__object_id=translation.source.object_id)
    assert (row.text, row.note, row.previous_source) == ("ごみ？", "Or 廃棄物?", "Rubbish")
    assert stored(translation) == {}


def test_what_is_fuzzy_takes_no_final_text_away(translation):
    take_in(translation, [Unit("Waste", "ごみ")])
    assert take_in(translation, [Unit("Waste", "くず", fuzzy=True)]) == Taken()
    assert stored(translation) == {"title": "ごみ"}


def test_a_note_at_a_final_text_is_kept(translation):
    take_in(translation, [Unit("Waste", "ごみ", note="As the city writes it.")])
    take_in(translation, [Unit("Waste", "ごみ")])
    assert title_of(translation).get().state.note == "As the city writes it."


def test_words_for_a_text_that_the_page_had_once_go_into_the_memory(translation, page):
    page.title = "Waste and recycling"
    publish(page)
    bring_in(page)
    taken = take_in(translation, [Unit("Waste", "ごみ", context="title")])
    assert (taken.remembered, taken.problems) == (1, [])
    assert MemoryUnit.objects.filter(object_key=page.translation_key, target="ごみ").exists()


def test_two_targets_for_one_place_are_refused(translation):
    taken = take_in(translation, [Unit("Waste", "ごみ"), Unit("Waste", "くず", line=9)])
    assert [(each.line, each.source) for each in taken.problems] == [(9, "Waste")]
    assert stored(translation) == {}


def test_a_target_too_long_for_its_field_is_refused(translation):
    taken = take_in(translation, [Unit("Waste", "ご" * 256)])
    assert "256" in taken.problems[0].reason
    assert stored(translation) == {}


def test_text_that_stands_twice_on_a_page_gets_the_same_target_everywhere(translation, page):
    assert take_in(translation, [Unit("Stairs", "階段")]).written == 2
    first, second = (f"body.{each['id']}.title" for each in page.body.raw_data[:2])
    assert stored(translation) == {first: "階段", second: "階段"}


def test_a_context_that_names_one_place_leads_there_only(translation, page):
    first, second = (f"body.{each['id']}.title" for each in page.body.raw_data[:2])
    entries = [Unit("Stairs", "階段", context=first), Unit("Stairs", "はしご", context=second)]
    assert counted(take_in(translation, entries)) == (2, [])
    assert stored(translation) == {first: "階段", second: "はしご"}


def test_a_context_that_names_no_place_of_the_page_leaves_it_to_the_text(translation):
    assert counted(take_in(translation, [Unit("Waste", "ごみ", context="/waste/")])) == (1, [])


@pytest.mark.parametrize("context", ["", "title"])
def test_text_that_the_page_does_not_have_is_refused(translation, context):
    taken = take_in(translation, [Unit("Rubbish", "ごみ", context=context)])
    assert taken.written == 0
    assert [(each.source, each.reason) for each in taken.problems] == [
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
    units = [Unit(LINKED, target, line=7), Unit("Waste", "ごみ")]
    taken = take_in(translation, units)
    assert (taken.written, stored(translation)) == (0, {})
    taken = take_in(translation, units, whole=False)
    assert taken.written == 1
    assert [(each.line, each.source) for each in taken.problems] == [(7, LINKED)]
    assert reason in taken.problems[0].reason
    assert stored(translation) == {"title": "ごみ"}


def test_a_target_may_put_its_tags_in_another_order(translation, page, japanese):
    target = '<a id="a1">まず<b>窓口</b></a>に聞く。'
    assert counted(take_in(translation, [Unit(LINKED, target)])) == (1, [])
    body = make_target(translation.source, japanese).body
    assert body[2].value.source == (
        '<p><a href="https://www.example.org/">まず<b>窓口</b></a>に聞く。</p>'
    )


def test_signs_that_are_markup_elsewhere_are_words_here(translation, japanese):
    assert counted(take_in(translation, [Unit("Sort &amp; tie.", "分ける & 1 < 2")])) == (1, [])
    assert make_target(translation.source, japanese).summary == "分ける & 1 < 2"


def test_importing_the_same_again_writes_nothing(translation):
    entries = [Unit("Waste", "ごみ"), Unit("Stairs", "階段")]
    assert counted(take_in(translation, entries)) == (3, [])
    before = title_of(translation).get().updated_at
    with CaptureQueriesContext(connection) as queries:
        assert counted(take_in(translation, entries)) == (0, [])
    assert not [q for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert title_of(translation).get().updated_at == before


def test_a_new_target_replaces_the_old_and_names_who_wrote_it(translation, japanese, admin_user):
    take_in(translation, [Unit("Waste", "ごみ")], tool_name="machine")
    title_of(translation).update(translation_type="machine", has_error=True, field_error="long")
    units = [Unit("Waste", "ごみの出し方")]
    assert counted(take_in(translation, units, user=admin_user)) == (1, [])
    row = title_of(translation).get()
    assert row.data == "ごみの出し方"
    assert (row.translation_type, row.tool_name) == ("manual", "")
    assert row.last_translated_by == admin_user
    assert (row.has_error, row.field_error) == (False, "")


def test_one_language_does_not_touch_another(translation, page):
    korean = submit(translation.source, make_locale("ko"))
    take_in(translation, [Unit("Waste", "ごみ")])
    take_in(korean, [Unit("Waste", "쓰레기")])
    assert stored(translation) == {"title": "ごみ"}
    assert stored(korean) == {"title": "쓰레기"}


def test_the_number_of_queries_does_not_grow_with_the_entries(japanese):
    home = make_home()
    counts = []
    for number in (5, 80):
        translation = submit(bring_in(make_page(home, body=notices(number)))[0], japanese)
        entries = [Unit(f"Notice {n}", f"お知らせ{n}") for n in range(1, number + 1)]
        for target in (entries, [Unit(each.source, each.target + "。") for each in entries]):
            with CaptureQueriesContext(connection) as queries:
                assert counted(take_in(translation, target)) == (number, [])
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
