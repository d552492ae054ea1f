"""Fixed terms are found in a source, and so is whether a target writes them as agreed."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from wagtail.models import Locale

from accounts.groups import create_groups
from tests.accounts.factories import signed_in
from tests.pages.factories import make_home, make_locale
from translations.glossary.finding import Glossary, Term, glossary_of, has_form
from translations.glossary.loading import GlossaryError, load_glossary, read_glossary
from translations.languages import LANGUAGES, SOURCE_CODE
from translations.models import GlossaryForm, GlossaryTerm

OFFICES = ["New York", "London", "Paris", "Beijing", "Seoul", "Singapore", "Sydney"]


def found(text: str, *terms: str, **more) -> list[str]:
    glossary = Glossary(tuple(Term(term, **more) for term in terms))
    return [text[each.start : each.end] for each in glossary.find(text)]


@pytest.mark.parametrize(
    ("text", "terms", "expected"),
    [
        ("Ask the city hall.", ["city hall"], ["city hall"]),
        ("City halls are open.", ["city hall"], ["City halls"]),
        ("The city\nhall is open.", ["city hall"], ["city\nhall"]),
        ("Sister cities and a sister city", ["sister city"], ["Sister cities", "sister city"]),
        ("sister cities of Paris", ["sister city of Paris"], ["sister cities of Paris"]),
        ("The salt in the sea", ["alt", "sea"], ["sea"]),
        ("CLAIR’s office, CLAIR.", ["CLAIR"], ["CLAIR", "CLAIR"]),
        ("The JET Programme and JET", ["JET", "JET Programme"], ["JET Programme", "JET"]),
        (
            "Citizens' International Plaza",
            ["Citizens’ International Plaza"],
            ["Citizens' International Plaza"],
        ),
        ("nothing of it", ["CLAIR"], []),
    ],
)
def test_a_term_is_found_as_a_whole_and_the_longest_first(text, terms, expected):
    assert found(text, *terms) == expected


def test_an_abbreviation_is_not_the_word_that_reads_like_it():
    assert found("The sea and an SEA, or two SEAs", "SEA", case_sensitive=True) == ["SEA", "SEAs"]


@pytest.mark.parametrize(
    ("target", "form", "expected"),
    [
        ("участие в программе JET", "програм* JET", True),
        ("Программа JET", "програм* JET", True),
        ("Programas JET", "Programa JET", False),
        ("JETプログラムに参加する", "JETプログラム", True),
        ("CLAIRは団体です", "CLAIR", True),
        ("CLAIR는 기관입니다", "CLAIR", True),
        ("โครงการ JETเริ่ม", "โครงการ JET", True),
        ("l’Espace international des citoyens", "Espace international des citoyens", True),
        ("ECLAIRAGE", "CLAIR", False),
        ("外国語指導助手が来る", "外国語指導助手", True),
    ],
)
def test_a_form_is_found_in_the_way_of_its_script(target, form, expected):
    assert has_form(target, form) is expected


@pytest.mark.django_db
def test_the_glossary_of_a_language_has_its_forms_only(django_assert_num_queries):
    japanese, korean = make_locale("ja"), make_locale("ko")
    term = GlossaryTerm.objects.create(term="JET Programme", definition="An exchange programme.")
    for locale, status, text in [
        (japanese, "preferred", "JETプログラム"),
        (japanese, "forbidden", "ジェットプログラム"),
        (korean, "preferred", "JET 프로그램"),
    ]:
        GlossaryForm.objects.create(term=term, locale=locale, status=status, text=text)
    with django_assert_num_queries(2):
        glossary = glossary_of(japanese)
    (one,) = glossary.terms
    assert (one.preferred, one.allowed, one.forbidden) == (
        ("JETプログラム",),
        (),
        ("ジェットプログラム",),
    )
    assert one.definition == "An exchange programme."


def test_a_name_stays_as_it_is_where_a_language_has_no_form_of_its_own():
    assert Term("CLAIR", do_not_translate=True).wanted == ("CLAIR",)
    assert (
        Term("ALT", do_not_translate=True, preferred=("외국어지도조수",)).shown == "외국어지도조수"
    )
    assert Term("office").wanted == ()


# The content's own glossary


@pytest.fixture(autouse=True)
def empty_glossary(db) -> None:
    """The site's own terms are there when other tests have loaded its content."""
    GlossaryTerm.objects.all().delete()


