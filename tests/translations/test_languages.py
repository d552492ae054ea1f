"""A new language is one entry in the list, a catalogue and a PO file: no other code changes."""

from __future__ import annotations

from datetime import date

import polib
import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils.translation import gettext, override
from wagtail.models import GroupPagePermission

from accounts.groups import create_groups
from pages.models import HomePage
from pages.starting_content import catalogues as content_catalogues
from tests.pages.factories import make_home, make_locale, make_page
from tests.translations.factories import EASY_GERMAN, translate
from translations import catalogues, language_forms
from translations.languages import (
    LANGUAGES,
    SOURCE_CODE,
    Language,
    django_choices,
    django_lang_info,
    get_language,
    with_fallbacks,
)
from translations.store import bring_in
from translations.targets import make_target

pytestmark = pytest.mark.django_db

NEPALI = Language("ne", "ne", "नेपाली", "Nepali", "ne")
BURMESE = Language("my", "my", "မြန်မာ", "Burmese", "my", words_spaced=False, tall_glyphs=True)
TRADITIONAL_CHINESE = Language(
    "zh-hant",
    "zh-Hant",
    "繁體中文",
    "Traditional Chinese",
    "zh_Hant",
    words_spaced=False,
    browser_codes=("zh-tw", "zh-hk", "zh-mo"),
    fallback="zh-hans",
)
ARABIC = Language("ar", "ar", "العربية", "Arabic", "ar", direction="rtl")

TITLES = {
    "ne": "स्थानीय निकाय परिषद्",
    "my": "ဒေသန္တရ ကောင်စီ",
    "zh-hant": "自治體國際化協會",
    "ar": "مجلس السلطات المحلية",
    "de-leicht": "Die Gemeinden von Japan",
}


@pytest.fixture(
    params=[NEPALI, BURMESE, TRADITIONAL_CHINESE, ARABIC, EASY_GERMAN], ids=lambda new: new.code
)
def added(request, monkeypatch, settings) -> Language:
    """One more language, added as anyone would add it: by its entry."""
    monkeypatch.setitem(LANGUAGES, request.param.code, request.param)
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = django_choices()
    return request.param


@pytest.fixture
def translated_home(added) -> HomePage:
    """The English home page, which is there in the added language too."""
    home = make_home(title="Local councils", summary="What a resident needs.")
    source, _ = bring_in(home)
    locale = make_locale(added.code)
    translate(source, locale, {"Local councils": TITLES[added.code]})
    make_target(source, locale)
    return home


def test_the_home_page_answers_in_the_new_language(added, translated_home):
    response = Client().get(f"/{added.code}/")
    html = response.content.decode()
    assert response.status_code == 200
    assert response["Content-Language"] == added.tag
    assert f'<html lang="{added.tag}" dir="{added.direction}">' in html
    assert f"<h1>{TITLES[added.code]}</h1>" in html
    assert (f'hreflang="{added.tag}"' in html.split("</head>")[0]) == added.has_own_tag


def test_the_switcher_of_the_english_page_leads_to_the_new_language(added, translated_home):
    html = Client().get("/en/").content.decode()
    link = (
        f'<a href="/{added.code}/" hreflang="{added.tag}" data-language="{added.code}">'
        f"{added.endonym}</a>"
    )
    assert f'<li lang="{added.tag}" dir="{added.direction}">' in html
    assert link in html


def test_a_page_that_lacks_in_the_new_language_says_so(added, translated_home):
    make_page(translated_home, slug="waste", title="Waste")
    response = Client().get(f"/{added.code}/waste/")
    html = response.content.decode()
    assert response.status_code == 404
    assert f'<html lang="{added.tag}" dir="{added.direction}">' in html
    assert 'href="/en/waste/" hreflang="en"' in html
    switcher = Client().get("/en/waste/").content.decode()
    assert f"{added.endonym} <small" in switcher
    assert f'href="/{added.code}/waste/"' not in switcher


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("ne-NP,ne;q=0.9,en;q=0.5", "ne"),
        ("my-MM,my;q=0.9", "my"),
        ("zh-TW,zh;q=0.9,en;q=0.5", "zh-hant"),
        ("zh-HK", "zh-hant"),
        ("zh-Hant-TW;q=1.0", "zh-hant"),
        ("zh-CN,zh;q=0.9", "zh-hans"),
        ("ar-EG,ar;q=0.9,en;q=0.5", "ar"),
        ("ar-SA", "ar"),
    ],
)
def test_browsers_find_the_new_language_once_it_is_there(monkeypatch, header, code):
    for language in (NEPALI, BURMESE, TRADITIONAL_CHINESE, ARABIC):
        monkeypatch.setitem(LANGUAGES, language.code, language)
    assert Client().get("/", headers={"Accept-Language": header})["Location"] == f"/{code}/"


