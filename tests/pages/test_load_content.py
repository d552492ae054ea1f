"""The starting content: what is loaded, what happens the second time, what is refused and how."""

from __future__ import annotations

import shutil
from io import StringIO
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation

from pages.models import BasePage, Figure
from pages.starting_content import translated
from tests.translations.factories import EASY_GERMAN
from translations.glossary.finding import glossary_of
from translations.languages import LANGUAGES, Language, django_choices
from translations.memory.filling import fill_memory
from translations.models import MemoryUnit

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, site_content, db) -> Path:
    """A copy of the content that a test may break."""
    copy = tmp_path / "content"
    shutil.copytree(settings.BASE_DIR / "content", copy)
    return copy


def load(folder: Path, *languages: str) -> str:
    """What load_content says, of some languages to be quick."""
    out = StringIO()
    call_command("load_content", folder=folder, language=languages, stdout=out, stderr=out)
    return out.getvalue()


def state() -> tuple:
    """What must not change when a file is refused."""
    return (
        list(BasePage.objects.order_by("pk").values_list("pk", "title", "last_published_at")),
        list(Figure.objects.order_by("pk").values_list("pk", "value", "counts")),
        StringTranslation.objects.count(),
    )


def replace(file: Path, old: str, new: str) -> int:
    """Changes a file's text. Gives the line on which the change stands."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_a_second_run_changes_nothing(folder):
    before = state()
    assert "everything is up to date" in load(folder)
    assert state() == before


def test_every_page_is_live_in_every_language_below_the_same_parent(site_content):
    keys = set(
        BasePage.objects.filter(locale__language_code="en").values_list(
            "translation_key", flat=True
        )
    )
    for code, language in LANGUAGES.items():
        pages = BasePage.objects.filter(locale__language_code=code, live=True)
        found = set(pages.values_list("translation_key", flat=True))
        assert found < keys if language.partial else found == keys
    assert Page.find_problems() == ([], [], [], [], [])


def table_rows(url_path: str) -> list[list[str]]:
    """The cells of a page's first table."""
    body = Page.objects.get(url_path=url_path).specific.body
    return next(block.value["data"] for block in body if block.block_type == "table")


def test_every_translation_is_in_the_memory_and_the_terms_in_the_glossary(site_content):
    assert fill_memory() == 0
    remembered = MemoryUnit.objects.filter(target_locale__language_code="th", origin="imported")
    assert remembered.filter(source="Sydney", target="ซิดนีย์").exists()
    assert remembered.filter(before__isnull=False, after__isnull=False).exists()
    thai = glossary_of(Locale.objects.get(language_code="th"))
    assert next(each.shown for each in thai.terms if each.term == "JET Programme") == "โครงการ JET"


def test_every_language_has_its_own_words_in_tables(site_content):
    path = "multicultural/guide/emergency-numbers/"
    source = table_rows(f"/home/{path}")
    for code in LANGUAGES:
        if code == "en":
            continue
        catalogue = polib.pofile(str(settings.BASE_DIR / "content" / f"{code}.po"))
        words = {e.msgid: e.msgstr for e in catalogue if e.msgctxt == f"/{path}"}
        assert table_rows(f"/home-{code}/{path}") == [[words[c] for c in row] for row in source]


def test_a_changed_sentence_is_published_and_its_translations_fall_back_to_it(folder):
    file = folder / "pages" / "contact.yaml"
    replace(file, "If you are not sure, call the head office.", "Call the head office first.")
    assert "en: 1 pages" in load(folder, "de")
    page = Page.objects.get(url_path="/home/contact/").specific
    assert "Call the head office first." in str(page.body)
    german = Page.objects.get(url_path="/home-de/contact/").specific
    assert "Call the head office first." in str(german.body)
    assert german.title == polib_title(folder, "de", "Contact")


def polib_title(folder: Path, code: str, title: str) -> str:
    """A page title's translation as the PO file has it."""
    catalogue = polib.pofile(str(folder / f"{code}.po"))
    return next(entry.msgstr for entry in catalogue if entry.msgid == title)


def test_a_changed_translation_reaches_its_page_and_no_other(folder):
    catalogue = polib.pofile(str(folder / "ko.po"))
    entry = next(e for e in catalogue if e.msgctxt == "/contact/" and e.msgid == "Contact")
    entry.msgstr = "연락처"
    catalogue.save()
    said = load(folder, "ko", "ja")
    assert "ko: 1 pages and figures" in said
    assert "ja: 0 pages and figures" in said
    assert Page.objects.get(url_path="/home-ko/contact/").title == "연락처"


