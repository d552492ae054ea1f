"""An old address leads to the page that it has become, in every language, in one step."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from pages.redirects import find_redirect, possible_rows
from pages.starting_content.files import Content, ContentError, Entries, PageFile, read_content
from pages.starting_content.redirects import read_redirects, write_redirects
from tests.pages.factories import make_home, make_locale, make_page, publish
from tests.translations.factories import make_translated
from translations.languages import LANGUAGES

pytestmark = pytest.mark.django_db


def leads_to(path: str, headers: dict[str, str] | None = None) -> str | None:
    """Where an address leads for good; None when it answers by itself."""
    response = Client().get(path, headers=headers)
    if response.status_code == 301:
        return response["Location"]
    assert response.status_code in (200, 404)
    return None


@pytest.fixture
def changes(django_capture_on_commit_callbacks):
    """What staff do in one go, with all that follows from it."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


# A page that gets another address


@pytest.fixture
def guide(site_content, db) -> Page:
    """The English guide, which has pages below it."""
    return Page.objects.get(url_path="/home/multicultural/guide/").specific


def test_a_renamed_page_and_all_below_it_answer_at_their_old_addresses_in_every_language(
    guide, changes
):
    below = {
        (page.locale.language_code, page.slug)
        for page in Page.objects.filter(
            translation_key__in=guide.get_children().values("translation_key")
        ).select_related("locale")
    }
    assert len(below) >= 6 * len(LANGUAGES)
    for code, slug in below:  # as kept by caches
        assert Client().get(f"/{code}/multicultural/guide/{slug}/").status_code == 200
    with changes():
        guide.slug = "life"
        publish(guide)
    for code in LANGUAGES:
        assert leads_to(f"/{code}/multicultural/guide/") == f"/{code}/multicultural/life/"
        assert Client().get(f"/{code}/multicultural/life/").status_code == 200
    for code, slug in below:
        new = f"/{code}/multicultural/life/{slug}/"
        assert leads_to(f"/{code}/multicultural/guide/{slug}/") == new
        assert Client().get(new).status_code == 200


def test_a_moved_page_and_all_below_it_answer_at_their_old_addresses_in_every_language(
    guide, changes
):
    with changes():
        guide.move(Page.objects.get(url_path="/home/about/"), pos="last-child")
    assert Page.find_problems() == ([], [], [], [], [])
    for code in LANGUAGES:
        assert leads_to(f"/{code}/multicultural/guide/") == f"/{code}/about/guide/"
        new = f"/{code}/about/guide/waste/"
        assert leads_to(f"/{code}/multicultural/guide/waste/") == new
        assert Client().get(new).status_code == 200


def test_an_address_that_changed_several_times_leads_on_in_one_step(guide, changes):
    for slug in ("life", "living", "everyday"):
        with changes():
            guide.slug = slug
            guide = publish(guide)
    with changes():
        guide.move(Page.objects.get(url_path="/home/about/"), pos="last-child")
    for slug in ("guide", "life", "living", "everyday"):
        assert leads_to(f"/ja/multicultural/{slug}/") == "/ja/about/everyday/"
        assert leads_to(f"/ja/multicultural/{slug}/waste/") == "/ja/about/everyday/waste/"


def test_a_page_that_goes_back_is_no_circle_even_when_it_is_taken_down(guide, changes):
    for slug in ("life", "guide"):
        with changes():
            guide.slug = slug
            guide = publish(guide)
    assert leads_to("/de/multicultural/life/") == "/de/multicultural/guide/"
    assert Client().get("/de/multicultural/guide/").status_code == 200
    Page.objects.filter(url_path="/home-de/multicultural/guide/").update(live=False)
    assert Client().get("/de/multicultural/guide/").status_code == 404
    assert Client().get("/de/multicultural/life/").status_code == 404


def test_a_new_page_at_the_old_address_is_shown_there(guide, changes):
    with changes():
        guide.slug = "life"
        publish(guide)
    parent = Page.objects.get(url_path="/home/multicultural/")
    make_page(parent, title="Another guide", slug="guide")
    assert "Another guide" in Client().get("/en/multicultural/guide/").content.decode()


def test_the_old_address_leads_on_without_its_slash_and_with_a_question(guide, changes):
    with changes():
        guide.slug = "life"
        publish(guide)
    assert leads_to("/en/multicultural/guide") == "/en/multicultural/life/"
    assert leads_to("/en/multicultural/guide/?utm_source=town") == "/en/multicultural/life/"
    assert Client().post("/en/multicultural/guide/").status_code == 404


def test_the_answer_is_the_same_for_every_browser_and_is_not_remembered_for_good(guide, changes):
    with changes():
        guide.slug = "life"
        publish(guide)
    response = Client().get("/ko/multicultural/guide/", headers={"Accept-Language": "ja"})
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Accept-Language" not in response.get("Vary", "")
    assert not response.cookies


def test_a_draft_that_a_translator_has_open_does_not_bring_the_old_slug_back(guide, changes):
    german = Page.objects.get(url_path="/home-de/multicultural/guide/").specific
    german.summary = "Noch nicht fertig"
    german.save_revision()
    with changes():
        guide.slug = "life"
        publish(guide)
    german = Page.objects.get(pk=german.pk)
    assert german.slug == "life"
    with changes():
        german.latest_revision.publish()
    assert Client().get("/de/multicultural/life/").status_code == 200
    german = Page.objects.get(pk=german.pk).specific
    assert (german.slug, german.summary) == ("life", "Noch nicht fertig")


def test_a_draft_of_the_source_changes_no_address(guide, changes):
    with changes():
        guide.slug = "life"
        guide.save_revision()
    assert Client().get("/ja/multicultural/guide/").status_code == 200
    assert leads_to("/en/multicultural/guide/") is None


