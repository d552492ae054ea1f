"""What one process publishes, visitors of another see at once, though it keeps pages."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from django.db import connection

from tests.conftest import ROOT, serving

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="it makes a database of its own, on SQLite"
)

MAKE_HOME = """
from tests.pages.factories import make_home, make_page
from wagtail.models import Page
make_page(make_home(title="Council"), slug="news", title="Nothing new")
"""
PUBLISH = """
from pages.models import StandardPage
page = StandardPage.objects.get(slug="news")
page.title = "The river is rising"
page.save_revision().publish()
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> dict[str, str]:
    """A site of its own, as `make run` has it: database, kept pages and all in one folder."""
    folder = tmp_path_factory.mktemp("site")
    environment = {name: value for name, value in os.environ.items() if name != "REDIS_URL"}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "clair_site.settings.dev",
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
        "LOG_LEVEL": "ERROR",
    }
    manage(environment, "migrate", "--verbosity=0")
    manage(environment, "shell", "--command", MAKE_HOME)
    return environment


def manage(environment: dict[str, str], *arguments: str) -> None:
    """Runs a management command in a process of its own."""
    command = [sys.executable, "-W", "ignore", "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def read(address: str, tag: str = "") -> tuple[str, str]:
    """A page's HTML and tag, for a browser that holds the one with `tag`."""
    with urlopen(Request(address, headers={"If-None-Match": tag} if tag else {})) as response:
        return response.read().decode(), response.headers["ETag"]


def test_a_page_that_another_process_publishes_shows_within_two_seconds(environment):
    with serving(environment) as site:
        html, tag = read(f"{site}/en/news/")
        assert "Nothing new" in html
        kept = list(Path(environment["DATA_DIR"], "pages").glob("*.djcache"))
        assert kept, "the page was not kept"
        manage(environment, "shell", "--command", PUBLISH)
        published = time.monotonic()
        html, _ = read(f"{site}/en/news/", tag)
        assert "The river is rising" in html
        assert time.monotonic() - published < 2
