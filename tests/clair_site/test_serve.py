"""`make run`: clear words for what goes wrong, and the whole way from a clean copy to a page."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from django.core.management import CommandError

from clair_site.management.commands.serve import make_folders, read_port, require_free_port
from tests.conftest import ROOT, free_port


@pytest.mark.parametrize("text", ["", "http", "0", "70000", "-1", "80 80"])
def test_a_port_that_is_none_is_named(text):
    with pytest.raises(CommandError, match="PORT must be a number"):
        read_port(text)


def test_a_port_in_use_is_told_in_one_line():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CommandError) as refusal:
            require_free_port("127.0.0.1", taken.getsockname()[1])
    assert "in use" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_folder_that_cannot_be_written_is_told_in_one_line(settings, tmp_path):
    blocker = tmp_path / "file"
    blocker.touch()
    settings.DATA_DIR = blocker / "data"
    with pytest.raises(CommandError, match=r"^Cannot write to .*data: Not a directory\.$"):
        make_folders()


def test_an_old_python_is_told_in_one_line(tmp_path):
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    copy = tmp_path / "project"
    copy.mkdir()
    for name in ("Makefile", "requirements-tools.lock"):
        shutil.copy(ROOT / name, copy)
    done = subprocess.run(
        ["make", "run", f"PYTHON={old}"], cwd=copy, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "This needs Python 3.11 or newer" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def copy_project(to: Path) -> None:
    """The project as it would be committed, in another folder."""
    files = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    for name in files:
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)


def start(folder: Path, port: int, log: Path) -> subprocess.Popen:
    """`make run` in a folder, with nothing of this environment's settings."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "CI")
    }
    environment |= {"PORT": str(port), "PYTHON": sys._base_executable}
    with log.open("wb") as out:
        return subprocess.Popen(
            ["make", "run", f"PYTHON={sys._base_executable}"],
            cwd=folder,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            # Tests that run in the background ignore Ctrl-C; what they start would as well.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )


def wait_for(process: subprocess.Popen, url: str, seconds: int, log: Path) -> float:
    """How many seconds it took until the address answered."""
    started = time.monotonic()
    while time.monotonic() - started < seconds:
        assert process.poll() is None, log.read_text()
        try:
            urlopen(url, timeout=5).close()
            return time.monotonic() - started
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"no answer in {seconds} s:\n{log.read_text()}")


def interrupt(process: subprocess.Popen) -> None:
    """Ctrl-C: the signal goes to everything in the foreground."""
    os.killpg(process.pid, signal.SIGINT)
    process.wait(30)


@pytest.mark.clone
def test_make_run_in_a_clean_copy_serves_all_languages_and_starts_again_at_once(tmp_path):
    copy_project(tmp_path)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    log = tmp_path / "run.log"
    first = start(tmp_path, port, log)
    try:
        whole = wait_for(first, f"{url}/healthz", 300, log)
        for code in ("en", "ja", "th"):
            html = urlopen(f"{url}/{code}/multicultural/guide/waste/").read().decode()
            assert f'<html lang="{code}"' in html
        german = urlopen(Request(url, headers={"Accept-Language": "de-AT"}))
        assert german.geturl() == f"{url}/de/"
        said = log.read_text()
        assert "Installing packages" in said
        assert re.search(r"^th: \d\d pages and figures$", said, re.MULTILINE)
        assert re.search(r"translator-vi\s+\S{12,}", said)
        assert "Traceback" not in said
    finally:
        interrupt(first)
    require_free_port("127.0.0.1", port)  # everything that it started has gone
    again = tmp_path / "again.log"
    second = start(tmp_path, port, again)
    try:
        assert wait_for(second, f"{url}/healthz", 60, again) < whole / 3  # however busy it is
        said = again.read_text()
        assert "Installing" not in said
        assert "Staff accounts" not in said
    finally:
        interrupt(second)
