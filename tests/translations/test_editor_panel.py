"""An editor sees in the page editor and in the explorer how far the languages are."""

from __future__ import annotations

import html
import re

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from accounts.groups import EDITOR, create_groups
from accounts.models import User
from pages.models import HomePage, StandardPage
from tests.pages.factories import block, make_home, make_locale, make_page
from tests.translations.factories import make_translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def japanese() -> Locale:
    return make_locale("ja")


@pytest.fixture
def home(japanese) -> HomePage:
    home = make_home()
    make_translated(home, japanese, make_locale("ko"))
    create_groups()
    return home


@pytest.fixture
def page(home, japanese) -> StandardPage:
    page = make_page(home, title="Waste", slug="waste", body=[block("text", "<p>Sort it.</p>")])
    make_translated(page, japanese)
    return page


@pytest.fixture
def editor(home) -> Client:
    user = User.objects.create_user(username="editor", email="editor@example.org")
    user.groups.add(Group.objects.get(name=EDITOR))
    client = Client()
    client.force_login(user)
    return client


def shown(client: Client, page) -> str:
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    return " ".join(html.unescape(answer.content.decode()).split())


def test_the_editor_says_how_far_each_language_is(editor, page):
    text = shown(editor, page)
    assert re.search(r"1 of \d+ up to date", text)
    assert "changes nothing for the translators" in text


def test_the_editor_says_what_publishing_a_draft_asks_of_translators(editor, page):
    page.body = [block("text", "<p>Sort it well.</p><p>Tie it.</p>")]
    page.save_revision()
    text = shown(editor, page)
    assert "brings 2 new texts to the translators (5 words)" in text
    assert "1 text goes." in text
    assert "In 1 language readers will be told" in text


def test_a_change_that_has_no_words_asks_nothing(editor, page):
    page.drawing = "about"
    page.save_revision()
    assert "changes nothing for the translators" in shown(editor, page)


def test_a_translated_page_has_no_such_panel(page, japanese):
    admin = User.objects.create_superuser(username="admin", email="admin@example.org")
    client = Client()
    client.force_login(admin)
    translated = page.get_translations().get(locale=japanese)
    assert "translations-panel" in shown(client, page)
    assert "translations-panel" not in shown(client, translated)


def test_the_explorer_says_how_many_languages_are_up_to_date(editor, home, page):
    make_page(home, title="Bulky", slug="bulky")
    address = reverse("wagtailadmin_explore", args=[home.pk])
    text = " ".join(editor.get(address).content.decode().split())
    assert re.search(r"1 of \d+ up to date", text)
    assert re.search(r"0 of \d+ up to date", text)


def test_the_explorer_asks_once_for_all_its_rows(editor, home, page, django_assert_max_num_queries):
    for number in range(5):
        make_page(home, title=f"Page {number}", slug=f"page-{number}")
    with django_assert_max_num_queries(100) as asked:
        text = editor.get(reverse("wagtailadmin_explore", args=[home.pk])).content.decode()
    assert text.count("up to date") >= 6
    statuses = [each for each in asked if "translations_translationstatus" in each["sql"]]
    assert len(statuses) == 1
