"""A text in Easy Japanese that is hard to read gets a warning that says why, and no more."""

from __future__ import annotations

import polib
import pytest
from django.conf import settings
from wagtail.models import Locale

from tests.pages.factories import make_home, make_locale, make_page
from tests.translations.factories import translate
from translations.checks.segment import SegmentChecker, check_segment, plain_text
from translations.checks.translation import check_translation
from translations.easy_japanese.linting import lint
from translations.furigana.models import sentence_key
from translations.models import ReadSentence
from translations.store import bring_in


def codes(text: str, **more) -> list[str]:
    return [finding.code for finding in lint(text, **more)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("すぐに 高い 所へ 逃げて ください。", []),
        (
            "引っ越しを した 人は、新しい 町の 役所へ 行って、"
            "14日以内に 新しい 住所を 知らせて ください。",
            ["easy_length"],
        ),
        # What explains a word in brackets does not make a sentence long.
        (
            "避難所（地震や 台風で 家に いる ことが できない とき、"
            "みんなで 逃げて 行く 大きい ところ）へ 行きます。",
            [],
        ),
        ("津波は 来ない ことは ありません。", ["easy_negative"]),
        ("役所に 行かなければ なりません。", ["easy_negative"]),
        ("町の サポートが あります。", ["easy_loan_word"]),
        ("町の サポート（手伝い）が あります。", []),
        ("エレベーターに 乗らないで ください。", []),
        ("余震に 警戒して ください。", ["easy_word"]),
        ("警戒（気を つける こと）して ください。", []),
        ("警戒（気を つける こと）です。警戒して ください。", []),
        ("千代田区に 行きます。半蔵門線の 半蔵門駅です。", []),
        ("3階の 窓口で、14日以内に 登録します。", []),
        ("CLAIRは、Council of Local Authorities for International Relationsです。", []),
    ],
)
def test_what_makes_a_text_hard_is_found(text, expected):
    assert codes(text) == expected


def test_a_word_whose_reading_nobody_knows_is_found():
    readings = {"禰豆子の 家です。": [["禰豆子", ""], ["家", "いえ"]]}
    findings = lint("禰豆子の 家です。", readings)
    assert [finding.code for finding in findings] == ["easy_word", "easy_reading"]
    assert "禰豆子" in findings[1].message


@pytest.mark.django_db
def test_readings_that_are_on_record_are_looked_up_for_a_translation():
    page = make_page(make_home(), title="A house.")
    text = "禰豆子の 家です。"
    translation = translate(bring_in(page)[0], make_locale("ja-easy"), {"A house.": text})
    ReadSentence.objects.create(
        key=sentence_key(text),
        text=text,
        readings=[["禰豆子", ""], ["家", "いえ"]],
        edition="1",
    )
    assert [finding.code for _, finding in check_translation(translation)] == [
        "easy_word",
        "easy_reading",
    ]


def test_each_word_is_named_once():
    assert codes("警戒して ください。警戒です。") == ["easy_word"]


def test_only_easy_japanese_is_held_to_its_rules():
    text = "余震に警戒しなければなりません。"
    for code, number in (("ja", 0), ("ja-easy", 2)):
        findings = check_segment("Beware.", text, locale=Locale(language_code=code))
        assert len([each for each in findings if each.code.startswith("easy")]) == number
        assert {each.severity for each in findings} <= {"warning"}


def test_what_the_content_s_texts_are_warned_of_is_known():
    """Two words of the trade on the page about accessibility, one building, and one short word."""
    checker = SegmentChecker(Locale(language_code="ja-easy"))
    found = set()
    for entry in polib.pofile(str(settings.BASE_DIR / "content" / "ja-easy.po")):
        for finding in checker.check(entry.msgid, entry.msgstr):
            if finding.code.startswith("easy"):
                found.add(finding.message.split("”")[0].lstrip("“"))
                assert finding.message.split("”")[0].lstrip("“") in plain_text(entry.msgstr)
    assert found == {"ブラウザー", "スクリプト", "麹町", "相互半蔵門", "伝言"}
