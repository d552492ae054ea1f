"""What is wrong with a target is said while it is written, and stops a page where it must."""

from __future__ import annotations

from collections import Counter

import polib
import pytest
from django.conf import settings
from django.utils import translation as interface
from wagtail.models import Locale

from pages.models import StandardPage
from tests.pages.factories import block, make_home, make_locale, make_page, notices
from tests.translations.factories import translate
from translations.checks.segment import SegmentChecker, check_segment
from translations.checks.translation import check_translation, has_errors, limit_of
from translations.glossary.finding import Glossary, Term
from translations.glossary.loading import read_glossary
from translations.languages import LANGUAGES, SOURCE_CODE
from translations.models import GlossaryForm, GlossaryTerm
from translations.segments.reading import segments_of
from translations.segments.writing import write_targets
from translations.store import bring_in
from translations.targets import submit

TERMS = Glossary(
    (
        Term("CLAIR", case_sensitive=True, do_not_translate=True),
        Term(
            "JET Programme",
            preferred=("JETプログラム",),
            allowed=("ジェットプログラム", "JET-Programm*"),
            forbidden=("JET計画", "プログラム", "JET-Pro*"),
        ),
    )
)


def check(source: str, target: str, code: str = "ja", **more) -> dict[str, str]:
    """Codes with severities."""
    findings = check_segment(source, target, locale=Locale(language_code=code), **more)
    return {finding.code: finding.severity for finding in findings}


