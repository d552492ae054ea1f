"""Files that cannot be taken are refused with a reason in words, and change nothing at all."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from lxml import etree
from wagtail_localize.models import StringTranslation, Translation

from tests.pages.factories import make_locale
from tests.translations.exchange.test_files import exported
from translations.exchange import archive, reading
from translations.exchange.deliveries import deliver
from translations.exchange.exporting import FileFormat
from translations.exchange.units import UnreadableFileError
from translations.models import Delivery, FuzzyTarget, MemoryUnit
from translations.targets import submit

pytestmark = pytest.mark.django_db

Break = Callable[[str], str | bytes]


def po_with(entry: str) -> Break:
    """Adds an entry to a PO file in which the first text is translated well."""
    return lambda po: po.replace('msgid "Waste"\nmsgstr ""', 'msgid "Waste"\nmsgstr "ごみ"') + entry


def xliff_with(target: str) -> Break:
    """Gives the text with the tags this target, and translates the title well."""

    def broken(xliff: str) -> bytes:
        root = etree.fromstring(xliff.encode())
        for unit in root.iter("{*}trans-unit"):
            words = target if len(unit.find("{*}source")) else "ごみ"
            if len(unit.find("{*}source")) or unit.get("resname") == "title":
                unit.append(etree.fromstring(f'<target xmlns="{XLIFF12}">{words}</target>'))
        return etree.tostring(root)

    return broken


XLIFF12 = "urn:oasis:names:tc:xliff:document:1.2"
LINKED = r'msgid "Ask <a id=\"a1\">the <b>desk</b></a> first."'
DTD = '<!DOCTYPE xliff [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
ENTITY = '<!DOCTYPE xliff [<!ENTITY x SYSTEM "file:///etc/hostname">]>'

BROKEN_PO: dict[str, tuple[Break, str]] = {
    "empty": (lambda po: "  \n", "empty"),
    "another kind of file": (lambda po: "name,address\n", "neither a PO nor an XLIFF"),
    "a picture": (lambda po: b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "not in UTF-8"),
    "Shift JIS": (lambda po: po.encode() + "# 日本語".encode("shift-jis"), "not in UTF-8"),
    "UTF-16": (lambda po: po.encode("utf-16"), "XML is broken"),
    "a quote is missing": (po_with('\nmsgid "Open\nmsgstr "x"\n'), "no such text"),
    "half an entry": (po_with('\nmsgid "Use the stairs."\nmsgstr'), "broken here"),
    "words outside of entries": (po_with("\nHello there\n"), "broken here"),
    "no header": (lambda po: po.partition("\n\n")[2], "is missing"),
    "a header without the number": (
        lambda po: po.replace("X-WagtailLocalize-TranslationID", "X-Other"),
        "is missing",
    ),
    "a number that is none": (
        lambda po: po.replace("TranslationID: ", "TranslationID: 12-"),
        "Nothing here is translated",
    ),
    "the number of another site": (
        lambda po: po.replace(number_in(po), "0b2c2b0e-7d7e-4c1e-9a39-2f6a3c1d5e4f"),
        "Nothing here is translated",
    ),
    "another language": (lambda po: po.replace("Language: ja", "Language: ko"), "language “ko”"),
    "a text of another page": (po_with('\nmsgid "Rubbish"\nmsgstr "くず"\n'), "no such text"),
    "two targets for one text": (po_with('\nmsgid "Waste"\nmsgstr "くず"\n'), "two different"),
    "plural forms": (
        po_with('\nmsgid "Waste"\nmsgid_plural "Wastes"\nmsgstr[0] "x"\nmsgstr[1] "y"\n'),
        "no plural forms",
    ),
    "a title longer than its field": (
        lambda po: po.replace('msgid "Waste"\nmsgstr ""', f'msgid "Waste"\nmsgstr "{"ご" * 256}"'),
        "256",
    ),
    "a tag is missing": (po_with(f'\n{LINKED}\nmsgstr "窓口"\n'), "tags differ"),
    "a tag too many": (po_with('\nmsgid "Use the stairs."\nmsgstr "<b>階段</b>"\n'), "tags differ"),
    "a script": (po_with('\nmsgid "Use the stairs."\nmsgstr "<script>x()</script>"\n'), "script"),
    "a fuzzy script": (
        po_with('\n#, fuzzy\nmsgid "Use the stairs."\nmsgstr "<script>x()</script>"\n'),
        "script",
    ),
    "an address of its own": (
        po_with(f'\n{LINKED}\nmsgstr "<a href=\\"https://evil.example/\\"><b>x</b></a>"\n'),
        "attributes",
    ),
}
BROKEN_XLIFF: dict[str, tuple[Break, str]] = {
    "cut off": (lambda xliff: xliff[: len(xliff) // 2], "XML is broken"),
    "no XLIFF": (lambda xliff: '<tmx version="1.4"><body/></tmx>', "<tmx>"),
    "a web page": (lambda xliff: "<!doctype html><title>x</title>", "XML is broken"),
    "a version that is not known": (
        lambda xliff: xliff.replace('version="1.2"', 'version="3.0"'),
        "“3.0”",
    ),
    "without a version": (lambda xliff: xliff.replace(' version="1.2"', ""), "“”"),
    "without files": (lambda xliff: f'<xliff xmlns="{XLIFF12}" version="1.2"/>', "no <file>"),
    "entities that grow": (lambda xliff: with_type(xliff, DTD), "document type"),
    "a file of the server": (lambda xliff: with_type(xliff, ENTITY), "document type"),
    "another language": (
        lambda xliff: xliff.replace('target-language="ja"', 'target-language="th"'),
        "language “th”",
    ),
    "the number of another site": (
        lambda xliff: xliff.replace('original="', 'original="x'),
        "Nothing here is translated",
    ),
    "a unit without a source": (
        lambda xliff: xliff.replace("<source>Use the stairs.</source>", ""),
        "no <source>",
    ),
    "a tag is missing": (xliff_with("窓口に聞く。"), "tags differ"),
    "a tag twice": (xliff_with('<g id="1"><g id="2">窓口</g></g><g id="2"/>'), "tags differ"),
    "a tag of another text": (xliff_with('<g id="1"><g id="7">窓口</g></g>'), "tag 7"),
    "a tag without a number": (xliff_with('<g id="1"><g id="x">窓口</g></g>'), "tag 0"),
    "tags that cross": (
        xliff_with('<bpt id="1"/>まず<bpt id="2"/>窓口<ept id="1"/>に<ept id="2"/>'),
        "not closed as it was opened",
    ),
    "a tag that is not closed": (xliff_with('<bpt id="1"/>窓口'), "not closed as it was opened"),
}


def number_in(po: str) -> str:
    """The number of the translation in a PO file."""
    return po.partition("TranslationID: ")[2].partition("\\n")[0]


def with_type(xliff: str, declaration: str) -> str:
    """Declares a document type in front of the root."""
    return xliff.replace("<xliff ", declaration + "<xliff ", 1)


def refused(data: str | bytes, user) -> list[str]:
    """The reasons for which a file was refused. Nothing may have changed, whatever was in it."""
    (file,) = deliver(
        [("file", data.encode() if isinstance(data, str) else data)], user
    ).files.all()
    reasons = [problem["reason"] for problem in file.report["problems"]]
    assert reasons
    assert (file.report["written"], file.report["fuzzy"], file.report["remembered"]) == (0, 0, 0)
    return reasons


def rows(translation: Translation) -> tuple[int, int, int]:
    """How many targets, fuzzy targets and memory units there are of the translation."""
    key = translation.source.object_id
    return (
        StringTranslation.objects.filter(context__object_id=key).count(),
        FuzzyTarget.objects.filter(context__object_id=key).count(),
        MemoryUnit.objects.filter(object_key=key).count(),
    )


@pytest.mark.parametrize("kind", BROKEN_PO)
def test_a_broken_po_file_is_refused(translation, draft, admin_user, kind):
    spoil, reason = BROKEN_PO[kind]
    data = spoil(exported(translation, FileFormat.PO).decode())
    assert reason in " ".join(refused(data, admin_user))
    assert rows(translation) == (0, 0, 0)


@pytest.mark.parametrize("kind", BROKEN_XLIFF)
def test_a_broken_xliff_file_is_refused(translation, draft, admin_user, kind):
    spoil, reason = BROKEN_XLIFF[kind]
    data = spoil(exported(translation, FileFormat.XLIFF12).decode())
    assert reason in " ".join(refused(data, admin_user))
    assert rows(translation) == (0, 0, 0)


def test_one_bad_line_is_named_and_the_good_ones_are_not_taken(translation, draft, admin_user):
    spoil, _reason = BROKEN_PO["a text of another page"]
    data = spoil(exported(translation, FileFormat.PO).decode())
    (file,) = deliver([("ja.po", data.encode())], admin_user).files.all()
    (problem,) = file.report["problems"]
    assert problem["source"] == "Rubbish"
    assert data.splitlines()[problem["line"] - 1] == 'msgid "Rubbish"'
    assert rows(translation) == (0, 0, 0)


def test_of_an_xliff_file_with_two_pages_none_is_taken_if_one_is_bad(
    translation, draft, page, admin_user
):
    root = etree.fromstring(exported(translation, FileFormat.XLIFF12))
    other = submit(translation.source, make_locale("ko"))
    second = etree.fromstring(exported(other, FileFormat.XLIFF12))[0]
    root.append(second)
    title = next(root.iter("{*}trans-unit"))
    title.append(etree.fromstring(f'<target xmlns="{XLIFF12}">ごみ</target>'))
    # There is no Korean page.
    assert "not there in this language" in " ".join(refused(etree.tostring(root), admin_user))
    assert rows(translation) == (0, 0, 0)


def test_a_file_too_large_is_not_read(translation, draft, admin_user, monkeypatch):
    monkeypatch.setattr(reading, "LARGEST_FILE", 1024 * 1024)
    assert "larger than 1 MB" in refused(b"#" * (1024 * 1024 + 1), admin_user)[0]


def zipped(**files: bytes) -> bytes:
    """A zip file of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, data in files.items():
            file.writestr(name.replace("_", "."), data)
    return buffer.getvalue()


