"""What a document says is read from its file; no file can do harm by that."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
import tempfile
import time

import pytest

from assets import document_text
from assets.document_text import MAX_CHARACTERS, DocumentText, UnreadableError, read_document
from tests.assets.documents import (
    archive,
    docx,
    docx_with_readings,
    locked_pdf,
    odt,
    pdf,
    pptx,
    xlsx,
)


def read(content: bytes, kind: str) -> DocumentText:
    return read_document(io.BytesIO(content), kind)


def run(content: bytes, kind: str) -> subprocess.CompletedProcess:
    """The program, as the media queue runs it."""
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        return subprocess.run(
            [sys.executable, "-I", document_text.__file__, kind],
            stdin=file,
            capture_output=True,
            timeout=90,
        )


def test_each_page_of_a_pdf_is_a_line_and_pages_are_counted():
    found = read(pdf("Drop to the floor.\nHold on.", "Then go outside."), "pdf")
    assert found == DocumentText("Drop to the floor. Hold on.\nThen go outside.", 2)


def test_words_and_japanese_lines_that_a_line_of_print_broke_are_whole_again():
    assert document_text.joined("the evacu-\nation plan") == "the evacuation plan"
    assert document_text.joined("大きな地\n震のとき") == "大きな地震のとき"
    assert document_text.joined("pages 3-\n4 say") == "pages 3-\n4 say"
    assert document_text.joined("지진이\n나면") == "지진이\n나면"


@pytest.mark.parametrize(
    ("kind", "content", "text"),
    [
        ("docx", docx("Vorsorge", "避難所の地図"), "Vorsorge\n避難所の地図"),
        ("docx", docx_with_readings(), "避難所 地図"),
        ("odt", odt("Khi có động đất", "Réunion"), "Khi có động đất end\nRéunion end"),
        ("pptx", pptx(*(f"Slide {n}" for n in range(1, 12))), None),
        ("xlsx", xlsx("給水車", "Wasser"), "給水車\nWasser\ninside"),
        ("txt", "Ça va\r\n\r\n  Ещё  раз ".encode(), "Ça va\nЕщё раз"),
        ("txt", "避難所".encode("cp932"), "避難所"),
        ("txt", "แผ่นดินไหว".encode("utf-16"), "แผ่นดินไหว"),
        ("csv", "\ufeff年,人数\n1987,848\n".encode(), "年,人数\n1987,848"),
        ("txt", b"A\x00B\x1b[31m", "A B [31m"),
        ("ics", b"BEGIN:VCALENDAR", ""),
    ],
)
def test_words_are_read_as_readers_see_them(kind, content, text):
    if text is None:
        text = "\n".join(f"Slide {n}" for n in range(1, 12))
    assert read(content, kind).text == text


def test_of_a_long_document_the_beginning_is_kept():
    long = "word " * MAX_CHARACTERS
    for kind, content in (("txt", long.encode()), ("docx", docx(*["Absatz " * 90] * 500))):
        assert MAX_CHARACTERS * 0.99 < len(read(content, kind).text) <= MAX_CHARACTERS


def test_a_text_that_is_cut_inside_a_letter_is_read():
    assert read("あ".encode() * 200_000, "txt").text == "あ" * MAX_CHARACTERS


def test_an_archive_that_unpacks_to_too_much_is_refused():
    with pytest.raises(UnreadableError):
        read(archive({"content.xml": "<a>" + " " * 200_000_000 + "</a>"}), "odt")


def test_definitions_in_xml_are_refused():
    bomb = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a><p>&c;</p></a>'
    with pytest.raises(ValueError, match="Forbidden"):
        read(archive({"content.xml": bomb}), "odt")
    outside = '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a><p>x</p></a>'
    with pytest.raises(ValueError, match="Forbidden"):
        read(archive({"content.xml": outside}), "odt")


def test_a_pdf_that_needs_a_password_says_so():
    done = run(locked_pdf("Secret", "a password"), "pdf")
    assert done.returncode == 1
    assert b"password" in done.stderr


def test_the_program_writes_what_it_read_and_its_pages():
    done = run(pdf("Hello"), "pdf")
    assert (done.returncode, json.loads(done.stdout)) == (0, {"text": "Hello", "pages": 1})


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx"])
def test_damaged_files_end_the_program_with_a_reason(kind):
    noise = random.Random(kind).randbytes(5000)
    for content in (b"", noise, pdf("Hello")[:300] + noise, docx("Hello")[:200]):
        done = run(content, kind)
        assert done.returncode in (0, 1)
        assert bool(done.stderr) == bool(done.returncode)


def test_a_program_that_takes_too_much_memory_or_time_is_stopped():
    greedy = "from assets import document_text as d; d.MAX_PROCESSOR_SECONDS = 1; d.limit()\n"
    for work in ("x = bytearray(2_000_000_000)", "while True: pass"):
        started = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", greedy + work], capture_output=True, timeout=60
        )
        assert done.returncode != 0
        assert time.monotonic() - started < 50