def test_a_load_that_was_interrupted_goes_on_where_it_stopped(folder, monkeypatch):
    replace(folder / "pages" / "contact.yaml", "order: 60", "order: 60\nseo_title: Reach us")
    calls = []

    make_target = translated.make_target

    def make_target_until_the_power_goes(*args, **kwargs):
        calls.append(args)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return make_target(*args, **kwargs)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(translated, "make_target", make_target_until_the_power_goes)
        load(folder, "ja", "ko", "vi", "th")
    said = load(folder, "ja", "ko", "vi", "th")
    assert "ja: 0 pages and figures" in said
    assert "th: 1 pages and figures" in said
    assert "everything is up to date" in load(folder, "ja", "ko", "vi", "th")
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_page_that_staff_deleted_is_not_made_again(folder):
    Page.objects.get(url_path="/home-th/multicultural/training/").delete()
    assert "th: 0 pages and figures" in load(folder, "th")
    assert not Page.objects.filter(url_path="/home-th/multicultural/training/").exists()


def test_content_that_staff_have_changed_since_is_left_alone_when_loaded_once(site_content):
    page = Page.objects.get(url_path="/home/contact/")
    page.title = "Reach us"
    page.save()
    call_command("load_content", once=True)
    page.refresh_from_db()
    assert page.title == "Reach us"


BROKEN_PAGES = [
    ("contact.yaml", "telephone:", "telefone:", "no field “telefone”"),
    ("contact.yaml", "type: pages.ContactPage", "type: pages.Nowhere", "no page type"),
    ("contact.yaml", "title: Contact", "title:", "needs a title"),
    ("contact.yaml", "drawing: contact", "drawing: castle", "no drawing “castle”"),
    ("contact.yaml", "- notice:", "- noticed:", "unknown block type “noticed”"),
    ("contact.yaml", "kind: urgent", "urgency: 1", "unknown key “urgency”"),
    ("contact.yaml", "- {line: Hanzomon Line, ", "- {", "“line” is missing"),
    ("about.yaml", "page: /offices/", "page: /office/", "no page “/office/”"),
    ("about.yaml", "founded_year: 1988", "founded_year: long ago", "founded_year"),
    ("about.yaml", "**Languages,**", "# Languages", "Markdown that text cannot hold: h1"),
    ("index.yaml", "overseas-offices", "oversea-offices", "no figure series “oversea-offices”"),
    ("jet/stories.yaml", "jet-festival.svg", "festival.svg", "no picture “festival.svg”"),
    ("jet/participants.yaml", '["1992", "China"]', '["1992"]', "a row of 1 cells"),
    ("about.yaml", "order: 50", "order: 50\norder: 51", "stands twice"),
    ("about.yaml", "body:", "body: [", "expected"),
]


@pytest.mark.parametrize(("name", "old", "new", "reason"), BROKEN_PAGES)
def test_a_broken_page_file_is_refused_with_file_line_and_reason(folder, name, old, new, reason):
    before = state()
    file = folder / "pages" / name
    line = replace(file, old, new)
    with pytest.raises(CommandError) as refusal:
        load(folder)
    message = str(refusal.value)
    assert str(file) in message
    assert reason in message
    stated = int(message.removeprefix(f"{file}:").split(":")[0])
    # The line named is where the block or the key begins that holds the mistake.
    assert line - 15 <= stated <= line + 1, message
    assert "Nothing was changed." in message
    assert state() == before


def break_line(file: Path, old: str, new: str) -> None:
    """Breaks the form of a PO file."""
    replace(file, old, new)


def break_target(file: Path, old: str, new: str) -> None:
    """Breaks the first translation that holds `old`."""
    catalogue = polib.pofile(str(file))
    entry = next(entry for entry in catalogue if old in entry.msgstr)
    entry.msgstr = entry.msgstr.replace(old, new, 1)
    catalogue.save()


BROKEN_CATALOGUES = [
    (break_line, 'msgid "Contact"', "msgid Contact", "not a line of a PO file"),
    (break_line, 'msgctxt "/contact/"\n', "", "no msgctxt"),
    (break_target, "</b>", "", "The tags differ"),
    (break_target, '<a id="a1">', '<a href="https://elsewhere.example">', "attributes"),
    (break_target, '<a id="a1">', '<a id="a9">', "a9"),
    (break_target, '<a id="a1">', "<script>", "<script>"),
]


