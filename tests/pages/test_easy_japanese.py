"""The texts in Easy Japanese keep its rules: short, with spaces between phrases, in plain words."""

from __future__ import annotations

import re

import polib
import pytest
from django.conf import settings

# What one writer of Easy Japanese holds to; explanations in brackets are not counted.
MAX_SENTENCE = 35
# Between two spaces or signs. Names of places and organisations may be longer.
MAX_PHRASE = 12
NAMES = ("災害用伝言ダイヤル", "多文化共生マネージャー")

TAG = re.compile(r"<[^>]+>")
EXPLANATION = re.compile(r"（[^（）]*）")
# A name in Latin letters counts as one letter, as does a number.
FOREIGN_WORD = re.compile(r"[A-Za-z0-9+]+(?: [A-Za-z0-9]+)*")
SENTENCE_END = re.compile(r"(?<=[。？])")
SIGN = re.compile(r"[ 、。，：・「」（）？…]")
JAPANESE = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")
KANA = re.compile(r"[\u3041-\u30ff]")
KANJI = re.compile(r"[\u4e00-\u9fff々]")
HALF_WIDTH_KATAKANA = re.compile(r"[\uff61-\uff9f]")
DOUBLE_NEGATIVE = re.compile(
    r"ない ?(?:こと|わけ|もの) ?(?:は|では|も|で|じゃ) ?(?:ない|なく|ありません)"
    r"|な(?:けれ|く) ?(?:ば|ては|ちゃ) ?(?:な(?:らない|りません)|いけ(?:ない|ません))"
    r"|ない ?と ?いけ|ざるを ?得|ずには ?い(?:られ|け)|なくは ?(?:ない|ありません)"
)
KEIGO = re.compile(
    r"ござい|くださいませ|いただ|いたし|おり ?ます|申し|ご覧|お[一-龯]+[いきしちみり]に ?な"
)
# Words from other languages that have an easy Japanese word.
HARD_LOAN_WORD = re.compile(
    r"アクセス|エリア|カテゴリ|コミュニティ|コンテンツ|サポート|スタッフ|ツール|ニーズ|マナー"
    r"|メリット|ライフライン|リスク|ハザード"
)


def complaints(text: str) -> list[str]:
    """What a text has against the rules of Easy Japanese."""
    found = []
    plain = TAG.sub("", text)
    for sentence in SENTENCE_END.split(EXPLANATION.sub("", plain)):
        letters = FOREIGN_WORD.sub("A", sentence).replace(" ", "")
        if len(letters) > MAX_SENTENCE:
            found.append(f"a sentence of {len(letters)} letters: {sentence}")
    for phrase in SIGN.split(plain):
        letters = FOREIGN_WORD.sub("A", phrase)
        if len(letters) > MAX_PHRASE and JAPANESE.search(letters) and phrase not in NAMES:
            found.append(f"no space in: {phrase}")
    if len(KANA.findall(plain)) > 15 and not KANJI.search(plain):
        found.append("no kanji, which is harder to read")
    for pattern, what in (
        (HALF_WIDTH_KATAKANA, "half-width katakana"),
        (DOUBLE_NEGATIVE, "a double negative"),
        (KEIGO, "polite forms beyond です and ます"),
        (HARD_LOAN_WORD, "a hard loan word"),
        (re.compile(r"  | [、。）]|（ |　"), "a space too many"),
    ):
        if match := pattern.search(plain):
            found.append(f"{what}: {match[0]}")
    return found


def entries() -> list[polib.POEntry]:
    """The entries of the content's PO file in Easy Japanese."""
    return list(polib.pofile(str(settings.BASE_DIR / "content" / "ja-easy.po")))


def test_every_text_of_the_content_keeps_the_rules():
    found = {entry.msgstr: said for entry in entries() if (said := complaints(entry.msgstr))}
    assert not found, "\n".join(f"{text}: {'; '.join(said)}" for text, said in found.items())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "引っ越しを した 人は、新しい 町の 役所へ 行って、"
            "14日以内に 新しい 住所を 知らせて ください。",
            "a sentence of",
        ),
        ("近くの高い所に逃げてください。", "no space in"),
        ("すぐに にげて ください。つなみが きます。", "no kanji"),
        ("ｴﾚﾍﾞｰﾀｰを 使わないで ください。", "half-width katakana"),
        ("津波は 来ない ことは ありません。", "double negative"),
        ("役所に 行かなければ なりません。", "double negative"),
        ("表を ご覧 ください。", "polite forms"),
        ("お読みに なって ください。", "polite forms"),
        ("町の サポートが あります。", "loan word"),
        ("水 、電気、ガスが 止まります。", "a space too many"),
    ],
)
def test_a_text_that_breaks_a_rule_is_found(text, reason):
    assert any(reason in said for said in complaints(text))


def test_a_text_that_keeps_the_rules_passes():
    text = "すぐに <b>高い 所</b>へ 逃げて ください。避難所（逃げる ところ）へ 行きます。"
    assert complaints(text) == []


def test_telephone_numbers_and_dates_are_those_of_the_source():
    number = re.compile(r"\d+")
    months = ["January", "February", "March", "April", "May", "June", "July"]
    for entry in entries():
        source = entry.msgid
        for order, month in enumerate(months, start=1):
            source = re.sub(rf"\b{month}\b(?! not)", f" {order} ", source)
        wanted = set(number.findall(source)) - {"1"}
        assert wanted <= set(number.findall(entry.msgstr)), entry.msgid
