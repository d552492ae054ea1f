"""What leaves as a file comes back as it was, from our hands and from translators' tools."""

from __future__ import annotations

import html
from collections.abc import Callable

import polib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree
from translate.storage.pypo import pofile
from translate.storage.xliff import Xliff1File
from translate.storage.xliff2 import Xliff2File
from wagtail_localize.models import StringTranslation, Translation

from pages.models import StandardPage
from tests.pages.factories import make_page, notices
from translations.exchange.delivering import take_file
from translations.exchange.documents import documents_of
from translations.exchange.exporting import WRITERS, FileFormat
from translations.exchange.reading import read
from translations.models import FuzzyTarget, TargetState
from translations.segments.reading import Key, segments_of
from translations.segments.writing import Suggestion, write_fuzzy, write_targets
from translations.store import bring_in
from translations.targets import submit

pytestmark = pytest.mark.django_db

LINKED = 'Ask <a id="a1">the <b>desk</b></a> first.'
LINKED_TARGET = '<a id="a1">まず<b>窓口</b></a>に聞く。'
XLIFF = {FileFormat.XLIFF12: Xliff1File, FileFormat.XLIFF20: Xliff2File}


def exported(translation: Translation, chosen: FileFormat) -> bytes:
    """The file that a translator downloads."""
    rows = Translation.objects.select_related("source__locale", "target_locale")
    (document,) = documents_of([rows.get(pk=translation.pk)])
    return WRITERS[chosen].write(document)


def keys_of(translation: Translation) -> dict[str, Key]:
    """The segments by their text; of a text that stands twice, the first."""
    keys = {}
    for segment in segments_of(translation.source_id):
        keys.setdefault(segment.source, segment.key)
    return keys


def stored(translation: Translation) -> list[tuple]:
    """All that is known of the targets, final and fuzzy."""
    mine = {"context__object_id": translation.source.object_id}
    final = StringTranslation.objects.filter(**mine).values_list(
        "translation_of__data", "context__path", "data", "state__note"
    )
    fuzzy = FuzzyTarget.objects.filter(**mine).values_list(
        "string__data", "context__path", "text", "note", "previous_source"
    )
    return sorted(final) + sorted(fuzzy)


@pytest.fixture
def half_done(translation, draft) -> Translation:
    """A translation with a final text and its note, one with tags, a fuzzy one, and the rest."""
    keys = keys_of(translation)
    write_targets(translation, {keys["Waste"]: "ごみ & 資源", keys[LINKED]: LINKED_TARGET})
    TargetState.objects.filter(target__context_id=keys["Waste"][1]).update(note="As the city\nsays")
    write_fuzzy(
        translation,
        {
            keys["Sort &amp; tie."]: Suggestion(
                "分ける &amp; しばる", previous_source="Sort &amp; bind.", note="しばる?"
            )
        },
    )
    return translation


@pytest.mark.parametrize("chosen", FileFormat)
def test_a_file_that_comes_back_as_it_left_restores_everything(half_done, admin_user, chosen):
    data = exported(half_done, chosen)
    before = stored(half_done)
    StringTranslation.objects.filter(context__object_id=half_done.source.object_id).delete()
    FuzzyTarget.objects.filter(context__object_id=half_done.source.object_id).delete()
    report = take_file("waste", data, admin_user)
    assert report.taken.problems == []
    assert (report.titles, report.taken.written, report.taken.fuzzy) == (["Waste"], 2, 1)
    # In XLIFF an ampersand is only an ampersand.
    assert html.unescape(str(stored(half_done))) == html.unescape(str(before))


@pytest.mark.parametrize("chosen", FileFormat)
def test_a_file_that_comes_back_unchanged_changes_nothing(half_done, admin_user, chosen):
    before = stored(half_done)
    report = take_file("waste", exported(half_done, chosen), admin_user)
    assert (report.taken.written, report.taken.problems) == (0, [])
    assert stored(half_done) == before


def with_toolkit_po(data: bytes) -> bytes:
    """What Weblate and Virtaal make of a PO file: both work with translate-toolkit."""
    file = pofile.parsestring(data)
    for unit in file.units:
        if unit.source == "Use the stairs.":
            unit.target = "階段を使う。"
        elif unit.source == "Avoid lifts.":
            unit.target = "エレベーターは避ける。"
            unit.markfuzzy()
            unit.addnote("本当に?", origin="translator")
    return bytes(file)


def with_poedit(data: bytes) -> bytes:
    """What Poedit makes of a PO file: its own headers, other line lengths, Windows' line ends."""
    file = polib.pofile(data.decode(), wrapwidth=40)
    file.metadata |= {"X-Generator": "Poedit 3.5", "Plural-Forms": "nplurals=1; plural=0;"}
    file.find("Use the stairs.").msgstr = "階段を使う。"
    unsure = file.find("Avoid lifts.")
    unsure.msgstr, unsure.tcomment = "エレベーターは避ける。", "本当に?"
    unsure.flags.append("fuzzy")
    file.append(polib.POEntry(msgid="Long gone", msgstr="もうない", obsolete=True))
    return b"\xef\xbb\xbf" + str(file).replace("\n", "\r\n").encode()


def with_toolkit_xliff(kind: type) -> Callable[[bytes], bytes]:
    """What Weblate and Virtaal make of an XLIFF file."""

    def work(data: bytes) -> bytes:
        file = kind.parsestring(data)
        for unit in file.units:
            if unit.source == "Use the stairs.":
                unit.target = "階段を使う。"
                unit.marktranslated()
            elif unit.source == "Avoid lifts.":
                unit.target = "エレベーターは避ける。"
                unit.markfuzzy()
                unit.addnote("本当に?", origin="translator")
        return bytes(file)

    return work