@pytest.mark.parametrize(("spoil", "old", "new", "reason"), BROKEN_CATALOGUES)
def test_a_broken_catalogue_is_refused_and_changes_nothing(folder, spoil, old, new, reason):
    before = state()
    spoil(folder / "fr.po", old, new)
    replace(folder / "pages" / "contact.yaml", "title: Contact", "title: Contact us")
    with pytest.raises(CommandError) as refusal:
        load(folder, "fr")
    assert str(folder / "fr.po") in str(refusal.value)
    assert reason in str(refusal.value)
    assert state() == before


def test_a_page_without_a_parent_is_refused(folder):
    (folder / "pages" / "jet" / "index.yaml").unlink()
    with pytest.raises(CommandError, match="there is no page “/jet/” to stand below"):
        load(folder)


def test_the_catalogues_of_the_content_are_complete(site_content):
    out = StringIO()
    call_command("content_catalogues", check=True, stdout=out)
    assert "texts are there in every language" in out.getvalue()


@pytest.fixture
def easy_german(monkeypatch, settings) -> Language:
    """A partial language more, added by its entry."""
    monkeypatch.setitem(LANGUAGES, EASY_GERMAN.code, EASY_GERMAN)
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = django_choices()
    return EASY_GERMAN


def test_the_catalogue_of_a_partial_language_begins_with_the_home_page_and_its_figures(
    folder, easy_german
):
    call_command("content_catalogues", folder=folder, stdout=StringIO())
    catalogue = polib.pofile(str(folder / "de-leicht.po"))
    assert {entry.msgctxt for entry in catalogue} == {"/", "figures"}
    units = {entry.msgid for entry in catalogue if entry.msgctxt == "figures"}
    assert "CLAIR offices outside Japan" in units
    assert "Local Government Focus, January 1998" in units  # of an earlier figure
    assert "former JET participants" not in units


def test_an_entry_with_a_pages_path_brings_the_page_into_a_partial_language(folder, easy_german):
    """One entry in the list, one PO: nothing else makes a language of some pages."""
    path = folder / "de-leicht.po"
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    catalogue.append(polib.POEntry(msgctxt="/jet/participants/", msgid="How many people"))
    catalogue.save(str(path))
    call_command("content_catalogues", folder=folder, stdout=StringIO())

    catalogue = polib.pofile(str(path))
    assert {e.msgctxt for e in catalogue} == {"/", "/jet/", "/jet/participants/", "figures"}
    with pytest.raises(CommandError, match="de-leicht: /jet/participants/: "):
        call_command("content_catalogues", folder=folder, check=True, stdout=StringIO())
    for entry in catalogue:
        entry.msgstr = entry.msgid.replace("JET", "JET leicht")
    catalogue.save()
    call_command("content_catalogues", folder=folder, check=True, stdout=StringIO())

    load(folder, "de-leicht")
    pages = Page.objects.filter(locale__language_code="de-leicht", live=True)
    assert sorted(pages.values_list("url_path", flat=True)) == [
        "/home-de-leicht/",
        "/home-de-leicht/jet/",
        "/home-de-leicht/jet/participants/",
    ]
    figures = Figure.objects.filter(locale__language_code="de-leicht")
    assert figures.filter(series="jet-participants").count() == 2
    assert not figures.filter(series="managers").exists()
    assert Page.find_problems() == ([], [], [], [], [])
    html = Client().get("/de-leicht/jet/").content.decode()
    assert '<html lang="de" dir="ltr">' in html
    assert 'href="/de-leicht/jet/participants/"' in html
    assert 'href="/de-leicht/jet/alumni/"' not in html
    assert Client().get("/de-leicht/contact/").status_code == 404
    assert "everything is up to date" in load(folder, "de-leicht")


def test_what_a_catalogue_of_a_partial_language_names_no_more_stays_as_staff_left_it(folder):
    path = folder / "ja-easy.po"
    catalogue = polib.pofile(str(path))
    for entry in [each for each in catalogue if each.msgctxt == "/about/"]:
        catalogue.remove(entry)
    catalogue.save()
    before = state()
    assert "ja-easy: 0 pages and figures" in load(folder, "ja-easy")
    assert state() == before


def test_new_source_text_comes_into_the_catalogues_and_old_text_leaves(folder):
    replace(folder / "pages" / "contact.yaml", "title: Contact", "title: Reach us")
    out = StringIO()
    call_command("content_catalogues", folder=folder, stdout=out)
    assert "th: 1 new, 1 gone" in out.getvalue()
    entries = {(e.msgctxt, e.msgid): e for e in polib.pofile(str(folder / "th.po"))}
    assert entries["/contact/", "Reach us"].msgstr == ""
    assert ("/contact/", "Contact") not in entries
    assert entries["/contact/", "Which section to ask"].msgstr
