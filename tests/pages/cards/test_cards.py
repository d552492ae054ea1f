"""Every page names a card of its own, which the worker makes and no visitor waits for."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from dataclasses import fields, replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image
from wagtail.models import Page

from assets.tasks import make_renditions
from offices.models import OfficeIndexPage
from pages.addresses import public_path
from pages.cards import making, tasks
from pages.cards.card import Card, cards_of
from pages.cards.making import delete_unused, pages_with_cards, stored_names
from pages.cards.signals import made_together
from pages.cards.tasks import make_card, make_missing_cards, tidy_cards
from pages.cards.views import FOR_A_WHILE, FOR_EVER
from pages.models import StandardPage
from tests.assets.factories import make_picture
from tests.pages.factories import make_home, make_page, publish

pytestmark = pytest.mark.django_db

PROPERTY = re.compile(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">')


def head(page: Page) -> dict[str, str]:
    """What the page's head says of it, by the properties' names."""
    response = Client().get(public_path(page.url_path, page.locale.language_code))
    assert response.status_code == 200
    return dict(PROPERTY.findall(response.content.decode()))


def address(page: Page) -> str:
    """The path of the picture that the page names."""
    url = head(page)["og:image"]
    assert url.startswith("http://")
    return urlsplit(url).path


def name_of(page: Page) -> str:
    """The name of the page's card, as the worker finds it."""
    [(_, card)] = cards_of(pages_with_cards().filter(pk=page.pk))
    return card.name


@pytest.fixture
def page(monkeypatch) -> StandardPage:
    """A page in a section of a site of its own, whatever else the database holds."""
    home = make_home()
    section = make_page(home, OfficeIndexPage, title="Offices", slug="offices")
    own = pages_with_cards().filter(path__startswith=home.path)
    monkeypatch.setattr(making, "pages_with_cards", own.all)
    return make_page(section, title="Tsunami", drawing="guide-earthquake")


def test_the_picture_that_a_page_names_is_there_once_the_worker_has_run(cards, page):
    path = address(page)
    make_card(page.pk)
    response = Client().get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == FOR_EVER
    with Image.open(io.BytesIO(response.content)) as picture:
        assert picture.size == (1200, 630)


def test_the_head_says_what_the_picture_is(cards, page):
    said = head(page)
    assert said["og:image:type"] == "image/png"
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert said["og:image:alt"] == "Tsunami | CLAIR"
    assert said["twitter:card"] == "summary_large_image"


def test_until_then_the_general_picture_stands_at_its_address_for_a_while(cards, page, settings):
    response = Client().get(address(page))
    assert response.status_code == 200
    assert response["Cache-Control"] == FOR_A_WHILE
    assert response.content == (settings.BASE_DIR / "static/images/card.png").read_bytes()


def test_half_a_picture_is_not_shown(cards, page):
    default_storage.save(name_of(page), ContentFile(b"\x89PNG and then nothing"))
    assert Client().get(address(page))["Cache-Control"] == FOR_A_WHILE


@pytest.mark.parametrize("file", ["card.png", "..%2Fsecret", "0" * 24 + ".jpg", "G" * 24 + ".png"])
def test_no_other_file_has_an_address_there(cards, file):
    assert Client().get(f"/media/images/cards/{file}").status_code == 404


def test_page_and_worker_agree_on_the_name_at_every_depth(cards, made, page):
    home = page.get_parent().get_parent().specific
    below = make_page(page)
    for each in (home, page.get_parent().specific, page, below):
        assert address(each).endswith(name_of(each))


def test_page_and_worker_agree_on_the_name_in_every_language(site_content, cards):
    named = [(page, card.name) for page, card in cards_of(pages_with_cards())]
    assert len(named) > 600
    for page, name in named[::17]:
        assert address(page).endswith(name), page.url_path


def test_whatever_a_card_shows_is_in_its_name():
    card = Card("en", "Waste", "Living", "CLAIR", "jet", "mark")
    assert card.name == replace(card).name
    others = {replace(card, **{field.name: "x"}).name for field in fields(Card)}
    assert len(others | {card.name}) == len(fields(Card)) + 1


def test_a_new_title_has_a_new_card_and_the_old_one_goes_in_time(
    cards, made, page, django_capture_on_commit_callbacks
):
    make_card(page.pk)
    old, old_address = name_of(page), address(page)
    page.title = "Great waves"
    with django_capture_on_commit_callbacks(execute=True):
        page = publish(page)
    assert made == ["Tsunami", "Great waves"]
    assert address(page) != old_address
    tidy_cards()
    assert default_storage.exists(old)  # caches may still name it
    long_ago = (timezone.now() - timedelta(days=3)).timestamp()
    for name in stored_names():
        os.utime(default_storage.path(name), (long_ago, long_ago))
    assert delete_unused() == 1
    assert not default_storage.exists(old)
    assert default_storage.exists(name_of(page))
    assert Client().get(old_address)["Cache-Control"] == FOR_A_WHILE