@pytest.mark.parametrize(
    ("chosen", "tool"),
    [
        (FileFormat.PO, with_toolkit_po),
        (FileFormat.PO, with_poedit),
        (FileFormat.XLIFF12, with_toolkit_xliff(Xliff1File)),
        (FileFormat.XLIFF20, with_toolkit_xliff(Xliff2File)),
    ],
    ids=["po-weblate", "po-poedit", "xliff12-weblate", "xliff20-weblate"],
)
def test_what_a_translator_did_in_their_tool_arrives(half_done, admin_user, chosen, tool):
    before = stored(half_done)
    report = take_file("waste", tool(exported(half_done, chosen)), admin_user)
    assert report.taken.problems == []
    assert (report.taken.written, report.taken.fuzzy) == (1, 2)
    new = [row for row in stored(half_done) if row not in before]
    assert [(row[0], row[2], row[3]) for row in new] == [
        ("Use the stairs.", "階段を使う。", ""),
        ("Avoid lifts.", "エレベーターは避ける。", "本当に?"),
    ]


def test_a_target_without_a_state_is_final_as_omegat_writes_it(translation, draft, admin_user):
    root = etree.fromstring(exported(translation, FileFormat.XLIFF12))
    for unit in root.iter("{*}trans-unit"):
        if unit.get("resname") == "title":
            etree.SubElement(unit, "{urn:oasis:names:tc:xliff:document:1.2}target").text = "ごみ"
    report = take_file("waste.xlf", etree.tostring(root), admin_user)
    assert (report.taken.written, report.taken.problems) == (1, [])


def test_tags_written_as_pairs_of_elements_are_read(translation, draft, admin_user):
    root = etree.fromstring(exported(translation, FileFormat.XLIFF12))
    unit = next(u for u in root.iter("{*}trans-unit") if len(u.find("{*}source")) > 0)
    target = (
        '<target xmlns="urn:oasis:names:tc:xliff:document:1.2"><bpt id="1">x</bpt>まず'
        '<bpt id="2"/>窓口<ept id="2"/><ept id="1">y</ept><mrk mtype="seg">に聞く。</mrk></target>'
    )
    unit.append(etree.fromstring(target))
    report = take_file("waste.xlf", etree.tostring(root), admin_user)
    assert report.taken.problems == []
    assert [row[2] for row in stored(translation)] == [LINKED_TARGET]


def test_a_text_that_a_tool_cut_into_sentences_is_whole_again(translation, draft, admin_user):
    root = etree.fromstring(exported(translation, FileFormat.XLIFF20))
    unit = next(u for u in root.iter("{*}unit") if u.get("name") == "title")
    unit.remove(unit.find("{*}segment"))
    for source, target in (("Wa", "ご"), ("ste", "み")):
        segment = etree.SubElement(unit, "{urn:oasis:names:tc:xliff:document:2.0}segment")
        for name, text in (("source", source), ("target", target)):
            etree.SubElement(
                segment, f"{{urn:oasis:names:tc:xliff:document:2.0}}{name}"
            ).text = text
    report = take_file("waste.xlf", etree.tostring(root), admin_user)
    assert report.taken.problems == []
    assert [row[2] for row in stored(translation)] == ["ごみ"]


def test_tags_are_elements_that_a_tool_protects(translation, draft):
    data = exported(translation, FileFormat.XLIFF12).decode()
    assert '<g id="1" ctype="link">the <g id="2" ctype="bold">desk</g></g> first.' in data
    data = exported(translation, FileFormat.XLIFF20).decode()
    assert 'type="link" dispStart="&lt;a&gt;" dispEnd="&lt;/a&gt;">the <pc id="2"' in data


def test_a_po_file_of_wagtail_localize_is_read(half_done, admin_user):
    before = stored(half_done)
    StringTranslation.objects.filter(context__path="title", locale=half_done.target_locale).delete()
    file = half_done.export_po()
    file.find("Waste").msgstr = "ごみ & 資源"
    report = take_file("ja.po", str(file).encode(), admin_user)
    assert report.taken.problems == []
    # It carries no notes.
    assert [row[:3] for row in stored(half_done)] == [row[:3] for row in before]


def test_wagtail_localize_reads_our_po_file(half_done):
    title = StringTranslation.objects.filter(context__path="title", locale=half_done.target_locale)
    file = polib.pofile(exported(half_done, FileFormat.PO).decode())
    file.find("Waste").msgstr = "ごみの出し方"
    half_done.import_po(file)
    assert title.get(context__object_id=half_done.source.object_id).data == "ごみの出し方"


@pytest.mark.parametrize("chosen", FileFormat)
def test_a_file_says_what_page_and_language_it_is_of(half_done, page, chosen):
    data = exported(half_done, chosen)
    (document,) = read(data)
    assert document.key == str(half_done.uuid)
    assert document.target_language == "ja"
    assert f"/{page.slug}/" in data.decode()
    assert page.title in data.decode()


def test_the_number_of_queries_does_not_grow_with_pages_and_texts(page: StandardPage, japanese):
    home = page.get_parent().specific
    counts = []
    for size in (2, 12):
        translations = [
            submit(bring_in(make_page(home, slug=f"p{size}-{n}", body=notices(size)))[0], japanese)
            for n in range(size)
        ]
        rows = Translation.objects.select_related("source__locale", "target_locale")
        chosen = list(rows.filter(pk__in=[each.pk for each in translations]))
        with CaptureQueriesContext(connection) as queries:
            assert len(list(documents_of(chosen))) == size
        counts.append(len(queries))
    assert counts == [4, 4]
