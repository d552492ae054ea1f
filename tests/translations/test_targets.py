"""Translated pages are made from the string store: complete, in place, and live when asked."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, PageViewRestriction, Revision
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    Translation,
    TranslationLog,
    TranslationSource,
)

from pages.models import Figure, HomePage, StandardPage
from tests.assets.factories import make_picture
from tests.pages.factories import (
    block,
    every_block,
    make_figure,
    make_home,
    make_locale,
    make_page,
    notices,
    publish,
)
from tests.translations.factories import make_translated, translate, translate_all
from translations.store import bring_in
from translations.targets import (
    ParentNotTranslatedError,
    TranslationStoppedError,
    make_target,
    submit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def japanese() -> Locale:
    return make_locale("ja")


@pytest.fixture
def korean() -> Locale:
    return make_locale("ko")


@pytest.fixture
def home(japanese, korean) -> HomePage:
    """An English home page that is there in Japanese and Korean."""
    home = make_home()
    make_translated(home, japanese, korean)
    return home


def in_language(page: Page, locale: Locale) -> Page:
    """The page's translation as the database has it."""
    return type(page).objects.get(translation_key=page.translation_key, locale=locale)


def body_of(page: StandardPage) -> str:
    """The body as JSON in which every script can be read."""
    return json.dumps(list(page.body.raw_data), ensure_ascii=False)


def test_a_translated_page_is_live_and_complete_below_its_parents_translation(home, japanese):
    section = make_page(home, slug="guide", title="Guide", show_in_menus=True)
    make_translated(section, japanese)
    page = make_page(
        section, slug="waste", title="Waste", summary="What to do.", drawing="guide-help",
        body=every_block(section, make_figure()),
    )  # fmt: skip
    make_translated(page, japanese)

    target = in_language(page, japanese)
    assert target.live
    assert not target.has_unpublished_changes
    assert target.title == target.draft_title == "ja: Waste"
    assert target.summary == "ja: What to do."
    assert target.slug == "waste"
    assert target.drawing == "guide-help"
    assert target.get_parent().specific == in_language(section, japanese)
    assert target.url_path == f"/{in_language(home, japanese).slug}/guide/waste/"
    assert in_language(section, japanese).show_in_menus
    assert [each.block_type for each in target.body] == [each.block_type for each in page.body]
    response = Client().get("/ja/guide/waste/")
    assert response.status_code == 200
    assert "<h1>ja: Waste</h1>" in response.content.decode()


def test_every_word_of_every_block_is_translated_and_what_is_no_word_stays(home, japanese):
    page = make_page(home, body=every_block(home, make_figure()))
    make_translated(page, japanese)
    values = {each.block_type: each.value for each in in_language(page, japanese).body}
    assert "ja: Before you <b>move</b>" in values["text"].source
    assert f'<a id="{home.pk}" linktype="page">town hall</a>' in values["text"].source
    assert '<a href="https://www.example.org/desk">the desk</a>' in values["text"].source
    assert values["notice"]["kind"] == "urgent"
    assert values["notice"]["title"] == "ja: Do not use lifts"
    assert [step["title"] for step in values["steps"]] == ["ja: Drop to the floor", "ja: Wait"]
    assert "ja: They <b>come</b> too." in values["accordion"][0]["text"].source
    assert values["cards"][0]["page"].pk == home.pk
    assert values["cards"][0]["drawing"] == "guide-help"
    assert values["quotation"]["name"] == "ja: A former ALT"
    assert values["table"]["table_caption"] == "ja: Participants"
    assert values["table"]["data"] == [
        ["ja: Year", "ja: Wait"],
        ["1987", "848"],
        ["2025", "ja: Wait"],
    ]
    assert values["image"]["alt_text"] == "ja: A red lantern"
    assert values["image"]["image"].title == "Festival"
    assert values["document"]["title"] == "ja: Application form"
    assert values["video"]["url"] == "https://www.example.org/video"
    assert values["contact"]["telephone"] == "00-0000-0000"
    assert values["contact"]["email"] == "desk@example.org"
    assert values["contact"]["address"] == "ja: Second floor"


def test_each_language_gets_its_own_words_when_one_is_made_after_another(home, japanese, korean):
    page = make_page(home, body=every_block(home, make_figure()))
    make_translated(page, japanese, korean)
    assert "ko:" not in body_of(in_language(page, japanese))
    assert "ja:" not in body_of(in_language(page, korean))
    assert "ko: Year" in body_of(in_language(page, korean))