@pytest.mark.parametrize(
    ("source", "target", "code", "expected"),
    [
        # What is not there or has changed.
        ("Call 119.", "110に電話してください。", "ja", {"numbers": "error"}),
        ("Call us.", "Rufen Sie 371 an.", "de", {"numbers_added": "warning"}),
        ("In July.", "7月に。", "ja", {}),
        ("About 30,000 people came.", "約3万人が来ました。", "ja", {}),
        ("About 30,000 people came.", "约3万人来了。", "zh-hans", {}),
        ("About 30,000 people came.", "Rund 30.000 Menschen kamen.", "de", {}),
        ("About 30,000 people came.", "Environ 30\u202f000 personnes.", "fr", {}),
        ("About 30,000 people came.", "Около 30 тыс. человек.", "ru", {}),
        ("About 30,000 people came.", "Rund 3.000 Menschen kamen.", "de", {"numbers": "error"}),
        ("It weighs 2.5 kg.", "Es wiegt 2,5 kg.", "de", {}),
        ("It weighs 2.5 kg.", "Es wiegt 25 kg.", "de", {"numbers": "error"}),
        ("Open 9:00 to 17:00.", "9時から17時まで開いています。", "ja", {}),
        ("Open 9:00 to 17:30.", "9時から17時まで開いています。", "ja", {"numbers": "error"}),
        ("Take 3 pills.", "Nehmen Sie drei Tabletten.", "de", {"numbers": "warning"}),
        ("Call ١١٩ now.", "119 anrufen.", "de", {}),
        ("Hello %(name)s.", "Guten Tag.", "de", {"printf": "error"}),
        ("Hello {name}.", "Guten Tag, {nome}.", "de", {"pythonbraceformat": "error"}),
        ("Write to a@example.org.", "Schreiben Sie an b@example.org.", "de", {"emails": "error"}),
        ("See https://a.example/.", "Siehe https://b.example/.", "de", {"urls": "error"}),
        ("Ask <b>us</b>.", "Fragen Sie uns.", "de", {"tags": "error"}),
        ("Ask us.", "<b>Fragen</b> Sie uns.", "de", {"tags": "error"}),
        ('<a id="a1">Ask</a> <b>us</b>.', '<b>Uns</b> <a id="a1">fragen</a>.', "de", {}),
        ("<b>Ask</b> us.", "</b>Fragen<b> Sie uns.", "de", {"tags": "error"}),
        ("Ask us.", " \n", "de", {"untranslated": "error"}),
        ("Where is the shelter?", "Where is the shelter?", "de", {"unchanged": "warning"}),
        ("Koko ga itai desu.", "Koko ga itai desu.", "de", {}),
        ("New York", "New York", "de", {}),
        # Whitespace and words.
        ("Ask us.", "Fragen  Sie uns.", "de", {"doublespacing": "warning"}),
        ("Ask us.", " Fragen Sie uns.", "de", {"startwhitespace": "warning"}),
        ("Ask us.", "Fragen Sie uns. ", "de", {"endwhitespace": "warning"}),
        ("Ask us.", "Fragen Sie Sie uns uns.", "de", {"doublewords": "warning"}),
        ("Carry it.", "Tragen Sie sie bei sich.", "de", {}),
        ("You meet.", "Vous vous retrouvez.", "fr", {}),
        ("Every one.", "Người người.", "vi", {}),
        (
            "Go to the shelter that your town hall names at once.",
            "行",
            "ja",
            {"short": "warning", "ending": "warning"},
        ),
        # Punctuation, by language.
        ("Who asks: we?", "Qui demande: nous?", "fr", {"punctuation": "warning"}),
        ("Who asks: we?", "Qui demande\u00a0: nous\u202f?", "fr", {}),
        ("From 10:30.", "À partir de 10:30.", "fr", {}),
        ("Stop. Wait.", "止まれ. 待て。", "ja", {"punctuation": "warning"}),
        ("Stop, wait.", "停下,等一下。", "zh-hans", {"punctuation": "warning"}),
        ("Stop, wait.", "停下，等一下。", "zh-hans", {}),
        ("Please wait here.", "กรุณารอที่นี่.", "th", {"punctuation": "warning"}),
        ("Please wait here.", "กรุณารอที่นี่", "th", {}),
        ("Where is it?", "Dónde está?", "es", {"punctuation": "warning"}),
        ("Where is it?", "¿Dónde está?", "es", {}),
        ("Where is it?", "どこですか。", "ja", {}),
        ("Stop.", "Halt", "de", {"ending": "warning"}),
        ("Stop", "Halten Sie an.", "de", {"ending": "warning"}),
        ("Stop , please.", "Halt , bitte.", "de", {"punctuation": "warning"}),
        ("Stop (now).", "Halt (jetzt.", "de", {"brackets": "warning"}),
        ("Stop “now”.", "„Jetzt“ halten.", "de", {}),
        # Terms.
        (
            "The JET Programme",
            "JET計画",
            "ja",
            {"forbidden_term": "error", "missing_term": "warning"},
        ),
        ("The JET Programme", "JETプログラム", "ja", {}),
        ("The JET Programme", "ジェットプログラム", "ja", {}),
        (
            "The JET Programme",
            "プログラム",
            "ja",
            {"forbidden_term": "error", "missing_term": "warning"},
        ),
        # A forbidden form within a right one is none.
        ("JET Programme", "das JET-Programms", "de", {}),
        ("CLAIR helps.", "クレアが手伝います。", "ja", {"missing_term": "warning"}),
        ("CLAIR helps.", "CLAIRが手伝います。", "ja", {}),
    ],
)
def test_a_target_is_checked(source, target, code, expected):
    assert check(source, target, code, terms=TERMS) == expected


def test_a_longer_term_of_which_a_language_says_nothing_hides_no_shorter_one():
    terms = Glossary((*TERMS.terms, Term("CLAIR Paris")))
    assert check("CLAIR Paris", "クレア・パリ", terms=terms) == {"missing_term": "warning"}


def test_a_target_that_its_field_cannot_hold_is_an_error():
    assert check("Waste", "ご" * 11, max_length=10) == {"length": "error"}
    assert check("Waste", "ご" * 10, max_length=10) == {}
    # What a reader sees counts, not the markup.
    assert check("<b>Waste</b>", f"<b>{'ご' * 10}</b>", max_length=10) == {}


def test_errors_come_before_warnings():
    findings = check_segment(
        "Call 119.", " 110に  電話", locale=Locale(language_code="ja"), terms=TERMS
    )
    severities = [finding.severity for finding in findings]
    assert severities == sorted(severities)
    assert severities[0] == "error"


def test_a_message_is_in_the_language_of_who_reads_it():
    with interface.override("de"):
        message = check_segment("A", "", locale=Locale(language_code="ja"))[0].message
    assert message  # translated once the catalogues have it


