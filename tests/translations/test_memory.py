"""What was translated once has its words back, wherever it stands and whatever became of it."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale
from wagtail_localize.models import (
    String,
    StringTranslation,
    Translation,
    TranslationSource,
)

from pages.models import StandardPage
from tests.pages.factories import block, make_home, make_locale, make_page, notices
from tests.translations.factories import make_translated, translate
from translations.memory.filling import fill_from_memory, fill_memory
from translations.memory.history import history_of
from translations.memory.matching import matches_for, near_sources
from translations.memory.remembering import index_sources
from translations.models import FuzzyTarget, MemorySource, MemoryUnit, MemoryWord, Origin
from translations.segments.reading import Segment, segments_of
from translations.segments.writing import write_fuzzy, write_targets
from translations.store import bring_in
from translations.targets import make_target, submit

pytestmark = pytest.mark.django_db

SENTENCE = "Do not use the lift during an earthquake."
WORDS = "地震のときはエレベーターを使わないでください。"


@pytest.fixture
def japanese() -> Locale:
    return make_locale("ja")


@pytest.fixture
def home(japanese):
    home = make_home()
    make_translated(home, japanese)
    return home


def notice(text: str, title: str = "Lifts") -> dict:
    return block("notice", {"kind": "warning", "title": title, "text": text})


def page_with(home, *texts: str) -> StandardPage:
    return make_page(home, body=[notice(text) for text in texts])


def translation_of(page, locale) -> Translation:
    return submit(bring_in(page)[0], locale)


def targets_of(translation: Translation) -> dict[str, str]:
    """The targets of the segments that the source has now, by source."""
    rows = {
        (row.translation_of_id, row.context_id): row.data
        for row in StringTranslation.objects.filter(locale=translation.target_locale)
    }
    return {
        each.source: rows[each.key]
        for each in segments_of(translation.source_id)
        if each.key in rows
    }


def write(translation: Translation, *texts: tuple[str, str], origin=Origin.PERSON) -> None:
    keys = {each.source: each.key for each in segments_of(translation.source_id)}
    write_targets(translation, {keys[source]: target for source, target in texts}, origin=origin)


def matches(translation: Translation, source: str):
    segment = next(each for each in segments_of(translation.source_id) if each.source == source)
    return matches_for(
        [segment],
        source_locale_id=translation.source.locale_id,
        target_locale_id=translation.target_locale_id,
        object_key=translation.source.object_id,
    )[segment.key]


def test_a_sentence_that_another_page_has_too_is_filled_in_and_marked(home, japanese):
    write(translation_of(page_with(home, SENTENCE), japanese), (SENTENCE, WORDS))
    other = translation_of(page_with(home, SENTENCE), japanese)
    assert fill_from_memory(other) == 1
    assert targets_of(other)[SENTENCE] == WORDS
    row = StringTranslation.objects.get(context__object_id=other.source.object_id)
    assert row.state.origin == "memory"
    assert fill_from_memory(other) == 0


def test_words_of_another_language_are_not_taken(home, japanese):
    write(translation_of(page_with(home, SENTENCE), japanese), (SENTENCE, WORDS))
    assert fill_from_memory(translation_of(page_with(home, SENTENCE), make_locale("ko"))) == 0


def test_what_somebody_wrote_is_not_overwritten(home, japanese):
    write(translation_of(page_with(home, SENTENCE), japanese), (SENTENCE, WORDS))
    other = translation_of(page_with(home, SENTENCE), japanese)
    write(other, (SENTENCE, "別の訳"))
    fill_from_memory(other)
    assert targets_of(other)[SENTENCE] == "別の訳"


def test_a_block_that_is_deleted_and_made_again_has_its_words_back(home, japanese):
    page = page_with(home, SENTENCE)
    write(translation_of(page, japanese), (SENTENCE, WORDS))
    page.body = []
    page.save()
    bring_in(page)
    page.body = [notice(SENTENCE)]
    page.save()
    translation = translation_of(page, japanese)
    assert SENTENCE not in targets_of(translation)
    assert fill_from_memory(translation) == 1
    assert targets_of(translation)[SENTENCE] == WORDS


def test_a_block_that_moves_to_another_page_takes_its_words_along(home, japanese):
    page, other = page_with(home, SENTENCE), page_with(home)
    write(translation_of(page, japanese), (SENTENCE, WORDS))
    other.body, page.body = page.body, []
    page.save()
    other.save()
    bring_in(page)
    translation = translation_of(other, japanese)
    assert fill_from_memory(translation) == 1
    assert make_target(translation.source, japanese).body[0].value["text"] == WORDS


def test_a_page_that_is_deleted_leaves_its_words(home, japanese):
    page = page_with(home, SENTENCE)
    translation = translation_of(page, japanese)
    write(translation, (SENTENCE, WORDS))
    make_target(translation.source, japanese)
    page.delete()
    assert fill_from_memory(translation_of(page_with(home, SENTENCE), japanese)) == 1


def test_a_source_that_is_deleted_with_all_its_targets_leaves_its_words(home, japanese):
    translation = translation_of(page_with(home, SENTENCE), japanese)
    write(translation, (SENTENCE, WORDS))
    TranslationSource.objects.filter(pk=translation.source_id).delete()
    StringTranslation.objects.filter(data=WORDS).delete()
    assert fill_from_memory(translation_of(page_with(home, SENTENCE), japanese)) == 1


def test_words_outlive_the_person_who_wrote_them(home, japanese, admin_user):
    translation = translation_of(page_with(home, SENTENCE), japanese)
    key = next(each.key for each in segments_of(translation.source_id) if each.source == SENTENCE)
    write_targets(translation, {key: WORDS}, user=admin_user)
    admin_user.delete()
    unit = MemoryUnit.objects.get(source=SENTENCE)
    assert (unit.target, unit.written_by) == (WORDS, None)


def test_the_same_text_between_the_same_neighbours_comes_first(home, japanese):
    first = page_with(home, "Before.", "Close.", "After.")
    write(translation_of(first, japanese), ("Close.", "閉めてください。"))
    second = make_page(home, body=[notice("Close.", title="Office hours")])
    write(translation_of(second, japanese), ("Close.", "終了。"))
    third = translation_of(page_with(home, "Before.", "Close.", "After."), japanese)
    found = matches(third, "Close.")
    assert [(each.target, each.in_context) for each in found] == [
        ("閉めてください。", True),
        ("終了。", False),
    ]
    fill_from_memory(third)
    assert targets_of(third)["Close."] == "閉めてください。"


def test_the_latest_wording_comes_first_and_each_only_once(home, japanese):
    for words in ("一", "二", "一"):
        write(translation_of(page_with(home, SENTENCE), japanese), (SENTENCE, words))
    found = matches(translation_of(page_with(home, SENTENCE), japanese), SENTENCE)
    assert [each.target for each in found] == ["一", "二"]


def test_of_a_text_on_very_many_pages_the_page_s_own_words_are_still_found(
    home, japanese, monkeypatch
):
    monkeypatch.setattr("translations.memory.matching.UNITS_A_SOURCE", 2)
    own = translation_of(page_with(home, SENTENCE), japanese)
    write(own, (SENTENCE, "own"))
    for words in ("one", "two", "three"):
        write(translation_of(page_with(home, SENTENCE), japanese), (SENTENCE, words))
    assert [each.target for each in matches(own, SENTENCE)] == ["own", "three"]


def test_a_person_s_words_come_before_those_of_a_machine(home, japanese):
    write(translation_of(page_with(home, SENTENCE), japanese), (SENTENCE, WORDS))
    machine = translation_of(page_with(home, SENTENCE), japanese)
    write(machine, (SENTENCE, "機械"), origin=Origin.MACHINE)
    other = translation_of(page_with(home, SENTENCE), japanese)
    fill_from_memory(other)
    assert targets_of(other)[SENTENCE] == WORDS


def test_a_machine_s_words_are_still_a_machine_s_on_another_page(home, japanese):
    first = translation_of(page_with(home, SENTENCE), japanese)
    write(first, (SENTENCE, "機械"), origin=Origin.MACHINE)
    other = translation_of(page_with(home, SENTENCE), japanese)
    assert fill_from_memory(other) == 1
    row = StringTranslation.objects.get(context__object_id=other.source.object_id)
    assert (row.translation_type, row.state.origin) == ("machine", "machine")


def test_a_changed_sentence_is_offered_with_its_old_words_and_not_published(home, japanese):
    page = page_with(home, SENTENCE)
    write(translation_of(page, japanese), (SENTENCE, WORDS))
    changed = "Do not use the lift during or after an earthquake."
    page.body[0].value["text"] = changed
    page.save()
    translation = translation_of(page, japanese)
    assert fill_from_memory(translation) == 0
    row = FuzzyTarget.objects.get()
    assert (row.text, row.previous_source, row.origin) == (WORDS, SENTENCE, "memory")
    assert 75 <= row.quality < 100
    assert make_target(translation.source, japanese).body[0].value["text"] == changed


def test_a_translator_s_draft_is_not_replaced_by_a_match(home, japanese):
    write(translation_of(page_with(home, SENTENCE), japanese), (SENTENCE, WORDS))
    changed = "Do not use the lifts during an earthquake."
    translation = translation_of(page_with(home, changed), japanese)
    key = next(each.key for each in segments_of(translation.source_id) if each.source == changed)
    write_fuzzy(translation, {key: "下書き"})
    fill_from_memory(translation)
    assert FuzzyTarget.objects.get().text == "下書き"


def test_a_sentence_about_something_else_is_no_match(home, japanese):
    write(translation_of(page_with(home, SENTENCE), japanese), (SENTENCE, WORDS))
    other = "The office is closed on national holidays and at weekends."
    assert matches(translation_of(page_with(home, other), japanese), other) == []


@pytest.mark.parametrize("text", ["1987", "03-5213-1730", "2024–2025"])
def test_a_text_of_digits_alone_is_filled_in_as_it_stands(home, japanese, text):
    translation = translation_of(page_with(home, text), japanese)
    assert fill_from_memory(translation) == 1
    assert targets_of(translation)[text] == text


def test_a_number_that_languages_write_each_in_its_way_is_taken_from_the_memory(home, japanese):
    german = make_locale("de")
    first = translation_of(page_with(home, "5,933"), german)
    assert fill_from_memory(first) == 0
    write(first, ("5,933", "5.933"))
    other = translation_of(page_with(home, "5,933"), german)
    assert fill_from_memory(other) == 1
    assert targets_of(other)["5,933"] == "5.933"


def test_words_whose_markup_cannot_be_placed_are_not_filled_in(home, japanese):
    write(translation_of(page_with(home, SENTENCE), japanese), (SENTENCE, "<script>x</script>"))
    assert fill_from_memory(translation_of(page_with(home, SENTENCE), japanese)) == 0


def test_the_history_of_a_place_has_every_version_with_its_source(home, japanese):
    page = page_with(home, SENTENCE)
    translation = translation_of(page, japanese)
    write(translation, (SENTENCE, "一"))
    write(translation, (SENTENCE, WORDS))
    page.body[0].value["text"] = "Use the stairs."
    page.save()
    translation = translation_of(page, japanese)
    write(translation, ("Use the stairs.", "階段を使ってください。"))
    path = f"body.{page.body.raw_data[0]['id']}.text"
    assert [(unit.source, unit.target) for unit in history_of(translation, path)] == [
        ("Use the stairs.", "階段を使ってください。"),
        (SENTENCE, WORDS),
        (SENTENCE, "一"),
    ]


def test_filling_a_translation_takes_the_same_queries_for_a_long_page(home, japanese):
    counts = []
    for number in (5, 60):
        words = {f"Notice {n}": f"お知らせ{n}" for n in range(1, number + 1)}
        first = bring_in(make_page(home, body=notices(number)))[0]
        translate(first, japanese, words)
        second = translation_of(make_page(home, body=notices(number)), japanese)
        with CaptureQueriesContext(connection) as queries:
            assert fill_from_memory(second) >= number
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 13


def test_targets_from_before_the_memory_are_brought_in_with_their_neighbours(home, japanese):
    translation = translation_of(page_with(home, "Before.", SENTENCE), japanese)
    write(translation, ("Before.", "前。"), (SENTENCE, WORDS))
    units = MemoryUnit.objects.filter(object_key=translation.source.object_id)
    before = set(units.values_list("target", "path", "before", "after"))
    MemoryUnit.objects.all().delete()
    MemorySource.objects.all().delete()
    call_command("fill_memory", verbosity=0)
    assert set(units.values_list("target", "path", "before", "after")) == before
    assert MemoryWord.objects.exists()
    assert fill_memory() == 0


def test_bringing_many_targets_in_takes_few_queries(home, japanese):
    page = make_page(home, body=notices(80))
    words = {f"Notice {n}": f"お知らせ{n}" for n in range(1, 81)}
    translate(bring_in(page)[0], japanese, words)
    MemoryUnit.objects.all().delete()
    StringTranslation.objects.exclude(context__object_id=page.translation_key).delete()
    with CaptureQueriesContext(connection) as queries:
        assert fill_memory() == 80
    assert len(queries) <= 12


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Report the accident to the police.", "Report the accident to the police at once."),
        ("Open from 9:00 to 17:00 on weekdays.", "Open from 9:30 to 17:30 on weekdays."),
        ("避難所の場所を確認してください。", "避難所の場所を必ず確認してください。"),
        ("New York", "New York."),
        ("Ask at <b>your</b> city hall.", "Ask at <b>the</b> city hall."),
    ],
)
def test_texts_that_are_nearly_the_same_find_each_other(old, new):
    english = make_locale("en")
    MemorySource.objects.all().delete()

    old_hash = String._get_data_hash(old)
    index_sources([((english.pk, old_hash), old)])
    assert list(near_sources({new}, english.pk)[new]) == [old_hash]


def test_a_segment_is_no_fuzzy_match_of_itself():
    english, japanese = make_locale("en"), make_locale("ja")
    segment = Segment(1, 1, SENTENCE, String._get_data_hash(SENTENCE), "title")
    assert matches_for([segment], source_locale_id=english.pk, target_locale_id=japanese.pk) == {
        (1, 1): []
    }