def test_the_homes_of_languages_stand_side_by_side(home, japanese, korean):
    homes = [home, in_language(home, japanese), in_language(home, korean)]
    assert [each.depth for each in homes] == [2, 2, 2]
    assert [each.slug for each in homes] == [home.slug, f"{home.slug}-ja", f"{home.slug}-ko"]
    assert [each.title for each in homes] == ["Council", "ja: Council", "ko: Council"]


def test_a_home_keeps_its_slug_however_it_is_published(
    home, japanese, admin_client, django_capture_on_commit_callbacks
):
    make_target(TranslationSource.objects.get(object_id=home.translation_key), japanese)
    assert in_language(home, japanese).slug == f"{home.slug}-ja"
    editor = f"/admin/pages/{in_language(home, japanese).pk}/edit/"
    with django_capture_on_commit_callbacks(execute=True):
        assert admin_client.post(editor, {"action": "publish"}).status_code == 302
    assert in_language(home, japanese).slug == f"{home.slug}-ja"


def test_the_tree_is_sound_after_pages_were_made_at_every_level(home, japanese, korean):
    section = make_page(home)
    make_translated(section, japanese, korean)
    for _ in range(3):
        make_translated(make_page(section), japanese, korean)
    for locale in (japanese, korean):
        target = in_language(section, locale)
        assert target.numchild == 3
        children = target.get_children().live()
        assert [each.url_path for each in children] == [
            f"{target.url_path}{each.slug}/" for each in Page.objects.child_of(section)
        ]
        assert in_language(home, locale).numchild == 1
    assert Page.find_problems() == ([], [], [], [], [])


VOLATILE = {
    *("latest_revision", "latest_revision_created_at", "live_revision"),
    *("last_published_at", "first_published_at"),
}


def content(page: Page) -> dict:
    """All of a page but what changes with each publishing."""
    data = type(page).objects.get(pk=page.pk).serializable_data()
    return {name: value for name, value in data.items() if name not in VOLATILE}


def test_running_again_changes_no_content(home, japanese):
    page = make_page(home, body=every_block(home, make_figure()))
    make_translated(page, japanese)
    target = in_language(page, japanese)
    before, pages, translations = content(target), Page.objects.count(), Translation.objects.count()
    make_target(TranslationSource.objects.get(object_id=page.translation_key), japanese)
    assert content(target) == before
    assert Page.objects.count() == pages
    assert Translation.objects.count() == translations


def test_a_page_whose_parent_is_missing_is_refused_and_leaves_nothing(home, japanese):
    page = make_page(make_page(home))
    source, _ = bring_in(page)
    counted = (Page, Revision, Translation, TranslationLog)
    before = [model.objects.count() for model in counted]
    with pytest.raises(ParentNotTranslatedError):
        make_target(source, japanese)
    assert [model.objects.count() for model in counted] == before


def test_the_figures_chosen_on_a_page_become_those_of_the_language(home, japanese, korean):
    figures = [make_figure(unit="people"), make_figure(unit="chapters")]
    page = make_page(home, body=[block("figures", [block("item", each.pk) for each in figures])])
    for figure in figures:
        make_translated(figure, japanese)
    make_translated(page, japanese, korean)
    shown = in_language(page, japanese).body[0].value
    assert [each.unit for each in shown] == ["ja: people", "ja: chapters"]
    assert {each.locale for each in shown} == {japanese}
    # There are none in Korean, so its page keeps the English ones.
    assert [each.unit for each in in_language(page, korean).body[0].value] == ["people", "chapters"]


def test_a_figure_is_translated_with_its_number_and_date_kept(japanese):
    figure = make_figure(value="29", unit="countries", source="JET Programme")
    make_translated(figure, japanese)
    target = Figure.objects.get(translation_key=figure.translation_key, locale=japanese)
    assert (target.value, target.unit) == (29, "ja: countries")
    assert target.key == figure.key
    figure.value = 30
    figure.save()
    make_target(bring_in(figure)[0], japanese)
    target.refresh_from_db()
    assert (target.value, target.unit) == (30, "ja: countries")


