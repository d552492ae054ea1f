"""Every page is valid HTML, as the Nu HTML checker reads it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from tests.conftest import need

pytestmark = pytest.mark.browser


def file_name(address: str) -> str:
    """A file's name for an address: `/ja/offices/paris/` becomes `ja_offices_paris.html`."""
    return address.strip("/").replace("/", "_").replace("?", "-") + ".html"


def complaints(checkers: Path, folder: Path) -> list[str]:
    """What the checker says against the files of a folder: file, line, message, and the passage."""
    java = need("default-jre-headless", "java")
    jar = checkers / "vnu-jar" / "build" / "dist" / "vnu.jar"
    done = subprocess.run(
        [java, "-jar", jar, "--stdout", "--exit-zero-always", "--format", "json", folder],
        capture_output=True,
        text=True,
        check=True,
    )
    return [
        f"{Path(message['url']).name}:{message.get('lastLine')}: {message['type']}: "
        f"{message['message']} [{message.get('extract', '').strip()}]"
        for message in json.loads(done.stdout)["messages"]
    ]


def test_every_page_in_every_language_is_valid_html(
    addresses: dict[str, list[str]], client: Client, db, checkers: Path, tmp_path: Path
) -> None:
    for code in addresses:
        for address in addresses[code]:
            response = client.get(address)
            assert response.status_code == 200, address
            (tmp_path / file_name(address)).write_bytes(response.content)
    assert complaints(checkers, tmp_path) == []


def test_what_the_site_answers_beside_its_pages_is_valid_html(
    other_answers: dict[str, dict[str, str]], checkers: Path, tmp_path: Path
) -> None:
    for answers in other_answers.values():
        for address, html in answers.items():
            (tmp_path / file_name(address)).write_text(html, encoding="utf-8")
    assert complaints(checkers, tmp_path) == []


def test_the_checker_finds_what_is_wrong(checkers: Path, tmp_path: Path) -> None:
    (tmp_path / "wrong.html").write_text(
        "<!doctype html><html lang=en><title>A list</title><ul><p>no item</p></ul></html>",
        encoding="utf-8",
    )
    found = complaints(checkers, tmp_path)
    assert any("“p” not allowed as child of element “ul”" in complaint for complaint in found), (
        found
    )
