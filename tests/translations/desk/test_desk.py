"""A translator works beside the source: saves, keeps drafts, hands on; a reviewer decides there."""

from __future__ import annotations

import html

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from accounts.groups import translator_group_name
from tests.pages.factories import block, publish
from tests.translations.desk.conftest import browser_of, member
from tests.translations.factories import translate_all
from translations.models import FuzzyTarget, TargetState
from translations.review.handing_on import hand_on
from translations.segments.reading import Segment, segments_of
from translations.segments.writing import write_targets
from translations.store import bring_in

pytestmark = pytest.mark.django_db


def address(translation: Translation, name: str = "translations_desk") -> str:
    return reverse(name, args=[translation.pk])


def segment(translation: Translation, source: str) -> Segment:
    return next(each for each in segments_of(translation.source_id) if each.source == source)


def posted(translation: Translation, source: str, target: str, **more) -> dict:
    string, context = segment(translation, source).key
    return {"string": string, "context": context, "target": target, **more}


def final(translation: Translation) -> dict[str, str]:
    rows = StringTranslation.objects.filter(
        locale=translation.target_locale, context__object_id=translation.source.object_id
    )
    return dict(rows.values_list("translation_of__data", "data"))


def seen(client: Client, translation: Translation) -> str:
    return html.unescape(client.get(address(translation)).content.decode())


def test_each_text_stands_beside_its_source_in_its_own_language(desk, translation):
    page = seen(desk, translation)
    assert "Ask ⟨1⟩the desk⟨/1⟩ by 10." in page
    assert page.count('<textarea id="target-') == len(segments_of(translation.source_id))
    assert 'lang="ja" dir="ltr" aria-describedby' in page


def test_a_saved_text_is_final_with_the_sources_own_tags(desk, translation):
    source = "Ask <b>the desk</b> by 10."
    answer = desk.post(
        address(translation), posted(translation, source, "10時までに⟨1⟩窓口⟨/1⟩へ", note="時刻")
    )
    assert answer.status_code == 302
    assert final(translation)[source] == "10時までに<b>窓口</b>へ"
    state = TargetState.objects.get(target__data="10時までに<b>窓口</b>へ")
    assert (state.origin, state.note) == ("person", "時刻")


def test_after_saving_the_next_text_that_waits_comes(desk, translation):
    segments = segments_of(translation.source_id)
    answer = desk.post(address(translation), posted(translation, segments[0].source, "ごみ"))
    string, context = segments[1].key
    assert answer["location"].endswith(f"#text-{string}-{context}")


def test_the_script_is_told_the_state_and_what_the_checks_say(desk, translation):
    answer = desk.post(
        address(translation),
        posted(translation, "Ask <b>the desk</b> by 10.", "9時までに⟨1⟩窓口⟨/1⟩へ。"),
        headers={"accept": "application/json"},
    ).json()
    assert answer["state"] == "final"
    assert [each["severity"] for each in answer["findings"]] == ["error"]
    assert "10" in answer["findings"][0]["message"]


def test_a_paragraph_that_is_new_is_not_compared_with_one_that_stays(desk, page, translation):
    write_targets(translation, {segment(translation, "Ask <b>the desk</b> by 10.").key: "窓口"})
    body = page.body.get_prep_value()
    body[1]["value"] += "<p>Collection is free.</p>"
    page.body = body
    publish(page)
    bring_in(page)
    assert ">Collection is free.</p>" in seen(desk, translation)


@pytest.mark.parametrize("target", ["⟨1⟩窓口へ", "窓口へ", "⟨1⟩窓⟨/1⟩⟨1⟩口⟨/1⟩", "⟨9⟩窓口⟨/9⟩"])
def test_a_text_with_broken_tags_is_refused_with_a_reason_and_stays_in_its_box(
    desk, translation, target
):
    before = final(translation)
    answer = desk.post(
        address(translation), posted(translation, "Ask <b>the desk</b> by 10.", target)
    )
    assert answer.status_code == 400
    assert f">{target}</textarea>" in html.unescape(answer.content.decode())
    assert final(translation) == before


def test_a_title_longer_than_its_field_is_refused(desk, translation):
    answer = desk.post(
        address(translation),
        posted(translation, "Waste", "長" * 256),
        headers={"accept": "application/json"},
    )
    assert answer.status_code == 400
    assert "256" in answer.json()["reason"]


def test_a_draft_may_be_unfinished_and_is_not_published(desk, translation):
    write_targets(translation, {segment(translation, "Ladders").key: "階段"})
    desk.post(address(translation), posted(translation, "Ladders", "階段？", do="draft"))
    assert "Ladders" not in final(translation)
    assert FuzzyTarget.objects.get(string__data="Ladders").text == "階段？"
    assert "階段？" in seen(desk, translation)


def test_an_empty_text_takes_away_what_was_there_and_the_memory_keeps_it(desk, translation):
    write_targets(translation, {segment(translation, "Ladders").key: "階段"})
    desk.post(address(translation), posted(translation, "Ladders", "  "))
    assert "Ladders" not in final(translation)
    assert "階段" in seen(desk, translation)  # as what was there before