def test_two_runs_of_a_job_make_one_card(cards, made, page):
    make_card(page.pk)
    make_card(page.pk)
    make_missing_cards()
    assert made.count("Tsunami") == 1


def test_a_page_that_is_gone_has_no_card(cards, made, page):
    pk = page.pk
    page.unpublish()
    make_card(pk)
    page.delete()
    make_card(pk)
    assert made == []


def test_another_title_of_a_section_makes_the_cards_below_it_anew(
    cards, made, page, django_capture_on_commit_callbacks
):
    before = address(page)
    section = page.get_parent().specific
    section.title = "Abroad"
    with django_capture_on_commit_callbacks(execute=True):
        publish(section)
    assert {"Abroad", "Tsunami"} <= set(made)
    assert address(page) != before
    assert default_storage.exists(name_of(page))


def test_a_page_that_is_moved_has_the_card_of_its_new_section(
    cards, made, page, django_capture_on_commit_callbacks
):
    other = make_page(page.get_parent().get_parent(), title="Living")
    before = address(page)
    with django_capture_on_commit_callbacks(execute=True):
        Page.objects.get(pk=page.pk).move(other, "last-child")
    page = StandardPage.objects.get(pk=page.pk)
    assert address(page) != before
    assert default_storage.exists(name_of(page))


def test_missing_cards_are_made_a_few_at_a_time(
    cards, made, page, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(tasks, "CARDS_AT_ONCE", 2)
    for _ in range(5):
        make_page(page)
    with django_capture_on_commit_callbacks() as first:
        make_missing_cards()
    assert len(made) == 2
    assert len(first) == 1
    with django_capture_on_commit_callbacks(execute=True):
        first[0]()
    assert stored_names() == {card.name for _, card in cards_of(making.pages_with_cards())}


def test_cards_that_cannot_be_made_hold_up_no_others(
    cards, page, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(tasks, "CARDS_AT_ONCE", 2)
    last = make_page(page, title="The last one")
    asked: list[str] = []

    def picture_of(card: Card) -> bytes | None:
        asked.append(card.title)
        return b"a picture" if card.title == last.title else None

    monkeypatch.setattr(making, "picture_of", picture_of)
    with django_capture_on_commit_callbacks(execute=True):
        make_missing_cards()
    assert stored_names() == {name_of(last)}
    assert len(asked) == len(set(asked)) == making.pages_with_cards().count()


def test_pages_that_are_published_together_have_their_cards_made_after_it(
    cards, made, page, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as callbacks, made_together():
        publish(page)
        publish(page)
        inside = [each for each in callbacks if "make" in repr(each)]
    assert made == []
    with django_capture_on_commit_callbacks(execute=True):
        for callback in callbacks:
            callback()
    assert made.count("Tsunami") == 1
    assert inside == []


def test_the_command_makes_what_is_missing_and_says_how_much(cards, made, page, capsys):
    call_command("make_cards")
    call_command("make_cards")
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{len(made)} cards made")
    assert second.startswith("0 cards made")


def test_a_site_without_cards_makes_none_and_names_the_general_picture(
    cards, made, page, settings, django_capture_on_commit_callbacks
):
    settings.SOCIAL_CARDS = False
    with django_capture_on_commit_callbacks(execute=True):
        publish(page)
    assert made == []
    assert address(page) == "/static/images/card.png"
    assert Client().get("/static/images/card.png").status_code == 200


def test_a_card_asks_no_query(cards, page, settings):
    counts = []
    for settings.SOCIAL_CARDS in (False, True):
        address(page)
        with CaptureQueriesContext(connection) as queries:
            Client().get(public_path(page.url_path, "en"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    card = address(page)
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(card).status_code == 200
    assert len(queries) == 0


def test_no_visitor_waits_for_a_card(cards, page, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("made in a request")

    monkeypatch.setattr(making, "picture_of", refuse)
    monkeypatch.setattr(making, "make", refuse)
    assert Client().get(address(page)).status_code == 200


def test_the_web_process_never_loads_the_typesetter():
    code = (
        "import sys; import clair_site.wsgi; from django.urls import get_resolver;"
        "get_resolver().url_patterns;"
        "sys.exit(bool({'typst', 'budoux', 'fontTools'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-W", "ignore", "-c", code]).returncode == 0


def test_a_picture_that_an_editor_chose_is_named_instead(page, settings):
    settings.SOCIAL_CARDS = True
    picture = make_picture()
    picture.description = "A red lantern"
    picture.save()
    make_renditions(picture.pk)
    page.image = picture
    page = publish(page)
    said = head(page)
    assert re.search(r"/media/images/festival.*fill-1200x630.*\.jpg$", said["og:image"])
    assert said["og:image:type"] == "image/jpeg"
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert said["og:image:alt"] == "A red lantern"
    assert Client().get(address(page)).status_code == 200


def test_a_chosen_picture_that_is_not_ready_leaves_the_place_to_the_card(cards, page):
    page.image = make_picture()
    page = publish(page)
    assert "/cards/" in address(page)
