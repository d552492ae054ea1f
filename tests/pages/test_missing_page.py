"""A page that is not there says why, in the reader's language."""

import pytest
from django.test import Client
from django.utils.translation import gettext, override
from wagtail.models import Page

pytestmark = pytest.mark.django_db


def test_a_page_missing_in_a_language_names_it_and_links_to_the_languages_that_have_it(
    site_content,
):
    Page.objects.filter(url_path="/home-th/multicultural/guide/waste/").update(live=False)
    response = Client().get("/th/multicultural/guide/waste/", headers={"Accept-Language": "de"})
    html = response.content.decode()
    assert response.status_code == 404
    assert '<html lang="th"' in html
    with override("th"):
        assert gettext("This page is not in your language yet") in html
    german = Page.objects.get(url_path="/home-de/multicultural/guide/waste/")
    assert f'<b lang="de" dir="ltr">{german.title}</b>' in html
    assert 'href="/ja/multicultural/guide/waste/" hreflang="ja"' in html
    assert 'href="/th/multicultural/guide/waste/"' not in html
    assert html.index('href="/de/multicultural/') < html.index('href="/ja/multicultural/')
    assert response["Vary"] == "Accept-Language, Cookie, Accept-Encoding"


def test_an_address_that_no_language_has_is_a_plain_404_in_the_readers_language(site_content):
    response = Client().get("/ko/no-such-page/")
    assert response.status_code == 404
    with override("ko"):
        assert gettext("There is no page at this address") in response.content.decode()


def test_an_address_without_a_language_answers_in_the_language_that_the_reader_asks_for(
    site_content,
):
    response = Client().get("/no-such-page", headers={"Accept-Language": "vi"})
    assert response.status_code == 404
    assert '<html lang="vi"' in response.content.decode()


def test_a_page_that_is_taken_down_in_english_is_no_alternate_of_the_others(site_content):
    Page.objects.filter(url_path="/home/offices/paris/").update(live=False)
    html = Client().get("/fr/offices/paris/").content.decode()
    assert 'hreflang="en"' not in html.split("</head>")[0]
    assert 'hreflang="x-default" href="http://127.0.0.1:8000/ja/offices/paris/"' in html
