"""Targets are written in one place: with their origin, their review, and a copy in the memory."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from accounts.groups import create_groups
from pages.models import StandardPage
from tests.accounts.factories import make_user, signed_in
from tests.pages.factories import block, make_figure, make_home, make_locale, make_page, notices
from tests.translations.factories import make_translated
from translations.models import FuzzyTarget, MemoryUnit, Origin, TargetState
from translations.segments.reading import segments_of
from translations.segments.writing import (
    ForeignSegmentError,
    Suggestion,
    accept,
    may_write,
    refusal,
    remove_targets,
    write_fuzzy,
    write_targets,
)
from translations.store import bring_in
from translations.targets import make_target, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def japanese() -> Locale:
    return make_locale("ja")


@pytest.fixture
def page(japanese) -> StandardPage:
    home = make_home()
    make_translated(home, japanese)
    notice = block("notice", {"kind": "warning", "title": "Stairs", "text": "Use the stairs."})
    return make_page(home, title="Waste", summary="Sort and tie.", body=[notice])


@pytest.fixture
def translation(page, japanese) -> Translation:
    return submit(bring_in(page)[0], japanese)


def key_of(translation: Translation, source: str) -> tuple[int, int]:
    return next(each.key for each in segments_of(translation.source_id) if each.source == source)


def target_of(translation: Translation, source: str) -> StringTranslation:
    string_id, context_id = key_of(translation, source)
    return StringTranslation.objects.get(
        translation_of_id=string_id, context_id=context_id, locale=translation.target_locale
    )


def write(translation: Translation, source: str, target: str, **more) -> int:
    return write_targets(translation, {key_of(translation, source): target}, **more)


def units(translation: Translation) -> list[tuple[str, str]]:
    rows = MemoryUnit.objects.filter(object_key=translation.source.object_id).order_by("pk")
    return list(rows.values_list("source", "target"))


@pytest.mark.parametrize(
    ("origin", "kind"),
    [(Origin.PERSON, "manual"), (Origin.MEMORY, "manual"), (Origin.MACHINE, "machine")],
)
def test_a_target_says_where_it_came_from(translation, admin_user, origin, kind):
    assert (
        write(translation, "Waste", "ごみ", user=admin_user, origin=origin, tool_name="desk") == 1
    )
    row = target_of(translation, "Waste")
    assert (row.data, row.translation_type, row.tool_name) == ("ごみ", kind, "desk")
    assert row.last_translated_by == admin_user
    assert row.state.origin == origin


def test_who_changes_the_words_takes_the_review_away_and_keeps_the_note(translation, admin_user):
    write(translation, "Waste", "ゴミ")
    TargetState.objects.update(
        note="The city writes it so.", reviewed_at=timezone.now(), reviewed_by=admin_user
    )
    assert write(translation, "Waste", "ゴミ") == 0
    assert target_of(translation, "Waste").state.reviewed_by == admin_user
    assert write(translation, "Waste", "ごみ") == 1
    state = target_of(translation, "Waste").state
    assert (state.reviewed_at, state.reviewed_by) == (None, None)
    assert state.note == "The city writes it so."


def test_the_memory_keeps_every_version_with_its_place_and_neighbours(translation, page):
    write(translation, "Sort and tie.", "分ける。")
    write(translation, "Sort and tie.", "分けて結ぶ。")
    write(translation, "Sort and tie.", "分けて結ぶ。")
    assert units(translation) == [
        ("Sort and tie.", "分ける。"),
        ("Sort and tie.", "分けて結ぶ。"),
    ]
    unit = MemoryUnit.objects.order_by("pk").last()
    segments = {each.source: each for each in segments_of(translation.source_id)}
    assert unit.path == "summary"
    assert unit.before == segments["Sort and tie."].before
    assert unit.after == segments["Sort and tie."].after
    assert {unit.before, unit.after} & {
        segments["Waste"].source_hash,
        segments["Stairs"].source_hash,
    }


def test_an_empty_text_is_no_target(translation):
    assert write(translation, "Waste", "") == 0
    assert not StringTranslation.objects.filter(
        context__object_id=translation.source.object_id
    ).exists()


def test_a_text_of_an_earlier_source_is_written_and_remembered(translation, page):
    key = key_of(translation, "Waste")
    page.title = "Rubbish"
    page.save()
    bring_in(page)
    assert write_targets(translation, {key: "ごみ"}) == 1
    assert units(translation) == [("Waste", "ごみ")]


@pytest.mark.parametrize("write_here", [write_targets, write_fuzzy])
def test_a_place_on_another_page_is_not_written_to(translation, japanese, write_here):
    other = submit(bring_in(make_page(make_home(), title="Rubbish"))[0], japanese)
    keys = {key_of(translation, "Waste"): "ごみ", key_of(other, "Rubbish"): "ごみ"}
    with pytest.raises(ForeignSegmentError):
        write_here(translation, keys)
    assert units(translation) == units(other) == []
    assert not FuzzyTarget.objects.exists()


def test_markup_that_cannot_be_placed_is_kept_as_an_error(translation, japanese):
    write(translation, "Waste", "<script>ごみ</script>")
    assert target_of(translation, "Waste").has_error
    assert make_target(translation.source, japanese).title == "Waste"


def test_what_is_fuzzy_is_on_no_page_until_it_is_accepted(translation, japanese, admin_user):
    key = key_of(translation, "Waste")
    suggestion = Suggestion("ごみ？", quality=80, previous_source="Wastes", note="from the city")
    assert write_fuzzy(translation, {key: suggestion}, origin=Origin.MEMORY) == 1
    assert make_target(translation.source, japanese).title == "Waste"
    row = FuzzyTarget.objects.get()
    assert (row.quality, row.previous_source, row.note) == (80, "Wastes", "from the city")
    assert write_fuzzy(translation, {key: "ごみ"}) == 1
    row = FuzzyTarget.objects.get()
    assert (row.text, row.quality, row.origin) == ("ごみ", None, "person")
    assert accept(translation, [key], user=admin_user) == 1
    assert not FuzzyTarget.objects.exists()
    assert make_target(translation.source, japanese).title == "ごみ"


def test_only_the_fuzzy_targets_that_one_names_are_accepted(translation):
    write_fuzzy(
        translation,
        {key_of(translation, "Waste"): "ごみ", key_of(translation, "Stairs"): "階段"},
    )
    assert accept(translation, [key_of(translation, "Stairs")]) == 1
    assert list(FuzzyTarget.objects.values_list("text", flat=True)) == ["ごみ"]
    assert accept(translation) == 1


def test_a_final_target_ends_the_fuzzy_one_even_if_its_words_were_there(translation):
    write(translation, "Waste", "ごみ")
    write_fuzzy(translation, {key_of(translation, "Waste"): "ゴミ"})
    assert write(translation, "Waste", "ごみ") == 0
    assert not FuzzyTarget.objects.exists()


def test_a_target_that_is_taken_away_stays_in_the_memory(translation):
    write(translation, "Waste", "ごみ")
    assert remove_targets(translation, [key_of(translation, "Waste")]) == 1
    kept = StringTranslation.objects.filter(context__object_id=translation.source.object_id)
    assert not kept.filter(data="ごみ").exists()
    assert units(translation) == [("Waste", "ごみ")]


def test_the_number_of_queries_does_not_grow_with_the_text(japanese):
    home = make_home()
    counts = []
    for number in (5, 80):
        translation = submit(bring_in(make_page(home, body=notices(number)))[0], japanese)
        segments = segments_of(translation.source_id)
        for words in ("訳", "別の訳"):
            targets = {each.key: f"{words}{each.source}" for each in segments}
            write_fuzzy(translation, targets)
            with CaptureQueriesContext(connection) as queries:
                assert write_targets(translation, targets) == len(segments)
            counts.append(len([q for q in queries if "SAVEPOINT" not in q["sql"]]))
    # SQLite takes a hundred rows of this width at once.
    assert max(counts[2:]) - max(counts[:2]) <= (6 if connection.vendor == "sqlite" else 0)
    assert max(counts[:2]) <= 11


# wagtail-localize's own interface


def segment_address(translation: Translation, source: str) -> str:
    string_id, context_id = key_of(translation, source)
    segment = StringSegment.objects.get(
        source=translation.source, string_id=string_id, context_id=context_id
    )
    return f"/admin/localize/translate/{translation.pk}/strings/{segment.pk}/edit/"


def put(client, translation: Translation, source: str, text: str):
    return client.put(
        segment_address(translation, source),
        f"value={text}",
        content_type="application/x-www-form-urlencoded",
    )


@pytest.fixture
def draft(translation, japanese) -> StandardPage:
    """The page in Japanese, not live."""
    return make_target(translation.source, japanese, publish=False)


def test_words_from_wagtails_own_editor_are_remembered_and_end_the_review(
    translation, draft, admin_client, admin_user
):
    write(translation, "Waste", "ゴミ", origin=Origin.MACHINE)
    TargetState.objects.update(reviewed_at=timezone.now())
    write_fuzzy(translation, {key_of(translation, "Waste"): "ごみ？"})
    response = put(admin_client, translation, "Waste", "ごみ")
    assert response.status_code == 200
    row = target_of(translation, "Waste")
    assert (row.data, row.state.origin, row.state.reviewed_at) == ("ごみ", "person", None)
    assert units(translation)[-1] == ("Waste", "ごみ")
    unit = MemoryUnit.objects.order_by("pk").last()
    assert unit.written_by == admin_user
    assert unit.after or unit.before
    assert not FuzzyTarget.objects.exists()


def test_words_that_are_saved_again_as_they_were_stay_reviewed(translation, draft, admin_client):
    write(translation, "Waste", "ごみ")
    TargetState.objects.update(reviewed_at=timezone.now())
    put(admin_client, translation, "Waste", "ごみ")
    assert target_of(translation, "Waste").state.reviewed_at
    assert units(translation) == [("Waste", "ごみ")]


def test_words_deleted_in_wagtails_own_editor_stay_in_the_memory(translation, draft, admin_client):
    put(admin_client, translation, "Waste", "ごみ")
    assert admin_client.delete(segment_address(translation, "Waste")).status_code == 200
    assert units(translation) == [("Waste", "ごみ")]


def test_a_locked_page_takes_no_words(translation, draft):
    create_groups()
    client = signed_in("translator-ja")
    assert put(client, translation, "Waste", "ごみ").status_code == 201
    draft.locked, draft.locked_at = True, timezone.now()
    draft.save()
    response = put(client, translation, "Waste", "ゴミ")
    assert response.status_code == 403
    assert response.json() == {"detail": "The page is locked."}
    assert client.delete(segment_address(translation, "Waste")).status_code == 403
    assert target_of(translation, "Waste").data == "ごみ"
    assert not may_write(None, translation)


def test_a_translation_that_was_stopped_takes_no_words(translation, draft, admin_client):
    Translation.objects.filter(pk=translation.pk).update(enabled=False)
    response = put(admin_client, translation, "Waste", "ごみ")
    assert response.status_code == 403
    assert "stopped" in response.json()["detail"]
    assert units(translation) == []


@pytest.mark.parametrize("view", ["pofile/upload", "machine_translate"])
def test_a_file_or_a_machine_does_not_write_into_a_stopped_translation(
    translation, draft, admin_client, view
):
    Translation.objects.filter(pk=translation.pk).update(enabled=False)
    po = f'msgid ""\nmsgstr "X-WagtailLocalize-TranslationID: {translation.uuid}\\n"\n\n'
    po += 'msgctxt "title"\nmsgid "Waste"\nmsgstr "ごみ"\n'
    response = admin_client.post(
        f"/admin/localize/translate/{translation.pk}/{view}/",
        {"file": SimpleUploadedFile("ja.po", po.encode())},
        follow=True,
    )
    assert "This translation was stopped" in response.content.decode()
    assert units(translation) == []


def test_a_translator_writes_in_one_language_only(translation, draft, page):
    korean = make_locale("ko")
    make_translated(page.get_parent().specific, korean)
    other = submit(translation.source, korean)
    make_target(translation.source, korean, publish=False)
    create_groups()
    translator = make_user("translator-ja")
    assert may_write(translator, translation)
    assert "right" in refusal(translator, other)


def test_nobody_writes_for_a_page_that_is_not_there(translation, admin_user):
    assert "not there in this language" in refusal(admin_user, translation)


def test_who_may_change_snippets_does_so_in_their_own_languages(page, japanese):
    korean = make_locale("ko")
    make_translated(page.get_parent().specific, korean)
    figure = make_figure()
    make_translated(figure, japanese, korean)
    create_groups()
    translator = make_user("translator-ja")
    source = bring_in(figure)[0]
    assert not may_write(translator, submit(source, japanese))
    translator.user_permissions.add(Permission.objects.get(codename="change_figure"))
    translator = type(translator).objects.get(pk=translator.pk)
    assert may_write(translator, submit(source, japanese))
    assert not may_write(translator, submit(source, korean))


def test_a_title_that_its_field_cannot_hold_is_refused_and_changes_nothing(
    translation, draft, admin_client
):
    response = put(admin_client, translation, "Waste", "ご" * 256)
    assert response.status_code == 400
    assert response.json() == {"detail": "It has 256 characters; the field holds 255."}
    assert units(translation) == []
    assert put(admin_client, translation, "Waste", "ご" * 255).status_code == 201


def test_a_language_whose_texts_are_in_the_memory_is_not_deleted(translation, admin_client):
    write(translation, "Waste", "ごみ")
    Page.objects.filter(locale=translation.target_locale).last().delete()
    response = admin_client.post(f"/admin/locales/delete/{translation.target_locale_id}/")
    assert "cannot be deleted" in response.content.decode()
    assert MemoryUnit.objects.filter(target="ごみ").exists()
