"""The interface's catalogues are complete in every language, and Django reads what they say."""

from __future__ import annotations

import re

import polib
import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import gettext, ngettext, override

from translations import catalogues
from translations.catalogues import Message
from translations.languages import LANGUAGES, SOURCE_CODE, Language

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?\w+[^>]*>")

every_language = pytest.mark.parametrize(
    "language", catalogues.target_languages(), ids=lambda language: language.code
)


@pytest.fixture(scope="module")
def found() -> dict[Message, list[tuple[str, str]]]:
    """All strings of code and templates, looked for once."""
    return catalogues.found_messages()


def entries(language: Language) -> list[polib.POEntry]:
    return list(polib.pofile(str(catalogues.catalogue_path(language))))


def targets(entry: polib.POEntry) -> list[str]:
    """The target text, or all plural forms of it."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_there_is_a_catalogue_for_each_language_but_the_source():
    codes = {language.code for language in catalogues.target_languages()}
    assert codes == set(LANGUAGES) - {SOURCE_CODE}


@every_language
def test_nothing_is_missing_fuzzy_or_left_over(language, found, monkeypatch):
    monkeypatch.setattr(catalogues, "found_messages", lambda: found)
    assert catalogues.gaps(language) == []


@every_language
def test_placeholders_and_tags_are_those_of_the_source(language):
    for entry in entries(language):
        for target in targets(entry):
            for pattern in (PLACEHOLDER, TAG):
                assert sorted(pattern.findall(target)) == sorted(pattern.findall(entry.msgid))


@every_language
def test_targets_begin_and_end_as_their_sources_do(language):
    for entry in entries(language):
        for target in targets(entry):
            assert target == target.strip()
            assert "\n" not in target
            assert not entry.obsolete


# How “{count} minutes on foot” reads for 0, 1, 2, 5 and 21 minutes.
WALKS = {
    "en": ("minutes", "minute", "minutes", "minutes", "minutes"),
    "ja": ("徒歩0分", "徒歩1分", "徒歩2分", "徒歩5分", "徒歩21分"),
    "ja-easy": ("歩いて 0分", "歩いて 1分", "歩いて 2分", "歩いて 5分", "歩いて 21分"),
    "zh-hans": ("步行0分钟", "步行1分钟", "步行2分钟", "步行5分钟", "步行21分钟"),
    "ko": ("도보 0분", "도보 1분", "도보 2분", "도보 5분", "도보 21분"),
    "es": ("minutos", "minuto", "minutos", "minutos", "minutos"),
    "pt-br": ("minuto", "minuto", "minutos", "minutos", "minutos"),
    "tl": ("minutong",) * 5,
    "de": ("Minuten", "Minute", "Minuten", "Minuten", "Minuten"),
    "vi": ("phút",) * 5,
    "fr": ("minute", "minute", "minutes", "minutes", "minutes"),
    "ru": ("минут", "минута", "минуты", "минут", "минута"),
    "id": ("menit",) * 5,
    "th": ("นาที",) * 5,
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_language_counts_as_its_speakers_do(code):
    with override(code):
        for count, form in zip((0, 1, 2, 5, 21), WALKS[code], strict=True):
            text = ngettext("%(minutes)s minute on foot", "%(minutes)s minutes on foot", count)
            shown = text % {"minutes": count}
            assert re.search(rf"(^|\W|\d){re.escape(form)}(\W|\d|$)", shown), shown
            assert str(count) in shown


def test_russian_counts_eleven_and_twenty_two_by_their_ends():
    with override("ru"):
        forms = {
            count: ngettext("%(minutes)s minute on foot", "%(minutes)s minutes on foot", count)
            for count in (11, 12, 22, 25, 111, 121)
        }
    assert [text.split()[1] for text in forms.values()] == [
        *("минут", "минут", "минуты", "минут", "минут", "минута"),
    ]


@every_language
def test_django_shows_what_the_catalogue_says(language):
    wanted = {
        entry.msgid: entry.msgstr
        for entry in entries(language)
        if entry.msgstr and not entry.msgctxt
    }
    with override(language.code):
        assert {text: gettext(text) for text in wanted} == wanted


def test_a_new_string_a_gap_and_a_string_that_went_are_told_by_name(monkeypatch, tmp_path):
    monkeypatch.setattr(catalogues, "locale_folder", lambda: tmp_path)
    japanese = LANGUAGES["ja"]
    strings = {Message("Waste"): [("a.html", "")], Message("Guide"): [("a.html", "")]}
    monkeypatch.setattr(catalogues, "found_messages", lambda: strings)
    assert catalogues.update(japanese) == (2, 0)

    path = catalogues.catalogue_path(japanese)
    catalogue = polib.pofile(str(path))
    catalogue.find("Waste").msgstr = "ごみ"
    catalogue.find("Guide").msgstr = "ガイド"
    catalogue.find("Guide").flags = ["fuzzy"]
    catalogue.save()
    assert catalogues.gaps(japanese) == ["ja: fuzzy: 'Guide'"]

    strings = {Message("Waste"): [("b.html", "")], Message("News"): [("b.html", "")]}
    assert catalogues.gaps(japanese) == [
        "ja: not in the catalogue: 'News'",
        "ja: no longer used: 'Guide'",
        "ja: fuzzy: 'Guide'",
    ]
    assert catalogues.update(japanese) == (1, 1)
    assert polib.pofile(str(path)).find("Waste").msgstr == "ごみ"
    assert catalogues.gaps(japanese) == ["ja: not translated: 'News'"]


def test_the_command_fails_on_a_gap_and_names_it(monkeypatch, capsys):
    monkeypatch.setattr(catalogues, "gaps", lambda language: [])
    call_command("catalogues", check=True)
    assert "complete" in capsys.readouterr().out
    monkeypatch.setattr(catalogues, "gaps", lambda language: [f"{language.code}: fuzzy: 'Waste'"])
    with pytest.raises(CommandError, match="th: fuzzy: 'Waste'"):
        call_command("catalogues", check=True)


def test_strings_are_found_in_python_and_in_templates_with_plural_and_context(found):
    assert Message("Skip to the content") in found
    walk = Message("%(minutes)s minute on foot", "%(minutes)s minutes on foot")
    assert found[walk] == [("pages/templates/pages/access_map.html", "")]
    assert ("pages/models/figures.py", "") in found[Message("over")]