def test_text_that_is_not_translated_stands_in_the_source_language(home, japanese):
    page = make_page(home, title="Waste", body=notices(2))
    source, _ = bring_in(page)
    translate(source, japanese, {"Notice 1": "お知らせ", "Waste": "ごみ"})
    target = make_target(source, japanese)
    assert target.title == "ごみ"
    titles = [each.value["title"] for each in in_language(page, japanese).body]
    assert titles == ["お知らせ", "Notice 2"]


def test_a_block_that_was_removed_disappears_and_a_new_one_comes(home, japanese):
    page = make_page(home, body=notices(3))
    make_translated(page, japanese)
    kept = list(page.body.raw_data)[1:]
    page.body = [*kept, block("notice", {"kind": "information", "title": "New", "text": ""})]
    source, _ = bring_in(publish(page))
    make_target(source, japanese)
    titles = [each.value["title"] for each in in_language(page, japanese).body]
    assert titles == ["ja: Notice 2", "ja: Notice 3", "New"]


def test_a_picture_chosen_for_one_language_stands_in_that_language_only(home, japanese, korean):
    ours, theirs = make_picture(title="English sign"), make_picture(title="Japanese sign")
    picture = {"image": ours.pk, "alt_text": "A sign", "caption": ""}
    page = make_page(home, body=[block("image", picture)])
    source, _ = bring_in(page)
    SegmentOverride.objects.create(
        locale=japanese,
        context=OverridableSegment.objects.get(source=source, data_json=str(ours.pk)).context,
        data_json=json.dumps(theirs.pk),
    )
    make_translated(page, japanese, korean)
    shown = [in_language(page, each).body[0].value["image"].title for each in (japanese, korean)]
    assert shown == ["Japanese sign", "English sign"]


def test_a_new_slug_is_followed_by_the_page_and_all_below_it(home, japanese):
    section = make_page(home, slug="rubbish")
    make_translated(section, japanese)
    page = make_page(section, slug="days")
    make_translated(page, japanese)
    section = StandardPage.objects.get(pk=section.pk)
    section.slug = "waste"
    make_target(bring_in(publish(section))[0], japanese)
    assert in_language(page, japanese).url_path.endswith("-ja/waste/days/")


def test_a_lock_on_the_source_does_not_lock_out_translators(home, japanese, admin_user):
    page = make_page(home)
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=admin_user)
    make_translated(StandardPage.objects.get(pk=page.pk), japanese)
    target = in_language(page, japanese)
    assert not target.locked
    assert target.locked_by is None


def restrict(page: Page, kind: str, **fields) -> PageViewRestriction:
    """Lets only some read the page."""
    return PageViewRestriction.objects.create(page=page, restriction_type=kind, **fields)


def test_view_restrictions_follow_to_the_translation_and_are_lifted_with_it(home, japanese):
    page = make_page(home, slug="members")
    restriction = restrict(page, PageViewRestriction.GROUPS)
    restriction.groups.set([Group.objects.create(name="members")])
    make_translated(page, japanese)
    source = TranslationSource.objects.get(object_id=page.translation_key)
    followed = in_language(page, japanese).view_restrictions.get()
    assert followed.restriction_type == PageViewRestriction.GROUPS
    assert [group.name for group in followed.groups.all()] == ["members"]
    assert Client().get("/ja/members/").status_code == 302

    restriction.groups.clear()
    restriction.restriction_type = PageViewRestriction.PASSWORD
    restriction.password = "open sesame"
    restriction.save()
    make_target(source, japanese)
    followed = in_language(page, japanese).view_restrictions.get()
    assert (followed.restriction_type, followed.password) == ("password", "open sesame")
    assert not followed.groups.exists()

    restriction.delete()
    make_target(source, japanese)
    assert not in_language(page, japanese).view_restrictions.exists()
    assert Client().get("/ja/members/").status_code == 200


def test_nothing_goes_live_that_was_not_asked_to(home, japanese):
    page = make_page(home, slug="waste", title="Waste")
    source, _ = bring_in(page)
    translate(source, japanese, {"Waste": "ごみ"})
    target = make_target(source, japanese, publish=False)
    assert not in_language(page, japanese).live
    assert in_language(page, japanese).has_unpublished_changes
    assert target.latest_revision.as_object().title == "ごみ"
    assert Client().get("/ja/waste/").status_code == 404