@pytest.fixture
def all_locales(db) -> None:
    for code in LANGUAGES:
        make_locale(code)


@pytest.fixture
def content_terms() -> list[dict]:
    return read_glossary(settings.BASE_DIR / "content" / "glossary.yaml")


def test_clair_s_own_names_are_in_the_glossary_in_all_languages(all_locales, content_terms):
    load_glossary(content_terms)
    names = ["CLAIR", "JET Programme", "ALT", "CIR", "SEA", "Citizens’ International Plaza"]
    full = [code for code, each in LANGUAGES.items() if code != SOURCE_CODE and not each.partial]
    assert len(full) == 12
    for code in full:
        terms = {
            each.term: each for each in glossary_of(Locale.objects.get(language_code=code)).terms
        }
        for name in [*names, *OFFICES]:
            assert terms[name].shown, (code, name)


def test_loading_again_changes_nothing_that_people_changed(
    all_locales, content_terms, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        assert load_glossary(content_terms) > 150
    GlossaryTerm.objects.filter(term="CLAIR").update(definition="Ours.")
    term = GlossaryTerm.objects.get(term="JET Programme")
    term.forms.filter(locale__language_code="ja").update(text="JETプログラムズ")
    assert load_glossary(content_terms) == 0
    assert GlossaryTerm.objects.get(term="CLAIR").definition == "Ours."
    assert term.forms.get(locale__language_code="ja").text == "JETプログラムズ"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("- definition: none", "has no term"),
        ("- {term: CLAIR, colour: red}", "unknown colour"),
        ("- {term: CLAIR, forms: {ja: {loved: クレア}}}", "preferred, allowed or forbidden"),
        ("term: CLAIR", "a list of terms"),
        ("- [", "not a YAML file"),
    ],
)
def test_a_broken_file_is_refused_with_the_reason(tmp_path: Path, text, reason):
    path = tmp_path / "glossary.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GlossaryError, match=reason):
        read_glossary(path)


# In the admin


@pytest.mark.django_db
def test_an_editor_adds_a_term_with_its_forms():
    make_home()
    japanese = make_locale("ja")
    create_groups()
    client = signed_in("editor")
    address = "/admin/snippets/translations/glossaryterm/"
    assert client.get(address + "add/").status_code == 200
    response = client.post(
        address + "add/",
        {
            "term": "town hall",
            "definition": "Where residents register.",
            "forms-TOTAL_FORMS": 2,
            "forms-INITIAL_FORMS": 0,
            "forms-0-locale": japanese.pk,
            "forms-0-status": "preferred",
            "forms-0-text": "役場",
            "forms-1-locale": japanese.pk,
            "forms-1-status": "forbidden",
            "forms-1-text": "タウンホール",
        },
    )
    assert response.status_code == 302
    (term,) = glossary_of(japanese).terms
    assert (term.term, term.preferred, term.forbidden) == (
        "town hall",
        ("役場",),
        ("タウンホール",),
    )
    html = client.get(address + "?q=役場").content.decode()
    assert "town hall" in html
    assert "town hall" not in client.get(address + "?q=駅").content.decode()


@pytest.mark.django_db
def test_a_translator_reads_the_glossary_and_does_not_change_it():
    make_home()
    make_locale("ja")
    term = GlossaryTerm.objects.create(term="town hall")
    create_groups()
    client = signed_in("translator-ja")
    address = "/admin/snippets/translations/glossaryterm/"
    assert "town hall" in client.get(address).content.decode()
    assert client.get(f"{address}edit/{term.pk}/").status_code == 302
    assert client.post(f"{address}delete/{term.pk}/").status_code == 302
    assert GlossaryTerm.objects.filter(pk=term.pk).exists()


@pytest.mark.django_db
def test_the_same_term_twice_is_refused():
    make_home()
    GlossaryTerm.objects.create(term="town hall")
    create_groups()
    response = signed_in("editor").post(
        "/admin/snippets/translations/glossaryterm/add/",
        {"term": "town hall", "forms-TOTAL_FORMS": 0, "forms-INITIAL_FORMS": 0},
    )
    assert "The glossary has this term already." in response.content.decode()
