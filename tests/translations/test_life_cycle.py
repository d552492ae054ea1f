"""Translated pages follow their source when it goes: after a warning, and with no word lost."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation

from jobs.tasks import publish_scheduled
from pages.models import HomePage, StandardPage
from tests.pages.factories import make_home, make_locale, make_page
from tests.translations.factories import make_translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def languages() -> list[Locale]:
    return [make_locale("ja"), make_locale("ko")]


@pytest.fixture
def home(languages) -> HomePage:
    home = make_home()
    make_translated(home, *languages)
    return home


@pytest.fixture
def page(home, languages) -> StandardPage:
    """A live page, live in two other languages as well."""
    page = make_page(home, slug="waste", title="Waste")
    make_translated(page, *languages)
    return page


def live_in(page: StandardPage) -> list[str]:
    """The languages in which a visitor finds the page."""
    versions = Page.objects.filter(translation_key=page.translation_key, live=True)
    return sorted(versions.values_list("locale__language_code", flat=True))


def sound() -> bool:
    """Whether every page has as many children as the tree says that it has."""
    return not any(Page.find_problems()) and all(
        page.numchild == page.get_children().count() for page in Page.objects.all()
    )


def test_an_editor_reads_how_many_translations_go_too_before_taking_a_page_down(
    page, admin_client: Client
):
    address = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    assert "all 2 translations" in admin_client.get(address).content.decode()
    assert live_in(page) == ["en", "ja", "ko"]
    admin_client.post(address)
    assert live_in(page) == []


def test_a_translation_taken_down_leaves_the_others_up(page, admin_client: Client):
    japanese = Page.objects.get(translation_key=page.translation_key, locale__language_code="ja")
    admin_client.post(reverse("wagtailadmin_pages:unpublish", args=[japanese.pk]))
    assert live_in(page) == ["en", "ko"]


def test_pages_taken_down_together_take_their_translations_along(page, admin_client: Client):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    admin_client.post(f"{address}?id={page.pk}")
    assert live_in(page) == []


def test_a_page_whose_time_is_over_goes_in_every_language(page):
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now())
    publish_scheduled()
    assert live_in(page) == []


def test_a_deleted_page_is_gone_in_every_language_and_its_words_are_kept(
    page, admin_client: Client
):
    address = reverse("wagtailadmin_pages:delete", args=[page.pk])
    assert "2 translations" in admin_client.get(address).content.decode()
    admin_client.post(address)
    assert not Page.objects.filter(translation_key=page.translation_key).exists()
    assert sound()
    kept = StringTranslation.objects.filter(context__object_id=page.translation_key)
    assert kept.filter(translation_of__data="Waste").count() == 2


def test_pages_deleted_together_go_in_every_language(home, page, languages, admin_client: Client):
    below = make_page(page, slug="below", title="Below")
    other = make_page(home, slug="other", title="Other")
    make_translated(below, *languages)
    make_translated(other, *languages)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    admin_client.post(f"{address}?id={page.pk}&id={other.pk}")
    keys = [page.translation_key, below.translation_key, other.translation_key]
    assert not Page.objects.filter(translation_key__in=keys).exists()
    assert sound()


def test_a_deleted_translation_leaves_the_source_and_the_others(page, admin_client: Client):
    japanese = Page.objects.get(translation_key=page.translation_key, locale__language_code="ja")
    admin_client.post(reverse("wagtailadmin_pages:delete", args=[japanese.pk]))
    assert live_in(page) == ["en", "ko"]
