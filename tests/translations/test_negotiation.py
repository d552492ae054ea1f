"""The site's root sends readers to the language that they ask for."""

import pytest
from django.test import Client
from django.utils import translation

from tests.pages.factories import make_home, make_locale
from tests.translations.factories import make_translated
from translations.languages import LANGUAGES

# Headers as browsers send them, with the language that their reader should get.
HEADERS = {
    "Chrome in Beijing": ("zh-CN,zh;q=0.9", "zh-hans"),
    "Firefox in Beijing": (
        "zh-CN,zh;q=0.8,zh-TW;q=0.7,zh-HK;q=0.5,en-US;q=0.3,en;q=0.2",
        "zh-hans",
    ),
    "Chrome in Singapore": ("zh-SG,zh;q=0.9,en-SG;q=0.8,en;q=0.7", "zh-hans"),
    "Safari in Shanghai": ("zh-Hans-CN;q=1.0", "zh-hans"),
    "Chrome in Taipei": ("zh-TW,zh-HK;q=0.9,en-US;q=0.8,en;q=0.7", "en"),
    "Taipei, then Japanese": ("zh-TW,ja;q=0.9", "ja"),
    "Chrome in Taipei that also takes any Chinese": ("zh-TW,zh;q=0.9,en-US;q=0.8", "zh-hans"),
    "Safari in Hong Kong": ("zh-Hant-HK,ko;q=0.5", "ko"),
    "Manila": ("fil-PH,fil;q=0.9,tl;q=0.8,en-US;q=0.7", "tl"),
    "Filipino": ("fil", "tl"),
    "Tagalog": ("tl", "tl"),
    "Tagalog in the Philippines": ("tl-PH", "tl"),
    "Lisbon": ("pt-PT,pt;q=0.9,en;q=0.8", "pt-br"),
    "São Paulo": ("pt-BR,pt;q=0.9,en-US;q=0.8,en;q=0.7", "pt-br"),
    "Luanda": ("pt-AO", "pt-br"),
    "old Android in Jakarta": ("in-ID,en-US;q=0.8", "id"),
    "Jakarta": ("id-ID,id;q=0.9,en-US;q=0.8", "id"),
    "Vienna": ("de-AT,de;q=0.9,en;q=0.8", "de"),
    "Zurich, German of Switzerland only": ("de-CH-1996", "de"),
    "Montreal": ("fr-CA,fr;q=0.9,en;q=0.8", "fr"),
    "Mexico": ("es-MX,es-419;q=0.9,es;q=0.8", "es"),
    "Bangkok": ("th-TH,th;q=0.9,en;q=0.8", "th"),
    "Hanoi": ("vi-VN,vi;q=0.9", "vi"),
    "Seoul": ("ko-KR,ko;q=0.9,en-US;q=0.8", "ko"),
    "Moscow": ("ru-RU,ru;q=0.9", "ru"),
    "London": ("en-GB,en;q=0.9,ja;q=0.8", "en"),
    # Phones in Japan: the language is the reader's, the region is where the phone is.
    "iPhone of a Vietnamese reader in Japan": ("vi-JP,vi;q=0.9", "vi"),
    "iPhone of a Chinese reader in Japan": ("zh-Hans-JP,zh-Hans;q=0.9,ja-JP;q=0.8", "zh-hans"),
    "iPhone of a Taiwanese reader in Japan": ("zh-Hant-JP,ja-JP;q=0.9,ja;q=0.8", "ja"),
    "iPhone of a Brazilian reader in Japan": ("pt-BR,pt;q=0.9,ja-JP;q=0.8,ja;q=0.7", "pt-br"),
    "iPhone of a Filipino reader in Japan": ("fil-JP,en-JP;q=0.9", "tl"),
    "iPhone in Tokyo": ("ja-JP,ja;q=0.9", "ja"),
    "iPhone in Seoul": ("ko-KR,ko;q=0.9", "ko"),
    "iPhone in Jakarta": ("id-ID,id;q=0.9", "id"),
    "iPhone in Bangkok": ("th-TH,th;q=0.9", "th"),
    "iPhone in Shanghai": ("zh-CN,zh-Hans;q=0.9", "zh-hans"),
    "iPhone in Latin America": ("es-419,es;q=0.9", "es"),
    "iPhone in Geneva": ("fr-CH,fr;q=0.9", "fr"),
    "Android in Osaka": ("ja-JP,ja;q=0.9,en-US;q=0.8,en;q=0.7", "ja"),
    "Android of a Vietnamese reader in Japan": (
        "vi-VN,vi;q=0.9,ja-JP;q=0.8,ja;q=0.7,en-US;q=0.6,en;q=0.5",
        "vi",
    ),
    "Android of a Nepali reader in Japan": ("ne-NP,ne;q=0.9,ja-JP;q=0.8,en-US;q=0.7", "ja"),
    "Android of a Burmese reader": ("my-MM,my;q=0.9,en-US;q=0.8,en;q=0.7", "en"),
    "Android in Jakarta": ("id-ID,id;q=0.9,en-US;q=0.8,en;q=0.7", "id"),
    "Android in Manila": ("fil-PH,fil;q=0.9,en-PH;q=0.8,en-US;q=0.7,en;q=0.6", "tl"),
    "Samsung in Madrid": ("es-ES,es;q=0.9,en-GB;q=0.8,en-US;q=0.7,en;q=0.6", "es"),
    "Chrome in Lima": ("es-PE,es-419;q=0.9,es;q=0.8,en;q=0.7", "es"),
    "Chrome in Berlin": ("de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7", "de"),
    "Chrome in Kazakhstan": ("ru-KZ,ru;q=0.9,kk;q=0.8,en;q=0.7", "ru"),
    "Edge in Dublin": ("en-IE,en;q=0.9,en-GB;q=0.8,en-US;q=0.7", "en"),
    "Firefox in Tokyo": ("ja,en-US;q=0.7,en;q=0.3", "ja"),
    "Firefox in Seoul": ("ko-KR,ko;q=0.8,en-US;q=0.5,en;q=0.3", "ko"),
    "Firefox in São Paulo": ("pt-BR,pt;q=0.8,en-US;q=0.5,en;q=0.3", "pt-br"),
    "Firefox in Moscow": ("ru-RU,ru;q=0.8,en-US;q=0.5,en;q=0.3", "ru"),
    "Firefox in Paris": ("fr,fr-FR;q=0.8,en-US;q=0.5,en;q=0.3", "fr"),
    "Firefox in Berlin": ("de,en-US;q=0.7,en;q=0.3", "de"),
    "Firefox in Hanoi": ("vi-VN,vi;q=0.8,en-US;q=0.5,en;q=0.3", "vi"),
    "Firefox in Manila": ("tl,en-US;q=0.7,en;q=0.3", "tl"),
    "Firefox in Taipei": ("zh-TW,zh;q=0.8,en-US;q=0.5,en;q=0.3", "zh-hans"),
    "anything": ("*", "en"),
    "Japanese, else anything": ("ja,*;q=0.5", "ja"),
    "anything before Japanese": ("*,ja;q=0.5", "en"),
    "a language that the site lacks": ("sv-SE,sv;q=0.9,ko;q=0.4", "ko"),
    "only languages that the site lacks": ("sv,fi;q=0.9", "en"),
    "the best last": ("en;q=0.1, fr;q=0.4, ja;q=0.8", "ja"),
    "German refused": ("de;q=0, sv", "en"),
    "German refused, French taken": ("de;q=0, fr;q=0.1", "fr"),
    "capitals": ("JA-JP", "ja"),
    "nothing": ("", "en"),
    "no tag at all": (";;;q=,", "en"),
    "quality out of bounds": ("ja;q=7", "en"),
    "quality in words": ("ja;q=high", "en"),
    "markup": ("<script>alert(1)</script>", "en"),
    "another script": ("日本語", "en"),
    "one endless tag": ("ja" * 5_000, "en"),
    "an endless list": (",".join(["sv", *["fi;q=0.5"] * 5_000, "ja;q=0.9"]), "en"),
    "an endless list that begins well": (",".join(["ja", *["sv;q=0.5"] * 5_000]), "ja"),
    "endless subtags": ("de" + "-x" * 120, "de"),
}