def test_a_changed_source_shows_what_changed_and_what_was_said_before(desk, page, translation):
    write_targets(translation, {segment(translation, "Climb the ladders.").key: "階段を使う。"})
    body = page.body.get_prep_value()
    body[0]["value"]["text"] = "Never climb the ladders."
    page.body = body
    publish(page)
    bring_in(page)
    text = seen(desk, translation)
    assert "<del>Climb</del><ins>Never climb</ins> the ladders." in text
    assert "階段を使う。" in text


def test_the_memory_and_the_history_of_a_place_are_asked_for_one_text(desk, translation):
    ladders = segment(translation, "Ladders")
    write_targets(translation, {ladders.key: "かいだん"})
    write_targets(translation, {ladders.key: "階段"})
    answer = desk.get(
        address(translation, "translations_desk_matches"),
        {"string": ladders.string_id, "context": ladders.context_id},
    )
    text = answer.content.decode()
    assert 'data-take="階段"' in text
    assert "かいだん" in text
    assert "100 %" in text


def test_checks_are_told_while_one_types_and_nothing_is_kept(desk, translation):
    before = final(translation)
    answer = desk.post(
        address(translation, "translations_desk_check"),
        posted(translation, "Ask <b>the desk</b> by 10.", "⟨1⟩窓口へ"),
    )
    assert answer.json()["findings"][0]["severity"] == "error"
    assert final(translation) == before


def test_handing_on_says_what_is_missing_then_sends_the_page_to_review(desk, translation):
    answer = desk.post(address(translation), {"do": "hand_on"}, follow=True)
    assert "not translated" in answer.content.decode()
    translate_all(translation.source, translation.target_locale)
    desk.post(
        address(translation),
        posted(translation, "Ask <b>the desk</b> by 10.", "10時までに⟨1⟩窓口⟨/1⟩へ"),
    )
    desk.post(address(translation), {"do": "hand_on"})
    assert translation.get_target_instance().current_workflow_state.status == "in_progress"
    # Until it comes back the translator reads it and changes nothing.
    answer = desk.post(
        address(translation),
        posted(translation, "Ladders", "x"),
        headers={"accept": "application/json"},
    )
    assert answer.status_code == 400
    assert "locked" in answer.json()["reason"]


@pytest.fixture
def in_review(translation, translator) -> Page:
    translate_all(translation.source, translation.target_locale)
    return hand_on(translation, translator).page


def test_a_reviewer_approves_and_the_page_is_live(translation, in_review, reviewer):
    client = browser_of(reviewer)
    assert 'value="approve"' in seen(client, translation)
    client.post(address(translation), {"do": "approve"})
    in_review.refresh_from_db()
    assert in_review.live


def test_a_reviewer_sends_back_with_a_reason_that_the_translator_reads(
    desk, translation, in_review, reviewer
):
    client = browser_of(reviewer)
    answer = client.post(address(translation), {"do": "reject"}, follow=True)
    assert "Say why" in answer.content.decode()
    client.post(address(translation), {"do": "reject", "reason": "Two steps, not one."})
    assert "Two steps, not one." in seen(desk, translation)
    in_review.refresh_from_db()
    assert not in_review.live


def test_a_translator_cannot_approve_their_own_work(desk, translation, in_review):
    assert 'value="approve"' not in seen(desk, translation)
    assert desk.post(address(translation), {"do": "approve"}).status_code == 302  # to the home page
    in_review.refresh_from_db()
    assert not in_review.live


@pytest.mark.parametrize("name", ["", "_check", "_matches"])
def test_another_languages_translator_gets_no_further_than_the_door(translation, name):
    client = browser_of(member(translator_group_name("ko")))
    data = posted(translation, "Ladders", "계단")
    before = final(translation)
    where = address(translation, f"translations_desk{name}")
    for answer in (client.get(where, data), client.post(where, data)):
        assert answer.status_code == 302
        assert answer["location"] == reverse("wagtailadmin_home")
    assert final(translation) == before


@pytest.mark.parametrize(
    "key", [{}, {"string": "x", "context": "1"}, {"string": 10**30, "context": 1}]
)
def test_texts_that_are_not_the_pages_own_are_not_found(desk, translation, key):
    assert desk.post(address(translation), {**key, "target": "x"}).status_code == 404
    assert desk.get(address(translation, "translations_desk_matches"), key).status_code == 404


def test_a_string_of_another_page_is_not_found(desk, translation, home):
    source, _ = bring_in(home)
    other = segments_of(source.pk)[0]
    data = {"string": other.string_id, "context": other.context_id, "target": "x"}
    assert desk.post(address(translation), data).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_texts(
    desk, page, translation, django_assert_max_num_queries
):
    desk.get(address(translation))
    with django_assert_max_num_queries(60) as few:
        desk.get(address(translation))
    sentences = "".join(f"<p>Sentence {number}.</p>" for number in range(40))
    page.body = [block("text", sentences), *page.body.get_prep_value()]
    publish(page)
    bring_in(page)
    with django_assert_max_num_queries(len(few)):
        text = desk.get(address(translation)).content.decode()
    assert text.count('<textarea id="target-') > 40