def test_a_draft_leaves_a_page_that_is_live_as_its_readers_see_it(home, japanese):
    page = make_page(home, slug="waste", title="Waste")
    source, _ = bring_in(page)
    translate(source, japanese, {"Waste": "ごみ"})
    make_target(source, japanese)
    translate(source, japanese, {"Waste": "ごみの出し方"})
    make_target(source, japanese, publish=False)

    target = in_language(page, japanese)
    assert target.live
    assert target.title == "ごみ"
    assert target.has_unpublished_changes
    assert target.draft_title == "ごみの出し方"
    assert "<h1>ごみ</h1>" in Client().get("/ja/waste/").content.decode()
    target.latest_revision.publish()
    assert in_language(page, japanese).title == "ごみの出し方"


def test_the_original_is_not_touched(home, japanese):
    page = make_page(home, body=every_block(home, make_figure()))
    before, revisions = page.to_json(), Revision.objects.for_instance(page).count()
    make_translated(page, japanese)
    page = StandardPage.objects.get(pk=page.pk)
    assert page.to_json() == before
    assert Revision.objects.for_instance(page).count() == revisions


def test_a_page_is_made_from_the_version_that_the_store_holds(home, japanese):
    page = make_page(home, title="Waste", body=notices(2))
    source, _ = bring_in(page)
    translate_all(source, japanese)
    page.title = "Rubbish"
    page.body = [block("text", "<p>Quite other words.</p>"), *notices(1)]
    publish(page)
    make_target(source, japanese)
    target = in_language(page, japanese)
    assert target.title == "ja: Waste"
    titles = [each.value["title"] for each in target.body]
    assert titles == ["ja: Notice 1", "ja: Notice 2"]


def test_what_people_stopped_is_not_overwritten(home, japanese):
    page = make_page(home, title="Waste")
    make_translated(page, japanese)
    target = in_language(page, japanese)
    Translation.objects.filter(source__object_id=page.translation_key).update(enabled=False)
    target.title = "手で書いた題"
    publish(target)
    source = TranslationSource.objects.get(object_id=page.translation_key)
    with pytest.raises(TranslationStoppedError):
        make_target(source, japanese)
    assert in_language(page, japanese).title == "手で書いた題"


def test_a_page_that_was_deleted_in_a_language_does_not_come_back_by_itself(home, japanese):
    page = make_page(home)
    make_translated(page, japanese)
    in_language(page, japanese).delete()
    source = TranslationSource.objects.get(object_id=page.translation_key)
    with pytest.raises(TranslationStoppedError):
        make_target(source, japanese)
    Translation.objects.filter(source=source).update(enabled=True)
    make_target(source, japanese)
    assert in_language(page, japanese).title == f"ja: {page.title}"


def test_submitting_twice_gives_the_same_translation(home, japanese):
    source, _ = bring_in(make_page(home))
    assert submit(source, japanese) == submit(source, japanese)


def queries_of(work, *args, **kwargs) -> int:
    """How many queries it takes."""
    with CaptureQueriesContext(connection) as queries:
        work(*args, **kwargs)
    return len(queries)


@pytest.mark.parametrize("publishing", [True, False])
def test_the_number_of_queries_does_not_grow_with_the_text(home, japanese, publishing):
    made, updated = [], []
    for count in (1, 5, 80):  # the first is there for what is looked up once in a process
        section = make_page(home)
        make_translated(section, japanese)
        page = make_page(section, body=[*notices(count), *every_block(home, make_figure())])
        source, _ = bring_in(page)
        translate_all(source, japanese)
        made.append(queries_of(make_target, source, japanese, publish=publishing))
        updated.append(queries_of(make_target, source, japanese, publish=publishing))
    assert made[1] == made[2]
    assert updated[1] == updated[2]


def test_publishing_a_translation_costs_few_queries_more_than_wagtails_own_publishing(
    home, japanese
):
    page = make_page(home, body=notices(20))
    make_translated(page, japanese)
    source = TranslationSource.objects.get(object_id=page.translation_key)
    ours = queries_of(make_target, source, japanese)

    Translation.objects.all().delete()  # so that Wagtail's own publishing notes nothing of ours

    def wagtails_own() -> None:
        in_language(page, japanese).save_revision().publish()

    wagtails_own()
    assert ours - queries_of(wagtails_own) <= 12
