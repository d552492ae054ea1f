"""Blocks: all their words are translated, links follow the language, previews show them."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor

from pages.blocks import BodyBlock
from pages.blocks.data import TableBlock
from pages.links import linked_page_ids, localise_rich_text, resolve_links
from pages.models import BasePage
from translations.languages import get_language

TABLE = {
    "data": [["Year", "People"], ["1987", "848"], ["2025", "About 5,900"]],
    "table_caption": "By year",
    "first_row_is_table_header": True,
    "first_col_is_header": True,
    "table_header_choice": "both",
    "cell": [],
    "mergeCells": [],
}


def words(stream_data: list[dict]) -> list[str]:
    """The texts that a translator is given for a body."""
    field = BasePage._meta.get_field("body")
    value = field.stream_block.to_python(stream_data)
    segments = StreamFieldSegmentExtractor(field).handle_stream_block(value)
    return [segment.string.data for segment in segments if hasattr(segment, "string")]


def test_every_wording_of_a_table_is_translated_and_numbers_are_not():
    block = TableBlock()
    segments = block.get_translatable_segments(TABLE)
    assert [s.string.data for s in segments] == ["By year", "Year", "People", "About 5,900"]


def test_a_table_keeps_its_translations_when_a_row_is_put_in_between():
    block = TableBlock()
    before = {s.path: s.string.data for s in block.get_translatable_segments(TABLE)}
    longer = {**TABLE, "data": [TABLE["data"][0], ["1986", "None"], *TABLE["data"][1:]]}
    after = {s.path: s.string.data for s in block.get_translatable_segments(longer)}
    assert before.items() < after.items()


def test_translated_cells_stand_where_their_sources_stood():
    block = TableBlock()
    segments = block.get_translatable_segments(TABLE)
    for segment in segments:
        segment.string.data = segment.string.data.upper()
    restored = block.restore_translated_segments(TABLE, segments)
    assert restored["table_caption"] == "BY YEAR"
    assert restored["data"] == [["YEAR", "PEOPLE"], ["1987", "848"], ["2025", "ABOUT 5,900"]]
    assert TABLE["data"][0] == ["Year", "People"]


def test_alternative_texts_captions_and_answers_are_translated_and_telephone_numbers_are_not():
    found = words(
        [
            {
                "type": "image",
                "id": "a",
                "value": {"image": None, "alt_text": "A crow", "caption": "By a bin"},
            },
            {
                "type": "contact",
                "id": "b",
                "value": {
                    "name": "Planning",
                    "text": "Surveys",
                    "telephone": "03-5213-1722",
                    "fax": "",
                    "email": "kikaku@clair.or.jp",
                    "website": "",
                    "address": "Tokyo",
                },
            },
            {
                "type": "accordion",
                "id": "c",
                "value": [
                    {
                        "type": "item",
                        "id": "d",
                        "value": {"title": "Why?", "text": "<p>Because <b>so</b>.</p>"},
                    }
                ],
            },
        ]
    )
    assert found == [
        "A crow",
        "By a bin",
        "Planning",
        "Surveys",
        "Tokyo",
        "Why?",
        "Because <b>so</b>.",
    ]


@pytest.mark.parametrize("name", list(BodyBlock().child_blocks))
def test_every_block_tells_an_editor_what_it_is(name):
    block = BodyBlock().child_blocks[name]
    assert block.meta.description
    assert block.meta.icon != "placeholder"
    assert block.meta.group
    assert block.meta.label
    assert block.is_previewable


@pytest.mark.django_db
@pytest.mark.parametrize("name", list(BodyBlock().child_blocks))
def test_an_editor_sees_a_preview_of_every_block(name, site_content, admin_client):
    block = BasePage._meta.get_field("body").stream_block.child_blocks[name]
    response = admin_client.get(
        reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix}
    )
    html = response.content.decode()
    assert response.status_code == 200
    assert "site.css" in html
    assert len(html.split("<main")[1]) > 120


def test_all_page_links_of_a_body_are_found_wherever_they_stand():
    data = [
        {"type": "text", "value": '<p><a linktype="page" id="7">x</a> <a href="#">y</a></p>'},
        {"type": "cards", "value": [{"type": "item", "value": {"page": 9, "title": "page 3"}}]},
        {"type": "cards", "value": [{"type": "item", "value": {"page": None}}]},
    ]
    assert list(linked_page_ids(data)) == [7, 9]


@pytest.mark.django_db
def test_links_lead_to_the_readers_language_and_say_so_when_they_cannot(
    site_content, django_assert_num_queries
):
    contact = Page.objects.get(url_path="/home/contact/")
    about = Page.objects.get(url_path="/home/about/")
    news = Page.objects.get(url_path="/home/news/")
    Page.objects.filter(url_path="/home-th/about/").update(live=False)
    Page.objects.filter(translation_key=news.translation_key).update(live=False)
    thai = get_language("th")
    with django_assert_num_queries(1):
        links = resolve_links([contact.pk, about.pk, news.pk, 999_999], thai)
    assert links[contact.pk].url == "/th/contact/"
    assert (links[about.pk].url, links[about.pk].language.code) == ("/en/about/", "en")
    assert set(links) == {contact.pk, about.pk}
    html = localise_rich_text(
        f'<a linktype="page" id="{contact.pk}">1</a>'
        f'<a id="{about.pk}" linktype="page">2</a><a linktype="page" id="{news.pk}">3</a>',
        links,
        thai,
    )
    assert html == ('<a href="/th/contact/">1</a><a href="/en/about/" hreflang="en">2</a><a>3</a>')


@pytest.mark.django_db
def test_japanese_words_on_another_languages_page_say_that_they_are_japanese(site_content, client):
    path = "multicultural/guide/emergency-numbers/"
    assert (
        '<th scope="row" lang="ja">火事です。</th>'
        in client.get(f"/zh-hans/{path}").content.decode()
    )
    assert '<th scope="row">火事です。</th>' in client.get(f"/ja/{path}").content.decode()


@pytest.mark.django_db
def test_an_editor_sees_a_page_before_it_is_published_in_its_own_language(site_content):
    page = Page.objects.get(url_path="/home-ja/contact/").specific
    page.title = "まだ下書きです"
    with override("en"):
        response = page.make_preview_request(RequestFactory().get("/admin/"), "")
    html = response.content.decode()
    assert response.status_code == 200
    assert "まだ下書きです" in html
    assert '<html lang="ja"' in html
