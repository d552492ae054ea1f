"""Pictures are set in fonts that have every sign of the text, in each language's own forms."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

from assets import fonts
from assets.fonts import FontSet, fonts_for, packaged, settable
from pages.starting_content.catalogues import catalogue_path, read_catalogue
from translations.languages import LANGUAGES

PER_SCRIPT = {
    "en": "Community living: what to know",
    "de": "Öffentliche Straßen",
    "vi": "Ứng phó với động đất",
    "ru": "Зарубежные представительства",
    "th": "เทศกาลญี่ปุ่นที่ซิดนีย์",
    "ko": "이제 CLAIR가 과정을 운영합니다",
    "zh-Hans": "地震和海啸，自治体国际化协会",
    "ja": "髙橋さん：2024年～、津波ｶﾞ①℃",
}


@pytest.fixture
def nothing_installed(monkeypatch, tmp_path):
    """A machine without fonts of its own."""
    monkeypatch.setattr(fonts, "installed", lambda: FontSet(tmp_path))


@pytest.mark.parametrize(("tag", "text"), PER_SCRIPT.items())
def test_the_packaged_fonts_have_every_script_of_the_site(tag, text, nothing_installed):
    chosen, families = fonts_for(text, tag)
    assert chosen is packaged()
    drawn = set().union(*(chosen.characters(family) for family in families))
    assert set(text) - {" "} <= drawn


@pytest.mark.parametrize(
    ("tag", "family"),
    [
        ("ja", "Noto Sans JP"),
        ("zh-Hans", "Noto Sans SC"),
        ("ko", "Noto Sans KR"),
        ("th", "Noto Sans Thai"),
        ("fr", "Noto Sans"),
    ],
)
def test_each_language_is_drawn_in_its_own_forms(tag, family, nothing_installed):
    _, families = fonts_for("1", tag)
    assert families[0] == family


def test_the_same_character_looks_different_in_japan_and_china(nothing_installed):
    def outline(tag: str):
        chosen, families = fonts_for("直", tag)
        font = TTFont(chosen.families[families[0]].path)
        return font["glyf"][font.getBestCmap()[ord("直")]].coordinates

    assert outline("ja") != outline("zh-Hans")


def test_words_of_another_script_in_a_title_are_drawn_too(nothing_installed):
    _, families = fonts_for("Interview with 髙橋さん about ไทย", "en")
    assert families[0] == "Noto Sans"
    assert {"Noto Sans JP", "Noto Sans Thai"} <= set(families)


def test_a_sign_that_no_font_has_is_never_drawn_as_a_box(nothing_installed):
    assert fonts_for("\U00013000", "en") is None


def test_a_sign_that_the_packaged_fonts_lack_comes_from_this_machine(monkeypatch, tmp_path):
    small = FontSet(tmp_path)
    monkeypatch.setattr(fonts, "packaged", lambda: small)
    monkeypatch.setattr(fonts, "installed", packaged)
    assert fonts_for("津波", "ja")[0] is packaged()


def test_white_space_and_joiners_need_no_glyph(nothing_installed):
    assert fonts_for("São\u00a0Paulo\u200b\u2060", "pt-BR")


def test_the_narrow_space_of_french_keeps_the_colon_on_its_line(nothing_installed):
    assert settable("Tokyo\u202f: la ville") == "Tokyo\u00a0: la ville"
    assert fonts_for(settable("Tokyo\u202f: la ville"), "fr")


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_the_packaged_fonts_have_all_that_the_content_says(code, settings, nothing_installed):
    language = LANGUAGES[code]
    entries = read_catalogue(catalogue_path(settings.BASE_DIR / "content", language))
    text = "".join(entry.msgstr for each in entries.values() for entry in each)
    assert text
    assert fonts_for(settable(text), language.tag), code