def test_every_language_that_browsers_can_ask_for_is_among_the_examples():
    asked = {code for _, code in HEADERS.values()}
    assert asked == {code for code, language in LANGUAGES.items() if language.has_own_tag}


@pytest.fixture
def visitor() -> Client:
    return Client()


@pytest.mark.parametrize(("header", "code"), HEADERS.values(), ids=HEADERS.keys())
def test_the_root_sends_each_browser_to_its_readers_language(visitor, header, code):
    response = visitor.get("/", headers={"Accept-Language": header})
    assert response.status_code == 302
    assert response["Location"] == f"/{code}/"


def test_the_root_without_a_header_leads_to_english(visitor):
    assert visitor.get("/")["Location"] == "/en/"


def test_the_answer_at_the_root_varies_and_sets_no_cookie(visitor):
    response = visitor.get("/", headers={"Accept-Language": "ja"})
    assert {name.strip() for name in response["Vary"].split(",")} == {"Accept-Language", "Cookie"}
    assert not response.cookies
    assert not visitor.cookies


def test_the_remembered_choice_wins_over_the_browser(visitor):
    visitor.cookies["language"] = "pt-br"
    assert visitor.get("/", headers={"Accept-Language": "ja"})["Location"] == "/pt-br/"


@pytest.mark.parametrize("value", ["sv", "", "../admin", "zh", "en-GB", "ja;q=1", "\xe6\x97\xa5"])
def test_a_remembered_choice_that_is_none_of_ours_is_ignored(visitor, value):
    visitor.cookies["language"] = value
    assert visitor.get("/", headers={"Accept-Language": "ko"})["Location"] == "/ko/"