def test_a_message_names_the_right_form():
    finding = check_segment(
        "The JET Programme", "JET計画", locale=Locale(language_code="ja"), terms=TERMS
    )[0]
    assert "JET計画" in finding.message
    assert "JETプログラム" in finding.message


# The site's own content


@pytest.fixture(scope="module")
def findings_of_content() -> tuple[Counter, list]:
    entries = read_glossary(settings.BASE_DIR / "content" / "glossary.yaml")
    counts: Counter = Counter()
    errors = []
    for code in LANGUAGES:
        if code == SOURCE_CODE:
            continue
        glossary = Glossary(
            tuple(
                Term(
                    entry["term"],
                    case_sensitive=entry.get("case_sensitive", False),
                    do_not_translate=entry.get("do_not_translate", False),
                    **{
                        status: tuple(each) for status, each in entry["forms"].get(code, {}).items()
                    },
                )
                for entry in entries
            )
        )
        checker = SegmentChecker(Locale(language_code=code), glossary)
        for entry in polib.pofile(str(settings.BASE_DIR / "content" / f"{code}.po")):
            for finding in checker.check(entry.msgid, entry.msgstr):
                counts["texts with " + finding.severity] += 1
                if finding.severity == "error":
                    errors.append((code, finding.code, finding.message, entry.msgstr))
            counts["texts"] += 1
    return counts, errors


def test_the_content_has_no_errors_and_few_warnings(findings_of_content):
    counts, errors = findings_of_content
    assert errors == []
    assert counts["texts"] > 8000
    assert counts["texts with warning"] <= 30


# A whole translation


@pytest.fixture
def japanese(db) -> Locale:
    return make_locale("ja")


def test_a_translation_is_checked_segment_by_segment(japanese):
    page = make_page(
        make_home(),
        title="Waste",
        body=[block("notice", {"kind": "warning", "title": "Call 119", "text": "Call us."})],
    )
    translation = translate(
        bring_in(page)[0], japanese, {"Waste": "ごみ", "Call 119": "110に電話", "Call us.": "電話"}
    )
    found = [
        (segment.source, finding.code, finding.severity)
        for segment, finding in check_translation(translation)
    ]
    assert found == [("Call 119", "numbers", "error"), ("Call us.", "ending", "warning")]
    assert has_errors(translation)
    translate(translation.source, japanese, {"Call 119": "119に電話"})
    assert not has_errors(translation)


def test_a_title_that_is_too_long_for_its_field_stops_the_page(japanese):
    page = make_page(make_home(), title="Waste")
    translation = submit(bring_in(page)[0], japanese)
    (title,) = [each for each in segments_of(translation.source_id) if each.path == "title"]
    write_targets(translation, {title.key: "ごみ" * 128})
    assert [finding.code for _, finding in check_translation(translation)] == ["length"]


def test_the_glossary_in_the_database_counts(japanese):
    term = GlossaryTerm.objects.create(term="waste")
    GlossaryForm.objects.create(term=term, locale=japanese, text="ごみ")
    GlossaryForm.objects.create(term=term, locale=japanese, text="廃棄物", status="forbidden")
    page = make_page(make_home(), title="Waste")
    translation = translate(bring_in(page)[0], japanese, {"Waste": "廃棄物"})
    assert [(each.code, each.severity) for _, each in check_translation(translation)] == [
        ("forbidden_term", "error"),
        ("missing_term", "warning"),
    ]


def test_checking_takes_the_same_queries_for_a_long_page(japanese, django_assert_max_num_queries):
    home = make_home()
    for number in (5, 80):
        source = bring_in(make_page(home, body=notices(number)))[0]
        words = {f"Notice {n}": f"お知らせ{n}" for n in range(1, number + 1)}
        translate(source, japanese, words)
        translation = submit(source, japanese)
        with django_assert_max_num_queries(7):
            assert check_translation(translation) == []


@pytest.mark.django_db
def test_the_limit_of_a_field_or_block_is_known_by_its_path():
    assert limit_of(StandardPage, "title") == 255
    assert limit_of(StandardPage, "body.text") is None
    assert limit_of(StandardPage, "gone") is None
    assert limit_of(StandardPage, "body.gone.title") is None
