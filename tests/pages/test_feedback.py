"""Readers say whether a page was useful, without a cookie or an account."""

from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape
from wagtail.models import Page

from accounts.groups import create_groups
from pages.models import PageFeedback
from tests.accounts.factories import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(site_content, db) -> Page:
    create_groups()
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
    response = send(page, useful="perhaps", comment="</textarea><b>")
    assert "&lt;/textarea&gt;&lt;b&gt;</textarea>" in response.content.decode()
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


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://testserver"}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "same-origin"}, 403),
    ],
)
def test_an_answer_is_taken_from_this_site_only_as_far_as_the_browser_says(page, headers, status):
    data = {"useful": "yes", "comment": "written elsewhere"}
    response = Client().post(f"/ja/feedback/{page.pk}/", data, headers=headers)
    assert response.status_code == status
    assert PageFeedback.objects.exists() == (status == 200)
    # A reader does not send on what another site has written for them.
    assert "written elsewhere" not in response.content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {"website": "https://casino.example"},
        {"comment": "http://a.example http://b.example www.c.example"},
        {"comment": "[url=x] [url=y] <a href=z>"},
    ],
)
def test_what_looks_like_a_program_is_not_kept_and_a_person_sees_how_to_go_on(page, sent):
    response = send(page, **({"useful": "yes", "comment": "便利"} | sent))
    html = response.content.decode()
    assert response.status_code == 400
    assert not PageFeedback.objects.exists()
    assert escape(sent.get("comment", "便利")) in html
    assert "casino" not in html
    assert f'action="/ja/feedback/{page.pk}/"' in html
    assert send(page, useful="yes", comment="便利").status_code == 200


def test_nobody_learns_which_check_failed(page):
    def answer(comment: str, **sent) -> str:
        html = send(page, useful="yes", comment=comment, **sent).content.decode()
        return html.replace(comment, "")

    assert answer("https://a https://b https://c") == answer("くわしい", website="x")


def test_a_comment_may_hold_two_web_addresses(page):
    assert send(page, useful="no", comment="https://a.example https://b.example").status_code == 200


def test_the_same_comment_is_kept_once_a_day(page):
    for _ in range(2):
        send(page, useful="no", comment="電話番号がない")
    assert PageFeedback.objects.count() == 1
    send(page, useful="no")
    send(page, useful="no")
    assert PageFeedback.objects.count() == 3


def test_after_a_dozen_answers_one_is_asked_to_wait_and_keeps_the_comment(page):
    for number in range(12):
        send(page, useful="yes", comment=str(number))
    response = send(page, useful="yes", comment="まだあります")
    assert response.status_code == 429
    assert "まだあります</textarea>" in response.content.decode()
    assert PageFeedback.objects.count() == 12


def test_staff_read_the_answers_and_tick_them_off_but_change_nothing(page):
    send(page, useful="no", comment="電話番号がない")
    editor = signed_in("editor")
    listing = editor.get(reverse("readers_feedback:index")).content.decode()
    assert "電話番号がない" in listing
    assert 'href="/ja/multicultural/guide/waste/"' in listing
    kept = PageFeedback.objects.get()
    assert editor.get(reverse("readers_feedback:add")).status_code == 302
    edit = reverse("readers_feedback:edit", args=[kept.pk])
    editor.post(edit, {"handled": "on", "comment": "ほかの言葉"})
    kept.refresh_from_db()
    assert (kept.handled, kept.comment) == (True, "電話番号がない")
    assert (kept.handled_by.username, kept.handled_at is not None) == ("editor-of-a-test", True)
    editor.post(edit, {})
    kept.refresh_from_db()
    assert (kept.handled, kept.handled_by, kept.handled_at) == (False, None, None)


def test_an_answer_without_a_comment_leaves_nothing_to_do(page):
    send(page, useful="yes")
    assert PageFeedback.objects.get().handled


def test_translators_do_not_see_the_answers(page):
    send(page, useful="no", comment="見せない")
    translator = signed_in("translator-ja")
    for address in (
        reverse("readers_feedback:index"),
        reverse("readers_feedback:edit", args=[PageFeedback.objects.get().pk]),
        reverse("readers_feedback:index") + "?export=csv",
        reverse("feedback_by_page"),
    ):
        assert translator.get(address).status_code == 302, address


def test_the_list_narrows_down_by_page_answer_language_and_what_is_left_to_do(page):
    other = Page.objects.get(url_path="/home-ja/contact/")
    send(page, useful="no", comment="ゴミのこと")
    send(other, useful="yes", comment="連絡のこと")
    listing = reverse("readers_feedback:index")
    editor = signed_in("editor")

    def shown(query: str) -> tuple[bool, bool]:
        html = editor.get(f"{listing}?{query}").content.decode()
        return "ゴミのこと" in html, "連絡のこと" in html

    assert shown("") == shown("language_code=ja&handled=false") == (True, True)
    assert shown(f"page={page.pk}") == shown("q=ゴミ") == (True, False)
    assert shown("useful=true") == (False, True)
    assert shown("language_code=fr") == shown("handled=true") == (False, False)


def test_only_pages_with_answers_can_be_chosen_and_a_long_list_asks_no_more_of_the_database(page):
    send(page, useful="no", comment="1")
    editor = signed_in("editor")
    listing = reverse("readers_feedback:index")
    editor.get(listing)
    with CaptureQueriesContext(connection) as few:
        html = editor.get(listing).content.decode()
    assert html.count(f"{page.title} (ja)") >= 1
    assert Page.objects.get(url_path="/home-ja/contact/").title + " (ja)" not in html
    for number in range(5):
        send(page, useful="no", comment=f"{number}番")
    with CaptureQueriesContext(connection) as more:
        editor.get(listing)
    assert len(more) == len(few)


def test_the_answers_are_exported_and_no_comment_becomes_a_formula(page):
    comment = '=HYPERLINK("https://a.example")'
    send(page, useful="no", comment=comment)
    listing = reverse("readers_feedback:index")
    editor = signed_in("editor")
    text = b"".join(editor.get(f"{listing}?export=csv").streaming_content).decode()
    assert "\"'=HYPERLINK(" in text
    book = openpyxl.load_workbook(
        BytesIO(b"".join(editor.get(f"{listing}?export=xlsx").streaming_content))
    )
    cells = {cell.value: cell.data_type for row in book.active.rows for cell in row}
    assert cells[comment] == "s"


def test_staff_see_by_page_and_language_how_useful_readers_found_it(page, admin_client):
    for answer in ("yes", "no", "no"):
        send(page, useful=answer)
    report = admin_client.get(reverse("feedback_by_page"))
    html = report.content.decode()
    assert page.title in html
    (row,) = report.context["object_list"]
    assert (row["yes"], row["no"], row["language_code"]) == (1, 2, "ja")
    assert f"?page={page.pk}" in html
    export = admin_client.get(reverse("feedback_by_page"), {"export": "csv"})
    lines = b"".join(export.streaming_content).decode().splitlines()
    assert lines[1].startswith(f"{page.title},ja,1,2,0")