def locked() -> bytes:
    """A zip file whose entry is marked as locked with a password."""
    data = bytearray(zipped(ja_po=b"x"))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped(ja_po=b"x" * 5000)[:-30], "zip file is broken"),
        (zipped(ja_po=b"x").replace(b"ja.pox", b"ja.poy"), "broken"),
        (locked(), "password"),
    ],
    ids=["cut off", "changed on the way", "locked"],
)
def test_a_zip_file_that_cannot_be_opened_is_refused(admin_user, data, reason):
    before = Delivery.objects.count()
    with pytest.raises(UnreadableFileError, match=reason):
        deliver([("ja.zip", data)], admin_user)
    assert Delivery.objects.count() == before


@pytest.mark.parametrize("limit", ["LARGEST_CONTENT", "MOST_FILES"])
def test_a_zip_file_that_grows_too_large_is_not_unpacked(admin_user, monkeypatch, limit):
    monkeypatch.setattr(archive, limit, 1)
    data = zipped(ja_po=b"0" * 1000, ko_po=b"0" * 1000)
    with pytest.raises(UnreadableFileError, match="more in the zip file"):
        deliver([("bomb.zip", data)], admin_user)


def test_what_is_no_translation_in_a_zip_file_is_passed_over(admin_user):
    data = zipped(readme_txt=b"Hello", inner_zip=zipped(deep_zip=zipped(ja_po=b"x")))
    assert deliver([("ja.zip", data)], admin_user).files.count() == 0
