"""Japanese pages show readings to those who ask for them, and to nobody else."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from structlog.testing import capture_logs
from wagtail.models import Page

from pages.addresses import public_path
from pages.furigana import making
from pages.furigana.making import make_missing, make_page, readings_changed
from pages.furigana.signals import together
from pages.models import StandardPage
from pages.tasks import make_missing_readings, make_readings
from tests.accounts.factories import signed_in
from tests.pages.factories import make_figure, make_home, make_locale, publish
from tests.pages.factories import make_page as add_page
from tests.pages.test_every_page import MAX_QUERIES, addresses
from tests.translations.factories import make_translated
from translations.furigana import dictionary
from translations.furigana.models import PageReadings, Reading, ReadSentence, sentence_key
from translations.furigana.store import find_readings

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]


def ruby(word: str, reading: str) -> str:
    return f'<ruby>{word}<rp>(</rp><rt aria-hidden="true">{reading}</rt><rp>)</rp></ruby>'


def with_furigana(path: str, client: Client | None = None) -> str:
    return (client or Client()).get(f"{path}?furigana=1").content.decode()


@pytest.fixture
def page() -> StandardPage:
    """A Japanese page below a Japanese home page, published, without readings yet."""
    home = make_home()
    (japanese_home,) = make_translated(home, make_locale("ja"))
    return add_page(japanese_home, title="避難所", summary="市場へ行く。", slug="shelter")


ADDRESS = "/ja/shelter/"


def shown(word: str, reading: str) -> bool:
    """Whether the page shows this reading above this word."""
    return ruby(word, reading) in with_furigana(ADDRESS)


# Made after publishing


def test_publishing_a_page_makes_its_readings_after_the_commit(
    page, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        publish(page)
        assert not PageReadings.objects.filter(page=page).exists()
    assert shown("避難所", "ひなんじょ")
    assert shown("市場", "しじょう")


def test_a_page_in_another_language_gets_none(page, django_capture_on_commit_callbacks):
    english = add_page(make_home(), title="漢字")
    with django_capture_on_commit_callbacks(execute=True):
        publish(english)
    make_missing()
    assert not PageReadings.objects.filter(page=english).exists()


def test_the_pages_above_get_the_readings_of_what_they_now_list(page):
    make_readings(page.pk)
    (home,) = Page.objects.ancestor_of(page).filter(depth=2)
    made = PageReadings.objects.filter(page__path__startswith=home.path)
    assert set(made.values_list("page", flat=True)) == {page.pk, home.pk}


def test_a_changed_sentence_shows_no_reading_until_it_is_made_and_the_others_keep_theirs(page):
    make_page(page.pk)
    page.summary = "上手に行く。市場へ行く。"
    publish(page)
    html = with_furigana(ADDRESS)
    assert "上手に行く。" in html
    assert ruby("市場", "しじょう") in html
    make_page(page.pk)
    assert shown("上手", "じょうず")


def test_running_again_changes_nothing_and_tells_nobody(page):
    told = []
    readings_changed.connect(lambda page_ids, **kwargs: told.append(page_ids), weak=False)
    make_missing()
    before = list(PageReadings.objects.order_by("pk").values())
    make_missing()
    make_readings(page.pk)
    assert list(PageReadings.objects.order_by("pk").values()) == before
    assert [page.pk in each for each in told] == [True]


def test_a_page_that_was_deleted_or_taken_down_meanwhile_is_no_error(page):
    make_page(page.pk)
    page.unpublish()
    make_readings(page.pk)
    make_missing()
    assert not PageReadings.objects.filter(page=page.pk).exists()
    pk = page.pk
    page.delete()
    make_readings(pk)


def test_a_page_that_fails_is_logged_and_the_others_are_made(page, monkeypatch):
    other = add_page(page.get_parent(), title="病院")
    render = making.page_sentences

    def broken(each):
        if each.pk == page.pk:
            raise RuntimeError("no template")
        return render(each)

    monkeypatch.setattr(making, "page_sentences", broken)
    with capture_logs() as logs:
        make_missing()
    assert [entry["page"] for entry in logs if entry["event"] == "no_readings_made"] == [page.pk]
    assert PageReadings.objects.filter(page=other.pk).exists()


def test_pages_that_are_loaded_together_are_made_in_one_go(
    page, django_capture_on_commit_callbacks, monkeypatch
):
    one_by_one = []
    monkeypatch.setattr("pages.furigana.making.make_published", one_by_one.append)
    with django_capture_on_commit_callbacks(execute=True), together():
        publish(page)
        publish(page)
    assert not one_by_one
    assert shown("避難所", "ひなんじょ")


def test_another_dictionary_makes_all_readings_again(page, monkeypatch):
    make_missing()
    monkeypatch.setattr(dictionary, "edition", lambda: "another")
    monkeypatch.setattr(dictionary, "phrases", lambda: {})
    monkeypatch.setattr("translations.furigana.analysis.phrases", lambda: {"市場": "いちば"})
    make_missing()
    assert shown("市場", "いちば")
    assert set(ReadSentence.objects.values_list("edition", flat=True).distinct()) == {
        ReadSentence.objects.get(key=sentence_key("市場へ行く。")).edition
    }


def test_sentences_that_stand_nowhere_any_more_are_forgotten(page):
    make_missing()
    assert find_readings(["市場へ行く。"])
    page.summary = ""
    publish(page)
    make_missing()
    assert not find_readings(["市場へ行く。"])
    # Those of the interface stay.
    assert find_readings(["検索"])


def test_words_that_come_to_a_page_from_elsewhere_get_readings_with_the_next_look_at_every_page(
    page,
):
    page.body = [("figures", [figure := make_figure(locale=page.locale, counts="参加者の数")])]
    publish(page)
    make_page(page.pk)
    figure.counts = "経験者の数"
    figure.save()
    make_missing()
    assert not shown("経験者", "けいけんしゃ")
    make_missing_readings(every_page=True)
    assert shown("経験者", "けいけんしゃ")


# Corrected by people


def test_a_correction_shows_on_every_page_once_it_is_saved(
    page, django_capture_on_commit_callbacks
):
    make_missing()
    with django_capture_on_commit_callbacks(execute=True):
        correction = Reading.objects.create(word="市場", reading="いちば")
    assert shown("市場", "いちば")
    with django_capture_on_commit_callbacks(execute=True):
        correction.delete()
    assert shown("市場", "しじょう")


def test_a_correction_for_one_page_shows_on_that_page_only(
    page, django_capture_on_commit_callbacks
):
    other = add_page(page.get_parent(), title="市場", slug="market", summary="市場へ行く。")
    with django_capture_on_commit_callbacks(execute=True):
        Reading.objects.create(word="市場", reading="いちば", page=page)
    assert shown("市場", "いちば")
    html = with_furigana(public_path(other.url_path, "ja"))
    assert ruby("市場", "しじょう") in html
    assert ruby("市場", "いちば") not in html


def test_a_correction_stays_when_the_page_is_published_again(
    page, django_capture_on_commit_callbacks
):
    Reading.objects.create(word="市場", reading="いちば")
    with django_capture_on_commit_callbacks(execute=True):
        page.summary = "大きな市場へ行く。"
        publish(page)
    assert shown("市場", "いちば")


def test_a_translator_corrects_a_word_in_the_admin(page, django_capture_on_commit_callbacks):
    from accounts.groups import create_groups

    create_groups()
    make_missing()
    client = signed_in("translator-ja")
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            "/admin/readings/new/", {"word": "市場", "reading": "いちば", "page": ""}
        )
    assert response.status_code == 302
    assert shown("市場", "いちば")
    response = client.post("/admin/readings/new/", {"word": "市場", "reading": "しじょう"})
    assert response.status_code == 200
    assert Reading.objects.get().reading == "いちば"


@pytest.mark.parametrize(
    ("word", "reading", "field"),
    [("ごみ", "ごみ", "word"), ("市場", "イチバ", "reading"), ("市場", "い ちば", "reading")],
)
def test_a_correction_that_makes_no_sense_is_refused(word, reading, field):
    with pytest.raises(ValidationError) as refusal:
        Reading(word=word, reading=reading).full_clean()
    assert set(refusal.value.message_dict) == {field}


def test_a_correction_for_a_page_in_another_language_is_refused():
    with pytest.raises(ValidationError) as refusal:
        Reading(word="市場", reading="いちば", page=make_home()).full_clean()
    assert set(refusal.value.message_dict) == {"page"}


# Without the packages


@pytest.fixture
def no_packages(monkeypatch):
    """A machine on which SudachiPy is not installed."""
    monkeypatch.setattr(dictionary, "find_spec", lambda name: None)
    dictionary.installed.cache_clear()
    yield
    dictionary.installed.cache_clear()


def test_without_the_packages_pages_have_no_switch_and_the_log_says_so_once(page, no_packages):
    ReadSentence.objects.all().delete()
    with capture_logs() as logs:
        make_readings(page.pk)
        make_missing_readings()
        make_missing_readings()
    assert [entry["event"] for entry in logs] == ["no_furigana"]
    html = Client().get(ADDRESS).content.decode()
    assert "data-furigana" not in html
    assert "furigana.js" not in html
    assert "<rt" not in with_furigana(ADDRESS)


def test_the_web_process_never_loads_the_analyser():
    asked = (
        "import sys, clair_site.wsgi, clair_site.urls\n"
        "from django.test import Client\n"
        "from pages.furigana.variant import with_furigana\n"
        "with_furigana('<p>ひらがな</p>', {})\n"
        "print([name for name in sys.modules if 'sudachi' in name])"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", asked],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip().splitlines()[-1] == "[]"


# Shown at an address of its own


@pytest.fixture
def visitor(site_readings, db) -> Client:
    """Someone without cookies, on the site with all its content."""
    return Client()


GUIDE = "/ja/multicultural/guide/waste/"


def test_the_plain_page_has_a_switch_and_no_reading(visitor):
    html = visitor.get(GUIDE).content.decode()
    assert f'href="{GUIDE}?furigana=1" data-furigana="show"' in html
    assert "<ruby" not in html


def test_the_page_with_furigana_has_readings_in_all_its_parts_and_a_way_back(visitor):
    html = with_furigana(GUIDE, visitor)
    assert f'href="{GUIDE}" data-furigana="hide"' in html
    main = html.partition("<main")[2].partition("</main>")[0]
    header, footer = html.partition("<main")[0], html.partition("</main>")[2]
    for word, reading, part in (
        ("警察", "けいさつ", header),
        ("国際", "こくさい", header),
        ("町", "まち", main),
        ("役所", "やくしょ", main),
        ("役", "やく", main),
        ("自治体", "じちたい", footer),
    ):
        assert ruby(word, reading) in part, word


def test_every_page_has_a_reading_for_every_word_with_at_most_eight_queries(visitor):
    for path in addresses("ja"):
        visitor.get(f"{path}?furigana=1")
        with CaptureQueriesContext(connection) as queries:
            response = visitor.get(f"{path}?furigana=1")
        count = len(queries)
        assert response.status_code == 200, path
        assert count <= MAX_QUERIES, (path, count)
        assert not response.cookies, path
        main = response.content.decode().partition("<main")[2].partition("</main>")[0]
        bare = re.sub(r"<ruby>.*?</ruby>|<svg.*?</svg>|<[^>]*>", "", main, flags=re.DOTALL)
        assert re.findall(r"[^\s、。]*[\u4e00-\u9fff]+[^\s、。]*", bare) == [], path


def test_a_page_with_furigana_is_the_same_page_but_for_them(visitor):
    """Titles, data for machines, attributes and alternates are those of the plain page."""
    for path in (GUIDE, "/ja/", "/ja/offices/events/sydney-matsuri-2014/", "/ja/jet/participants/"):
        plain, html = visitor.get(path).content.decode(), with_furigana(path, visitor)
        head, own = plain.partition("</head>")[0], html.partition("</head>")[0]
        assert own == head, path
        assert f'<link rel="canonical" href="http://127.0.0.1:8000{path}">' in own
        quiet = re.compile(r'\s(?:alt|aria-label|title|content|placeholder|value)="[^"]*"')
        kept = [each for each in quiet.findall(html) if each != ' value="1"']
        assert kept == [each for each in quiet.findall(plain) if each != ' value="1"'], path
        data = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1]
        assert "ruby" not in json.dumps(json.loads(data)), path
        spoken = re.sub(r"<rt[^>]*>.*?</rt>|<rp>.*?</rp>|</?ruby>", "", html)
        for left, right in (
            ("?furigana=1", ""),
            ('<input type="hidden" name="furigana" value="1">', ""),
        ):
            spoken = spoken.replace(left, right)
        switch = re.compile(r'<p class="furigana-switch">.*?</p>', re.DOTALL)
        assert switch.sub("", spoken) == switch.sub("", plain), path


def test_search_engines_keep_the_plain_page(visitor):
    assert visitor.get(f"{GUIDE}?furigana=1")["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in visitor.get(GUIDE)


def test_links_and_forms_of_a_page_with_furigana_lead_to_others_with_furigana(visitor):
    html = with_furigana(GUIDE, visitor)
    assert 'href="/ja/multicultural/?furigana=1"' in html
    assert 'href="/en/multicultural/guide/waste/"' in html
    search = html.partition('action="/ja/search/"')[2].partition("</form>")[0]
    assert '<input type="hidden" name="furigana" value="1">' in search
    assert re.search(r'method="post" action="/ja/feedback/\d+/\?furigana=1"', html)
    assert 'href="tel:110"' in html
    assert 'href="#main"' in html


def test_what_search_finds_leads_to_pages_with_furigana(visitor):
    html = visitor.get("/ja/search/?q=ごみ&furigana=1").content.decode()
    assert f'<a href="{GUIDE}?furigana=1">' in html
    assert ruby("検索", "けんさく") in html
    hide = re.search(r'href="([^"]*)" data-furigana="hide"', html)[1]
    assert hide.startswith("/ja/search/?q=") and "furigana" not in hide
    narrowed = re.findall(r'<a href="(\?[^"]*)"', html)
    assert narrowed and all(each.endswith("&amp;furigana=1") for each in narrowed)


def test_an_answer_to_a_form_has_furigana_too(visitor):
    page = Page.objects.get(slug="waste", locale__language_code="ja")
    html = visitor.post(f"/ja/feedback/{page.pk}/?furigana=1", {"useful": "yes"}).content.decode()
    assert f'href="{GUIDE}?furigana=1"' in html


def test_feeds_search_and_calendars_have_no_readings(visitor):
    for path in ("/ja/feed/", "/ja/events.ics", "/sitemap-ja.xml", "/api/v2/pages/?locale=ja"):
        text = visitor.get(f"{path}{'&' if '?' in path else '?'}furigana=1").content.decode()
        assert "<rt" not in text and "ruby" not in text, path
    assert "<rt" not in visitor.get("/ja/search/?q=ごみ").content.decode()


@pytest.mark.parametrize(
    "path", ["/en/", "/ko/", "/en/multicultural/guide/waste/", "/accounts/login/"]
)
def test_pages_in_other_languages_have_neither_switch_nor_readings(visitor, path):
    response = visitor.get(f"{path}?furigana=1", headers={"accept-language": "ja"})
    html = response.content.decode()
    assert "furigana" not in re.sub(r'(?:next=|value=")[^"]*', "", html)
    assert "<ruby" not in html
    assert "X-Robots-Tag" not in response


def test_only_the_address_decides(visitor):
    visitor.cookies["furigana"] = "1"
    for value in ("", "0", "2", "yes"):
        assert "<ruby" not in visitor.get(f"{GUIDE}?furigana={value}").content.decode()
    assert "<ruby" not in visitor.get(GUIDE).content.decode()


def test_a_missing_page_still_answers_404_with_furigana(visitor):
    response = visitor.get("/ja/no-such-page/?furigana=1")
    html = response.content.decode()
    assert response.status_code == 404
    assert "<ruby" in html and "css/furigana.css" in html
    assert "data-furigana" not in html
