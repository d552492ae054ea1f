"""Readers say whether a page was useful, without a cookie or an account."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from pages.models import PageFeedback

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(site_content, db) -> Page:
    return Page.objects.get(url_path="/home-ja/multicultural/guide/waste/")


def send(page: Page, **data):
    return Client().post(f"/ja/feedback/{page.pk}/", data, headers={"Origin": "http://testserver"})


def test_an_answer_is_kept_with_page_and_language_and_thanked_for(page):
    response = send(page, useful="yes", comment=" とても分かりやすい ")
    assert response.status_code == 200
    assert not response.cookies
    kept = PageFeedback.objects.get()
    assert (kept.page, kept.language_code, kept.useful) == (page, "ja", True)
    assert kept.comment == "とても分かりやすい"
    assert 'href="/ja/multicultural/guide/waste/"' in response.content.decode()


def test_an_answer_that_is_neither_yes_nor_no_is_refused_and_not_kept(page):
    response = send(page, useful="perhaps")
    assert response.status_code == 400
    assert not PageFeedback.objects.exists()


def test_an_answer_sent_from_another_site_is_refused(page):
    response = Client().post(
        f"/ja/feedback/{page.pk}/",
        {"useful": "yes"},
        headers={"Origin": "https://elsewhere.example"},
    )
    assert response.status_code == 403
    assert not PageFeedback.objects.exists()


def test_no_answer_is_taken_for_a_page_of_another_language_or_one_not_published(page):
    assert Client().post(f"/fr/feedback/{page.pk}/", {"useful": "yes"}).status_code == 404
    Page.objects.filter(pk=page.pk).update(live=False)
    assert send(page, useful="yes").status_code == 404


def test_a_long_comment_is_cut_and_one_can_only_send_not_fetch(page):
    send(page, useful="no", comment="長" * 3000)
    assert len(PageFeedback.objects.get().comment) == 2000
    assert Client().get(f"/ja/feedback/{page.pk}/").status_code == 405


def test_staff_read_the_answers_and_cannot_change_them(page, admin_client):
    send(page, useful="no", comment="電話番号がない")
    listing = admin_client.get(reverse("readers_feedback:index"))
    assert "電話番号がない" in listing.content.decode()
    kept = PageFeedback.objects.get()
    assert admin_client.get(reverse("readers_feedback:add")).status_code == 302
    assert admin_client.get(reverse("readers_feedback:edit", args=[kept.pk])).status_code == 302