def test_a_translation_whose_new_place_is_taken_or_not_there_stays_where_it_is(changes):
    home = make_home()
    page, elsewhere = (make_page(home, slug=slug) for slug in ("old", "elsewhere"))
    japanese_home, _ = make_translated(home, make_locale("ja"), make_locale("fr"))
    japanese, french = make_translated(page, make_locale("ja"), make_locale("fr"))
    make_page(japanese_home, slug="new")
    with changes():
        page.slug = "new"
        page = publish(page)
    slugs = [Page.objects.get(pk=each.pk).slug for each in (japanese, french)]
    assert slugs == ["old", "new"]
    with changes():
        page.move(elsewhere, pos="last-child")
    assert Page.objects.get(pk=french.pk).get_parent().translation_key == home.translation_key


def test_no_page_that_is_there_asks_for_redirects(site_content):
    client = Client()
    for path in ("/en/", "/ja/offices/paris/", "/en/search/?q=waste"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        assert not any("wagtailredirects" in query["sql"] for query in queries)
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/en/nothing/at/all/?q=1").status_code == 404
    assert sum("wagtailredirects" in query["sql"] for query in queries) == 1


# Redirects that staff write


def test_a_redirect_that_ends_in_a_star_stands_for_all_below_and_a_nearer_one_wins(site_content):
    pages = {slug: Page.objects.get(url_path=f"/home/{slug}/") for slug in ("about", "news")}
    Redirect.add_redirect("/old/*", pages["about"])
    Redirect.add_redirect("/old/news/*", pages["news"])
    Redirect.add_redirect("/old/news/2011.html", "https://www.example.org/2011")
    assert leads_to("/old/x/y.html") == leads_to("/old/") == "/en/about/"
    assert leads_to("/old/news/2012.html") == "/en/news/"
    assert leads_to("/old/news/2011.html") == "https://www.example.org/2011"
    assert leads_to("/older/") is None


def test_a_question_can_be_part_of_an_old_address(site_content):
    news = Page.objects.get(url_path="/home/news/")
    Redirect.add_redirect("/list.asp?b=2&a=1", news)
    assert leads_to("/list.asp?a=1&b=2") == "/en/news/"
    assert leads_to("/list.asp?a=1") is None


def test_a_redirect_for_now_is_not_for_good(site_content):
    Redirect.add_redirect("/now", Page.objects.get(url_path="/home/news/"), is_permanent=False)
    response = Client().get("/now")
    assert (response.status_code, response["Location"]) == (302, "/en/news/")


def test_a_redirect_of_this_very_site_comes_before_one_of_any(site_content):
    about, news = (Page.objects.get(url_path=f"/home/{slug}/") for slug in ("about", "news"))
    Redirect.add_redirect("/both", about)
    Redirect.add_redirect("/both", news, site=Site.objects.get())
    assert leads_to("/both") == "/en/news/"


@pytest.mark.parametrize(
    "path", ["/日本語/", "/%E6%97%A5", "/a%00b", "/" + "a/" * 300, "/*", "/%2A", "//", "/..%2f"]
)
def test_odd_addresses_are_not_found_and_do_no_harm(site_content, path):
    assert Client().get(path).status_code in (302, 404)
    assert len(possible_rows(path)) <= 16


def test_an_old_address_in_another_script_is_found(site_content):
    Redirect.add_redirect("/生活/", Page.objects.get(url_path="/home/news/"))
    assert find_redirect("/%E7%94%9F%E6%B4%BB/") == ("/en/news/", True)


# The former site


def test_addresses_of_earlier_websites_lead_to_the_page_in_their_language(site_content):
    redirects = read_redirects(read_content(settings.BASE_DIR / "content"))
    assert len(redirects) >= 20
    for entry in redirects:
        response = Client().get(entry["from"])
        assert response.status_code == 301, entry["from"]
        assert response["Location"].endswith(f"/{entry['language']}{entry['to']}")
        assert Client().get(response["Location"]).status_code == 200


def test_a_redirect_that_staff_changed_is_not_put_back(site_content):
    redirects = read_redirects(read_content(settings.BASE_DIR / "content"))
    Redirect.objects.filter(old_path="/e/exchange/index.html").update(
        redirect_page=None, redirect_link="https://www.example.org/"
    )
    assert write_redirects(redirects) == 0
    assert Client().get("/e/exchange/index.html")["Location"] == "https://www.example.org/"


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("- {from: /a, language: xx, to: /}", "there is no language “xx”"),
        ("- {from: /a, language: en, to: /b/}", "there is no page “/b/”"),
        ("- {from: /a, language: en}", "a redirect needs “from”, “language” and “to”"),
        ("- {from: /a, language: en, to: /}\n" * 2, "“/a” stands twice"),
    ],
)
def test_a_wrong_line_is_named_with_its_reason(lines, reason, tmp_path):
    tmp_path.joinpath("redirects.yaml").write_text(lines, encoding="utf-8")
    home = PageFile(tmp_path / "index.yaml", "/", Entries())
    content = Content(tmp_path, {"/": home}, [], [])
    with pytest.raises(ContentError, match=r"redirects\.yaml:[12]: ") as refused:
        read_redirects(content)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/tagengorev/pt/intro.html", "/pt-br/multicultural/guide/"),
        ("/tagengorev/zh/", "/zh-hans/multicultural/guide/"),
        ("/tagengorev/tl/a/b.html?x=1", "/tl/multicultural/guide/"),
    ],
)
def test_links_to_any_chapter_of_the_former_living_information_arrive(site_content, old, new):
    assert leads_to(old, {"Accept-Language": "ko"}) == new
    assert leads_to("/tagengorev/xx/intro.html") is None
