"""What wagtail-localize offers that breaks sites is offered to nobody."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import Locale, Page
from wagtail_localize.locales.components import LOCALE_COMPONENTS
from wagtail_localize.models import LocaleSynchronization, Translation, TranslationSource

from pages.models import StandardPage
from tests.pages.factories import make_home, make_locale, make_page, publish
from tests.translations.factories import make_translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(admin_client) -> Client:
    return admin_client


@pytest.fixture
def section() -> StandardPage:
    """A page with a page below it."""
    section = make_page(make_home(), title="Guide")
    make_page(section, title="Waste")
    return section


def submit_address(page: Page) -> str:
    return f"/admin/localize/submit/page/{page.pk}/"


def test_the_form_to_translate_a_page_does_not_offer_the_pages_below_it(administrator, section):
    make_locale("ja")
    html = administrator.get(submit_address(section)).content.decode()
    assert 'name="locales"' in html
    assert 'type="checkbox" name="include_subtree"' not in html
    assert "Include subtree" not in html


def test_the_pages_below_are_not_taken_even_when_it_is_asked_for(
    administrator, section, django_capture_on_commit_callbacks
):
    japanese = make_locale("ja")
    with django_capture_on_commit_callbacks(execute=True):
        response = administrator.post(
            submit_address(section), {"locales": [japanese.pk], "include_subtree": "on"}
        )
    assert response.status_code == 302
    assert Page.objects.filter(translation_key=section.translation_key, locale=japanese).exists()
    below = Page.objects.child_of(section).get()
    assert not Page.objects.filter(translation_key=below.translation_key, locale=japanese).exists()
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_page_that_was_submitted_waits_as_a_draft(
    administrator, section, django_capture_on_commit_callbacks
):
    japanese = make_locale("ja")
    with django_capture_on_commit_callbacks(execute=True):
        administrator.post(submit_address(section), {"locales": [japanese.pk]})
    assert not Page.objects.get(translation_key=section.translation_key, locale=japanese).live


@pytest.fixture
def one_more_language(settings) -> None:
    """A language that pages could have and have not yet."""
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [*settings.LANGUAGES, ("sv", "sv")]


def test_no_language_can_be_filled_from_another(administrator, one_more_language):
    assert LocaleSynchronization not in [each["model"] for each in LOCALE_COMPONENTS]
    html = administrator.get("/admin/locales/new/").content.decode()
    assert 'name="language_code"' in html
    assert "sync_from" not in html


def test_a_language_that_is_posted_with_a_source_to_fill_it_from_stays_empty(
    administrator, section, one_more_language
):
    english = make_locale("en")
    prefix = "wagtail_localize_localesynchronization"
    response = administrator.post(
        "/admin/locales/new/",
        {
            "language_code": "sv",
            f"component-{prefix}-enabled": "on",
            f"component-{prefix}-sync_from": english.pk,
        },
    )
    assert response.status_code == 302
    swedish = Locale.objects.get(language_code="sv")
    assert not LocaleSynchronization.objects.exists()
    assert not Page.objects.filter(locale=swedish).exists()


@pytest.fixture
def japanese_page(section) -> StandardPage:
    """A page that is live in Japanese, and whose English page has changed since."""
    japanese = make_locale("ja")
    for page in (Page.objects.parent_of(section).get(), section):
        make_translated(page, japanese)
    section.title = "Another guide"
    publish(section)
    return StandardPage.objects.get(translation_key=section.translation_key, locale=japanese)


def test_bringing_translations_up_to_date_publishes_none_of_them(
    administrator, japanese_page, django_capture_on_commit_callbacks
):
    source = TranslationSource.objects.get(object_id=japanese_page.translation_key)
    address = f"/admin/localize/update/{source.pk}/"
    html = administrator.get(address).content.decode()
    assert 'type="checkbox" name="publish_translations"' not in html
    with django_capture_on_commit_callbacks(execute=True):
        response = administrator.post(address, {"publish_translations": "on"})
    assert response.status_code == 302
    assert source.stringsegment_set.filter(string__data="Another guide").exists()
    assert StandardPage.objects.get(pk=japanese_page.pk).title == "ja: Guide"


def test_no_page_can_be_turned_into_a_copy_of_the_english_one(administrator, japanese_page):
    Translation.objects.filter(source__object_id=japanese_page.translation_key).update(
        enabled=False
    )
    editor = f"/admin/pages/{japanese_page.pk}/edit/"
    assert "localize-convert-to-alias" not in administrator.get(editor).content.decode()
    address = f"/admin/localize/page/{japanese_page.pk}/convert_to_alias/"
    assert administrator.get(address).status_code == 404
    assert administrator.post(address).status_code == 404
    administrator.post(editor, {"localize-convert-to-alias": "on"})
    page = StandardPage.objects.get(pk=japanese_page.pk)
    assert page.alias_of is None
    assert page.title == "ja: Guide"
