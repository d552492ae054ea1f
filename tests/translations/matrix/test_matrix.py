"""The table shows staff what is where in every language, and lets them act on many at once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from accounts.groups import EDITOR, REVIEWER, create_groups, translator_group_name
from accounts.models import User
from pages.models import HomePage, StandardPage
from tests.pages.factories import make_home, make_locale, make_page, publish
from tests.translations.factories import make_translated, translate_all
from translations.models import Assignment, LanguagePolicy
from translations.store import bring_in
from translations.targets import make_target, submit

pytestmark = pytest.mark.django_db

TABLE = "translations_matrix"


@pytest.fixture
def japanese() -> Locale:
    return make_locale("ja")


@pytest.fixture
def korean() -> Locale:
    return make_locale("ko")


@pytest.fixture
def home(japanese, korean) -> HomePage:
    home = make_home()
    make_translated(home, japanese, korean)
    create_groups()
    return home


@pytest.fixture
def page(home) -> StandardPage:
    return make_page(home, slug="waste", title="Waste")


def signed_in(group: str) -> Client:
    """A browser in which somebody of that group alone is signed in."""
    user = User.objects.create_user(username=group, email=f"{group}@example.org")
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


def cells(client: Client, title: str, **query) -> list[str]:
    """What the table says of the page with that title, in Japanese and Korean.

    The database may know other languages, from other tests.
    """
    html = client.get(reverse(TABLE), query).content.decode()
    languages = re.findall(r'<th scope="col" lang="([^"]+)" dir="ltr">([^<]+)<', html)
    row = next((row for row in html.split("<tr>") if f">{title}</a>" in row), "")
    states = re.findall(r'class="matrix-state">([^<]+)<', row)
    shown = zip(languages, states, strict=False)
    return [state for (_tag, name), state in shown if name in ("日本語", "한국어")]


def do(client: Client, action: str, pages: list[Page], *languages: Locale, **more) -> str:
    """Ticks the pages, does it, and gives what the admin says of it."""
    data = {
        "action": action,
        "pages": [page.pk for page in pages],
        "languages": [locale.pk for locale in languages],
    }
    return client.post(reverse(TABLE), data | more, follow=True).content.decode()


def in_language(page: Page, locale: Locale) -> Page | None:
    return Page.objects.filter(translation_key=page.translation_key, locale=locale).first()


def test_an_editor_sees_every_language_and_a_translator_their_own(home, page):
    assert cells(signed_in(EDITOR), "Waste") == ["missing", "missing"]
    translator = signed_in(translator_group_name("ko"))
    assert cells(translator, "Waste") == ["missing"]
    html = translator.get(reverse(TABLE)).content.decode()
    assert "한국어" in html
    assert "日本語" not in html
    assert "Give to a translator" not in html


def test_nobody_else_sees_the_table_or_its_entry_in_the_menu(home):
    assert Client().get(reverse(TABLE)).status_code == 302
    group = Group.objects.create(name="librarians")
    group.permissions.set(Group.objects.get(name=translator_group_name("ko")).permissions.all())
    librarian = signed_in("librarians")
    assert librarian.get(reverse(TABLE), follow=True).redirect_chain
    assert reverse(TABLE) not in librarian.get(reverse("wagtailadmin_home")).content.decode()


def test_the_table_can_be_narrowed_by_title_section_language_and_state(home, page, japanese):
    below = make_page(page, slug="bulky", title="Bulky waste")
    other = make_page(home, slug="moving", title="Moving")
    make_translated(other, japanese)
    editor = signed_in(EDITOR)
    assert cells(editor, "Waste", q="moving") == []
    assert cells(editor, "Bulky waste", section=page.pk) == ["missing", "missing"]
    assert cells(editor, "Moving", section=page.pk) == []
    assert cells(editor, "Moving", language=japanese.pk) == ["live"]
    assert cells(editor, "Moving", state="missing", language=japanese.pk) == []
    assert cells(editor, "Moving", state="nonsense", q="x\x00") == ["live", "missing"]
    assert below.title


def test_what_waits_longer_than_its_language_allows_is_overdue(home, page, japanese, korean):
    LanguagePolicy.objects.create(locale=japanese, days_until_overdue=3)
    editor = signed_in(EDITOR)
    mark = '<b class="matrix-overdue">overdue</b>'
    assert mark not in editor.get(reverse(TABLE)).content.decode()
    assert cells(editor, "Waste", overdue="on") == []
    then = timezone.now() - timedelta(days=4)
    Page.objects.filter(pk=page.pk).update(first_published_at=then)
    assert cells(editor, "Waste", overdue="on") == ["missing", "missing"]
    assert editor.get(reverse(TABLE), {"q": "Waste"}).content.decode().count(mark) == 1
    assert cells(editor, "Waste", overdue="on", language=korean.pk) == []


def test_a_stale_cell_leads_to_the_page_to_translate(home, page, japanese):
    make_translated(page, japanese)
    page.title = "Waste and recycling"
    publish(page)
    editor = signed_in(EDITOR)
    html = editor.get(reverse(TABLE)).content.decode()
    cell = html.split('class="matrix-state">live, but the')[0].rsplit("<a ", 1)[1]
    translation = Translation.objects.get(
        source__object_id=page.translation_key, target_locale=japanese
    )
    desk = reverse("translations_desk", args=[translation.pk])
    assert desk in cell
    # An editor of English reads there what waits, and changes nothing.
    shown = editor.get(desk).content.decode()
    assert "You do not have the right to change texts in this language." in shown
    assert 'value="final"' not in shown


def test_prepared_pages_are_drafts_below_their_parents_and_those_up_to_date_stay(
    home, page, japanese, korean
):
    below = make_page(page, slug="bulky", title="Bulky waste")
    editor = signed_in(EDITOR)
    said = do(editor, "prepare", [below, page], japanese, korean)
    assert "4 translations changed." in said
    for locale in (japanese, korean):
        target = in_language(below, locale)
        assert not target.live
        assert target.get_parent().translation_key == page.translation_key
        assert in_language(page, locale).get_children().get() == target
    assert "0 translations changed." in do(editor, "prepare", [home], japanese)


def test_a_prepared_page_has_the_words_that_the_memory_knows(home, page, japanese):
    translate_all(bring_in(page)[0], japanese)
    again = make_page(home, slug="waste-again", title="Waste")
    do(signed_in(EDITOR), "prepare", [again], japanese)
    assert in_language(again, japanese).specific.title == "ja: Waste"


def test_a_page_whose_parent_is_missing_says_so_and_the_rest_is_done(home, page, japanese):
    below = make_page(page, slug="bulky", title="Bulky waste")
    other = make_page(home, slug="moving", title="Moving")
    said = do(signed_in(EDITOR), "prepare", [below, other], japanese)
    assert "1 translation changed." in said
    assert "Bulky waste, 日本語: the page above it comes first." in said


def test_what_is_ready_goes_to_review_and_what_is_not_says_why(home, page, japanese, korean):
    source, _ = bring_in(page)
    translate_all(source, japanese)
    submit(source, korean)
    said = do(signed_in(REVIEWER), "hand_on", [page], japanese, korean)
    assert "1 translation changed." in said
    assert "Waste, 한국어: 1 text is not translated." in said
    assert in_language(page, japanese).current_workflow_state.status == "in_progress"


def test_without_a_review_what_is_ready_goes_live_for_those_who_may_publish(home, page, japanese):
    LanguagePolicy.objects.create(locale=japanese, review_needed=False)
    translate_all(bring_in(page)[0], japanese)
    said = do(signed_in(EDITOR), "hand_on", [page], japanese)
    assert "you may not publish it." in said
    assert in_language(page, japanese) is None
    do(signed_in(REVIEWER), "hand_on", [page], japanese)
    assert in_language(page, japanese).live


def test_work_is_given_to_a_translator_of_the_language_and_to_no_other(
    home, page, japanese, korean
):
    translator = User.objects.create_user(username="mina", email="mina@example.org")
    translator.groups.add(Group.objects.get(name=translator_group_name("ko")))
    said = do(signed_in(EDITOR), "assign", [page], japanese, korean, translator=translator.pk)
    assert "Waste, 日本語: mina does not translate into this language." in said
    assignment = Assignment.objects.get()
    assert assignment.translation.target_locale == korean
    client = Client()
    client.force_login(translator)
    assert cells(client, "Waste", mine="on") == ["missing"]
    assert cells(client, "Home", mine="on") == []


def test_a_translator_hands_on_what_is_ready_and_can_do_nothing_else(home, page, japanese, korean):
    translate_all(bring_in(page)[0], japanese)
    translator = signed_in(translator_group_name("ja"))
    do(translator, "prepare", [page], japanese)
    do(translator, "assign", [page], japanese)
    do(translator, "hand_on", [page], korean)
    assert in_language(page, japanese) is None
    assert "1 translation changed." in do(translator, "hand_on", [page], japanese)
    assert in_language(page, japanese).current_workflow_state.status == "in_progress"


def test_nothing_ticked_says_what_to_do_and_changes_nothing(home, japanese):
    said = do(signed_in(EDITOR), "prepare", [], japanese)
    assert "Choose at least one page." in said


def test_the_table_takes_fifteen_queries_at_most_however_many_pages(
    home, page, admin_client: Client, django_assert_max_num_queries
):
    for number in range(20):
        make_target(bring_in(make_page(home, slug=f"page-{number}"))[0], make_locale("ja"))
    admin_client.get(reverse(TABLE))
    with django_assert_max_num_queries(15):
        html = admin_client.get(reverse(TABLE)).content.decode()
    assert html.count("matrix-level-") == 22


def test_the_editor_of_a_page_hands_it_on_and_offers_a_translator_nothing_that_undoes_it(
    home, page, japanese
):
    source, _ = bring_in(page)
    translation = translate_all(source, japanese)
    target = make_target(source, japanese, publish=False)
    translator = signed_in(translator_group_name("ja"))
    html = translator.get(reverse("wagtailadmin_pages:edit", args=[target.pk])).content.decode()
    assert 'name="action" value="hand_on"' in html
    assert f'name="pages" value="{page.pk}"' in html
    assert "convertToAliasUrl&quot;: null" in html
    assert "translations/editor.css" in html
    stop = reverse("wagtail_localize:stop_translation", args=[translation.pk])
    assert stop.endswith("/disable/")  # what the style sheet hides
    translator.post(stop)
    translation.refresh_from_db()
    assert translation.enabled
    reviewer = signed_in(REVIEWER)
    assert (
        "translations/editor.css"
        not in reviewer.get(reverse("wagtailadmin_pages:edit", args=[target.pk])).content.decode()
    )
    reviewer.post(stop)
    translation.refresh_from_db()
    assert not translation.enabled
