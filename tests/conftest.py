"""What the tests share: the site's content, a running server, a browser, the checkers."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import translation

ROOT = Path(__file__).resolve().parent.parent
CHECKERS = ROOT / "tests" / "checkers"
IN_CI = os.environ.get("CI") == "true"


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that need the content run file by file, each file in one of the processes.

    So what a file's tests share is made once. They are marked as tests of the database: without
    one, no test database would be made.
    """
    for item in items:
        if "site_content" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.content)
            item.add_marker(pytest.mark.django_db)
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """Every run has a database of its own, unless it is to be used again (--reuse-db).

    SQLite's is a file, so that a server beside the tests can read it.
    """
    reused = request.config.getvalue("reuse_db") and not request.config.getvalue("create_db")
    run = "again" if reused else os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:8]
    name = f"test_{run}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    if connection.vendor == "sqlite":
        folder = settings.DATA_DIR / "tests"
        folder.mkdir(parents=True, exist_ok=True)
        name = str(folder / f"{name}.sqlite3")
    connection.settings_dict["TEST"]["NAME"] = name


@pytest.fixture(scope="session", autouse=True)
def compiled_catalogues(django_test_environment) -> None:
    """What Django reads of the interface's catalogues, before anything is shown."""
    call_command("catalogues", compile=True, verbosity=0)


@pytest.fixture(autouse=True)
def fresh_start(settings) -> None:
    """Every test begins in the source language, with a cache that holds nothing of another test."""
    translation.activate(settings.LANGUAGE_CODE)
    default = settings.CACHES["default"] | {"KEY_PREFIX": uuid.uuid4().hex}
    settings.CACHES = settings.CACHES | {"default": default}


@pytest.fixture(scope="session")
def site_content(django_db_setup, django_db_blocker) -> None:
    """The whole content in every language, loaded once. Tests change it in transactions."""
    from pages.models import ContentLoad

    with django_db_blocker.unblock():
        if not ContentLoad.objects.exists():
            call_command("load_content", verbosity=0)


@pytest.fixture(scope="session")
def site_readings(site_content, django_db_blocker) -> None:
    """The readings of all Japanese pages of the content, made once."""
    from pages.furigana.making import make_missing

    with django_db_blocker.unblock():
        make_missing()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Lets one of the processes that run the tests install something, while the others wait."""
    path = settings.DATA_DIR / "tests" / "installing"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def installed(package: str, *programs: str) -> str | None:
    """The path of a program; where it is absent, CI installs Debian's package for it first."""

    def found() -> str | None:
        return next(filter(None, map(shutil.which, programs)), None)

    if (path := found()) or not IN_CI:
        return path
    with one_at_a_time():
        if not found():
            subprocess.run(["apt-get", "update", "-qq"], check=True)
            subprocess.run(["apt-get", "install", "-y", "-qq", package], check=True)
    return found()


def need(package: str, *programs: str) -> str:
    """The path of a program. Skips the test where it is absent, except in CI, where it fails."""
    path = installed(package, *programs)
    if path is None:
        reason = f"{programs[0]} is not installed (Debian: {package})"
        if IN_CI:
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@pytest.fixture(scope="session")
def checkers() -> Path:
    """The folder with axe-core, Lighthouse and the Nu HTML checker, from the npm registry."""
    modules = CHECKERS / "node_modules"
    named = json.loads((CHECKERS / "package.json").read_text(encoding="utf-8"))["dependencies"]
    npm = need("npm", "npm")
    with one_at_a_time():
        if not all((modules / name / "package.json").exists() for name in named):
            done = subprocess.run([npm, "ci"], cwd=CHECKERS, capture_output=True, text=True)
            if done.returncode:
                if IN_CI:
                    pytest.fail(done.stderr)
                pytest.skip("the npm registry cannot be reached")
    return modules


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def database_url() -> str:
    """The address of the database that the tests use, for another process."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    return (
        f"postgres://{settings['USER']}:{settings['PASSWORD']}@{settings['HOST']}:"
        f"{settings['PORT'] or 5432}/{settings['NAME']}"
    )


@contextmanager
def serving(environment: dict[str, str], port: int = 0) -> Iterator[str]:
    """The site, served by gunicorn in this environment. Gives its address."""
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    command = [
        *(sys.executable, "-W", "ignore", "-m", "gunicorn", "clair_site.wsgi"),
        *(f"--bind=127.0.0.1:{port}", "--worker-class=gthread", "--threads=4"),
        "--log-level=error",
    ]
    process = subprocess.Popen(command, cwd=ROOT, env=environment | {"SITE_URL": address})
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                urlopen(f"{address}/healthz", timeout=2).close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session")
def content_environment(site_content, django_db_blocker) -> dict[str, str]:
    """The environment of a server that shows the content as it stands in the test database."""
    with django_db_blocker.unblock():
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "clair_site.settings.test",
            "DATABASE_URL": database_url(),
        }


@pytest.fixture(scope="session")
def served_site(content_environment) -> Iterator[str]:
    """The site with its content. Gives its address."""
    with serving(content_environment) as address:
        yield address


@pytest.fixture(scope="session")
def chromium():
    """A headless Chromium, driven by Playwright."""
    path = need("chromium", "chromium", "chromium-browser", "google-chrome")
    from playwright.sync_api import sync_playwright

    # Playwright keeps a loop running in this thread, where tests go on to use the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield browser
        browser.close()
