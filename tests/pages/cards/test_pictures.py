"""A card shows its title whole and in the right script, whatever the title is."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image, ImageChops, ImageStat
from structlog.testing import capture_logs

from pages.cards import making
from pages.cards.card import SIZE, Card
from pages.cards.making import COLOURS, PILLARS, picture_of, words_of
from translations.languages import LANGUAGES, Language

BAND = 40
MARGIN = 50  # a little less than the template's, for the soft edges of letters
MOST_BYTES = 150_000
PAPER = (0xFB, 0xFA, 0xF5)

CARD = Card(
    language_code="en",
    title="Waste",
    section="Living together",
    organisation="Council of Local Authorities for International Relations",
    pillar="multicultural",
    drawing="guide-waste",
)
TITLES = {
    "en": "Orientation for new JET participants in Christchurch",
    "ja": "クライストチャーチのJET新規参加者オリエンテーション",
    "zh-hans": "克赖斯特彻奇JET新参加者行前说明会",
    "ko": "크라이스트처치에서 열린 새 JET 참가자 오리엔테이션",
    "de": "Vorbereitungstag für neue JET-Teilnehmende",
    "vi": "Buổi định hướng cho người tham gia JET mới tại Christchurch",
    "ru": "Подготовительная встреча новых участников JET в Крайстчерче",
    "fr": "Le conseil\u202f: qui est-ce\u202f?",
    "th": "การปฐมนิเทศผู้เข้าร่วมโครงการ JET รายใหม่ที่ไครสต์เชิร์ช",
}
HARD = {
    "one word": ("de", "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"),
    "no place to break": ("en", "W" * 255),
    "much in Japanese": ("ja", "防災" * 127),
    "much in Thai": ("th", "เทศกาลญี่ปุ่นที่ซิดนีย์" * 11),
    "many words": ("ru", "достопримечательности и сотрудничество " * 6),
    "many tall letters": ("vi", "Ứng phó với động đất và sóng thần " * 7),
}


def opened(picture: bytes) -> Image.Image:
    """The picture with its pixels."""
    return Image.open(io.BytesIO(picture)).convert("RGB")


def differs_within(one: Image.Image, other: Image.Image) -> tuple[int, int, int, int] | None:
    """The smallest box around everything in which the pictures differ."""
    return ImageChops.difference(one, other).getbbox()


def margins(picture: Image.Image) -> list[tuple[int, int, int, int]]:
    """The edges on which nothing stands but the band."""
    width, height = SIZE
    return [
        (BAND, 0, width, MARGIN),
        (BAND, height - MARGIN, width, height),
        (BAND, 0, BAND + MARGIN, height),
        (width - MARGIN, 0, width, height),
    ]


def is_paper(picture: Image.Image) -> bool:
    return picture.getextrema() == tuple((value, value) for value in PAPER)


@pytest.mark.parametrize("code", TITLES)
def test_a_title_stands_on_its_card_in_every_script(code):
    card = replace(CARD, language_code=code, title=TITLES[code], section="JET", organisation="JET")
    file = picture_of(card)
    picture = opened(file)
    assert Image.open(io.BytesIO(file)).format == "PNG"
    assert picture.size == SIZE
    assert len(file) <= MOST_BYTES
    for margin in margins(picture):
        assert is_paper(picture.crop(margin))
    other = opened(picture_of(replace(card, title=".")))
    left, top, right, bottom = differs_within(picture, other)
    assert left >= BAND + MARGIN
    assert right - left > 300
    assert bottom - top > 60


@pytest.mark.parametrize(("code", "title"), HARD.values(), ids=HARD)
@pytest.mark.parametrize("drawing", ["guide-waste", "", "not-there"])
def test_no_title_is_too_long(code, title, drawing):
    card = replace(CARD, language_code=code, title=title[:255], drawing=drawing, section="")
    picture = opened(picture_of(card))
    for margin in margins(picture):
        assert is_paper(picture.crop(margin))


def test_a_title_never_runs_into_the_drawing():
    """Where both are there, the title of another card changes nothing of the drawing."""
    right_half = (1200 - 64 - 380, 300, 1200, 630)
    pictures = [
        opened(picture_of(replace(CARD, title=title))).crop(right_half)
        for title in ("Waste", "How to sort what you throw away, and on which days it is collected")
    ]
    assert differs_within(*pictures) is None


def test_a_long_title_over_a_skyline_leaves_the_skyline_out():
    card = replace(CARD, pillar="offices", drawing="skyline-paris", title="Paris")
    corner = (700, 400, 1150, 580)
    with_skyline = opened(picture_of(card)).crop(corner)
    assert not is_paper(with_skyline)
    long = replace(card, title="What the Paris office of this council does for cities " * 4)
    assert differs_within(opened(picture_of(long)).crop(corner), with_skyline)
    for margin in margins(opened(picture_of(long))):
        assert is_paper(opened(picture_of(long)).crop(margin))


@pytest.mark.parametrize("pillar", PILLARS)
def test_the_band_has_the_hue_of_the_pillar(pillar):
    picture = opened(picture_of(replace(CARD, pillar=pillar)))
    hue = tuple(bytes.fromhex(COLOURS[PILLARS[pillar]][1:]))
    assert picture.crop((0, 0, BAND, 630)).getcolors() == [(BAND * 630, hue)]


def test_a_page_of_no_pillar_has_all_four_bars():
    picture = opened(picture_of(replace(CARD, pillar="")))
    assert len({picture.getpixel((x, 300)) for x in (5, 15, 25, 35)}) == 4


def test_a_card_in_a_language_from_right_to_left_begins_at_the_right(monkeypatch):
    monkeypatch.setitem(LANGUAGES, "ar", Language("ar", "ar", "", "Arabic", "ar", direction="rtl"))
    picture = opened(picture_of(replace(CARD, language_code="ar")))
    hue = tuple(bytes.fromhex(COLOURS["murasaki"][1:]))
    assert picture.getpixel((1180, 300)) == hue
    assert picture.getpixel((20, 300)) == PAPER


def test_chinese_characters_take_the_forms_of_each_language():
    japanese, chinese = (
        opened(picture_of(replace(CARD, language_code=code, title="直角骨", section="")))
        for code in ("ja", "zh-hans")
    )
    assert differs_within(japanese, chinese)


def test_japanese_lines_end_between_phrases_and_before_a_long_word_in_katakana():
    assert words_of("JET新規参加者オリエンテーション", "ja") == [
        ["JET新規参加者", "オリエンテーション"]
    ]
    assert words_of("Waste and\nwater", "en") == [["Waste"], ["and"], ["water"]]
    assert words_of("เทศกาล ญี่ปุ่น", "th") == [["เทศกาล"], ["ญี่ปุ่น"]]


def test_a_title_that_no_font_can_draw_has_no_card(cards):
    card = replace(CARD, title="Hieroglyphs: \U00013000")
    with capture_logs() as logs:
        assert picture_of(card) is None
        assert not making.make(card)
    assert [line["event"] for line in logs] == ["card_without_font"] * 2
    assert making.stored_names() == set()


def test_the_general_card_is_the_one_in_static(settings):
    """`manage.py make_cards --general` makes it again after a change of the template."""
    committed = opened((settings.BASE_DIR / "static/images/card.png").read_bytes())
    difference = ImageChops.difference(committed, opened(making.general_picture()))
    assert max(ImageStat.Stat(difference).mean) < 0.5  # soft edges may change with the typesetter