@pytest.mark.parametrize(
    ("added", "day", "month", "number"),
    [
        (NEPALI, "2025 जुलाई 1", "2025 जुलाई", "12,34,567.8"),
        (BURMESE, "2025 ဇူလိုင် 1", "2025 ဇူလိုင်", "1,234,567.8"),
        (TRADITIONAL_CHINESE, "2025年7月1日", "2025年7月", "1,234,567.8"),
        (ARABIC, "1 يوليو 2025", "يوليو 2025", "1,234,567.8"),
    ],
    indirect=["added"],
    ids=["ne", "my", "zh-hant", "ar"],
)
def test_dates_and_numbers_take_the_new_languages_form(added, day, month, number):
    with override(added.code):
        assert language_forms.active_language() == added
        assert language_forms.day(date(2025, 7, 1)) == day
        assert language_forms.day(date(2025, 7, 1), "month") == month
        assert language_forms.number(1234567.8) == number


def test_its_translators_get_a_group_that_may_edit_its_pages_only(added, translated_home):
    assert f"translator-{added.code}" in create_groups()
    group = Group.objects.get(name=f"translator-{added.code}")
    rights = GroupPagePermission.objects.filter(group=group)
    assert [(right.page.locale.language_code, right.permission.codename) for right in rights] == [
        (added.code, "change_page")
    ]


def test_sitemaps_list_the_new_language(added, translated_home):
    index = Client().get("/sitemap.xml").content.decode()
    assert f"/sitemap-{added.code}.xml" in index
    sitemap = Client().get(f"/sitemap-{added.code}.xml").content.decode()
    assert f"<loc>http://127.0.0.1:8000/{added.code}/</loc>" in sitemap


def test_the_contents_catalogue_has_a_place(added, tmp_path):
    assert added in content_catalogues.target_languages()
    path = content_catalogues.catalogue_path(tmp_path, added)
    assert path == tmp_path / f"{added.code}.po"
    text = content_catalogues.SourceText("/", "Local councils", "index.yaml")
    assert content_catalogues.update_catalogue(path, added, [text]) == (1, 0)
    assert polib.pofile(str(path)).metadata["Language"] == added.tag


PLURALS = {"ne": 2, "my": 2, "zh-hant": 1, "ar": 6, "de-leicht": 2}


def test_the_interfaces_catalogue_is_made_checked_compiled_and_shown(
    added, monkeypatch, settings, tmp_path
):
    assert added in catalogues.target_languages()
    assert catalogues.gaps(added) == [f"{added.code}: there is no catalogue"]

    settings.LOCALE_PATHS = [tmp_path]
    monkeypatch.setattr(catalogues, "locale_folder", lambda: tmp_path)
    new, gone = catalogues.update(added)
    assert new > 100
    assert gone == 0
    assert len(catalogues.gaps(added)) == new

    path = catalogues.catalogue_path(added)
    catalogue = polib.pofile(str(path))
    assert f"nplurals={PLURALS[added.code]};" in catalogue.metadata["Plural-Forms"]
    catalogue.find("Skip to the content").msgstr = TITLES[added.code]
    catalogue.save()
    assert len(catalogues.gaps(added)) == new - 1
    assert path.with_suffix(".mo") in catalogues.compile_catalogues()
    with override(added.code):
        assert gettext("Skip to the content") == TITLES[added.code]


def test_codes_of_languages_are_found_in_any_case_of_letters():
    assert get_language("PT-BR") is LANGUAGES["pt-br"]
    with pytest.raises(KeyError):
        get_language("sv")


def test_every_language_says_all_that_pages_need_of_it():
    for code, language in LANGUAGES.items():
        assert language.code == code == code.lower()
        if not language.has_own_tag:
            # Then it is a way of writing another language, which has that tag.
            assert LANGUAGES[language.fallback].tag == language.tag
        assert language.direction in ("ltr", "rtl")
        assert language.fallback in LANGUAGES
        assert not set(language.browser_codes) & set(LANGUAGES)
        assert [each.code for each in with_fallbacks(language)][-1] == SOURCE_CODE
    assert {language.tag for language in LANGUAGES.values()} == {
        language.tag for language in LANGUAGES.values() if language.has_own_tag
    }
    every_browser_code = [each for entry in LANGUAGES.values() for each in entry.browser_codes]
    assert len(every_browser_code) == len(set(every_browser_code))


def test_what_a_language_lacks_is_looked_for_in_its_fallbacks_and_last_in_english(monkeypatch):
    def codes(code: str) -> list[str]:
        return [language.code for language in with_fallbacks(LANGUAGES[code])]

    assert codes("en") == ["en"]
    assert codes("th") == ["th", "en"]
    assert codes("ja-easy") == ["ja-easy", "ja", "en"]
    monkeypatch.setitem(LANGUAGES, "xx", Language("xx", "xx", "X", "X", "en", fallback="yy"))
    monkeypatch.setitem(LANGUAGES, "yy", Language("yy", "yy", "Y", "Y", "en", fallback="xx"))
    assert codes("xx") == ["xx", "yy", "en"]


def test_django_knows_every_language_also_those_that_it_lacks():
    information = django_lang_info()
    assert list(information) == list(LANGUAGES)
    assert information["tl"]["name_local"] == "Tagalog"
    assert dict(django_choices())["ja"] == "日本語"
    with override("tl"):
        assert gettext("Skip to the content") != "Skip to the content"
