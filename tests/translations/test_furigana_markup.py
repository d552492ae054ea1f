"""Ruby gets into a page's Japanese texts, and into nothing else."""

from __future__ import annotations

import pytest

from translations.furigana.markup import normal, sentences, take_apart, with_ruby

KNOWN = {
    "避難所はどこですか。": [["避難所", "ひなんじょ"]],
    "市役所に聞く。": [["市役所", "しやくしょ"], ["聞", "き"]],
    "5,933 人": [["人", "にん"]],
    "2 人": [["2人", "ふたり"]],
    "A & B の町": [["町", "まち"]],
    "日本語": [["日本語", "にほんご"]],
}


def ruby(word: str, reading: str) -> str:
    return f'<ruby>{word}<rp>(</rp><rt aria-hidden="true">{reading}</rt><rp>)</rp></ruby>'


def placed(html: str) -> str:
    return with_ruby(take_apart(html), KNOWN)


def test_a_known_sentence_gets_its_readings_and_an_unknown_one_stays_as_it_is():
    html = "<p>避難所はどこですか。市役所に行く。</p>"
    expected = f"<p>{ruby('避難所', 'ひなんじょ')}はどこですか。市役所に行く。</p>"
    assert placed(html) == expected


def test_a_sentence_goes_on_through_bold_words_and_links():
    html = '<p><b>市役所</b>に<a href="/ja/">聞く</a>。</p>'
    town_hall, ask = ruby("市役所", "しやくしょ"), ruby("聞", "き")
    assert placed(html) == f'<p><b>{town_hall}</b>に<a href="/ja/">{ask}く</a>。</p>'


def test_a_word_that_a_tag_divides_gets_no_reading_and_the_next_keeps_its_own():
    html = "<p>市<b>役所</b>に聞く。</p>"
    assert placed(html) == f"<p>市<b>役所</b>に{ruby('聞', 'き')}く。</p>"


def test_a_number_in_an_element_of_its_own_counts_what_follows():
    html = "<dd><b>5,933</b> <span>人</span></dd>"
    assert placed(html) == f"<dd><b>5,933</b> <span>{ruby('人', 'にん')}</span></dd>"


def test_another_element_begins_another_sentence():
    html = "<ul><li>避難所は</li><li>どこですか。</li></ul>"
    assert placed(html) == html


@pytest.mark.parametrize(
    "html",
    [
        "<head><title>避難所はどこですか。</title></head>",
        '<meta name="description" content="避難所はどこですか。">',
        '<img alt="避難所はどこですか。">',
        '<div aria-label="避難所はどこですか。"></div>',
        '<script type="application/ld+json">{"name": "避難所はどこですか。"}</script>',
        "<svg><title>避難所はどこですか。</title></svg>",
        "<textarea>避難所はどこですか。</textarea>",
        "<select><option>避難所はどこですか。</option></select>",
        "<!-- 避難所はどこですか。 -->",
        '<p lang="zh-Hans">避難所はどこですか。</p>',
        '<span data-time-zone="Asia/Tokyo">避難所はどこですか。</span>',
        "<ruby>避難所はどこですか。<rt>ひなんじょ</rt></ruby>",
    ],
)
def test_what_is_no_japanese_text_for_readers_stays_as_it_is(html):
    page = f"<body>{html}<p>日本語</p></body>"
    assert placed(page) == f"<body>{html}<p>{ruby('日本語', 'にほんご')}</p></body>"


def test_japanese_within_another_language_is_japanese():
    html = '<li lang="ko">한국어 <small lang="ja">日本語</small></li>'
    assert ruby("日本語", "にほんご") in placed(html)


def test_signs_that_html_writes_in_another_way_do_not_hide_a_sentence():
    assert placed("<p>A &amp; B の町</p>") == f"<p>A &amp; B の{ruby('町', 'まち')}</p>"


def test_spaces_of_the_template_do_not_hide_a_sentence():
    html = "<p>\n  避難所はどこですか。\n</p>"
    assert ruby("避難所", "ひなんじょ") in placed(html)


def test_a_page_taken_apart_is_the_page_again():
    html = '<p title="a > b">避難所<br/>は <b>どこ</b>ですか。</p><img src="x">終わり'
    assert "".join(take_apart(html).pieces) == html


def test_the_sentences_of_a_page_are_those_with_kanji_each_once():
    html = "<p>市役所に聞く。ひらがな。</p><p>市役所に聞く。</p><p>何？ 町！</p>"
    assert sentences(take_apart(html)) == ["市役所に聞く。", "何？", "町！"]


def test_a_sentence_is_looked_up_without_entities_and_with_single_spaces():
    assert normal("  A &amp;\n B ") == "A & B"


def test_a_tag_that_is_never_closed_does_not_swallow_the_page():
    assert ruby("日本語", "にほんご") in placed("<div><p>日本語</div><p>日本語</p>")