@pytest.mark.parametrize("header", ["ja-easy", "ja-Easy;q=0.9", "ja-easy,de;q=0.5"])
def test_easy_japanese_is_never_chosen_for_a_browser(visitor, header):
    assert visitor.get("/", headers={"Accept-Language": header})["Location"] == "/ja/"


def test_easy_japanese_is_remembered_once_its_reader_has_chosen_it(visitor):
    visitor.cookies["language"] = "ja-easy"
    assert visitor.get("/", headers={"Accept-Language": "vi"})["Location"] == "/ja-easy/"


def test_nothing_is_guessed_from_the_readers_address(visitor):
    assert visitor.get("/", REMOTE_ADDR="133.11.0.1")["Location"] == "/en/"


def test_the_root_only_reads(visitor):
    assert visitor.head("/").status_code == 302
    assert visitor.post("/").status_code == 405


@pytest.mark.parametrize("path", ["/nothing-here/", "/nothing-here"])
def test_an_answer_whose_language_was_negotiated_says_so_to_caches(db, visitor, path):
    response = visitor.get(path, headers={"Accept-Language": "ja"})
    assert response.status_code == 404
    assert response["Content-Language"] == "ja"
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in response["Vary"].split(",")}


def test_an_answer_whose_language_is_in_its_path_is_the_same_for_every_browser(db, visitor):
    make_translated(make_home(), make_locale("ja"))
    response = visitor.get("/ja/", headers={"Accept-Language": "de"})
    assert response["Content-Language"] == "ja"
    assert "Accept-Language" not in response.get("Vary", "")


def test_robots_txt_is_the_same_for_every_browser(visitor):
    response = visitor.get("/robots.txt", headers={"Accept-Language": "de"})
    assert "Accept-Language" not in response.get("Vary", "")
    assert "Content-Language" not in response


def test_one_request_leaves_no_language_to_the_next(visitor):
    visitor.get("/", headers={"Accept-Language": "ja"})
    assert visitor.get("/")["Location"] == "/en/"
    assert translation.get_language() == "en"
