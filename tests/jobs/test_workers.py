"""Workers that are killed in the middle of their work, and a broker that forgets, lose nothing."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests.conftest import ROOT
from tests.jobs.trial import LANGUAGES, PAGES

pytestmark = [pytest.mark.workers, pytest.mark.django_db]

KILLS = 5


@pytest.fixture
def database_url(tmp_path: Path) -> Iterator[str]:
    """A database of its own, of the kind that the tests run on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'trial.sqlite3'}"
        return
    its = connection.settings_dict
    server = f"{its['USER']}:{its['PASSWORD']}@{its['HOST']}:{its['PORT'] or 5432}"
    name = f"trial_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(f"postgres://{server}/postgres", autocommit=True) as server_connection:
        server_connection.execute(f"CREATE DATABASE {name}")
        yield f"postgres://{server}/{name}"
        server_connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> dict[str, str]:
    """What processes of the trial are told: this database, and a folder as their broker."""
    return {
        **{name: value for name, value in os.environ.items() if name != "REDIS_URL"},
        "DJANGO_SETTINGS_MODULE": "clair_site.settings.dev",
        "DATABASE_URL": database_url,
        "DATA_DIR": str(tmp_path),
    }


@pytest.fixture
def step(environment: dict[str, str]) -> Callable[[str], dict]:
    """Does a step of the trial on a database that has its tables."""

    def run(*command: str) -> str:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", *command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    for name in ("queue", "control"):
        (Path(environment["DATA_DIR"]) / "broker" / name).mkdir(parents=True)
    run("manage.py", "migrate", "-v0")
    return lambda name: json.loads(run("-m", "tests.jobs.trial", name).splitlines()[-1])


@pytest.fixture
def start_worker(environment: dict[str, str]) -> Iterator[Callable[[], subprocess.Popen]]:
    """Starts a worker with two processes; none is left in the end."""
    started: list[subprocess.Popen] = []

    def start() -> subprocess.Popen:
        command = ["-W", "ignore", "-m", "celery", "--app=clair_site", "--quiet", "worker"]
        command += ["--queues=translations", "--concurrency=2", "--loglevel=CRITICAL"]
        worker = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
        )
        started.append(worker)
        return worker

    yield start
    for worker in started:
        if worker.poll() is None:
            kill(worker)


def kill(worker: subprocess.Popen) -> None:
    """Ends a worker and its processes as the kernel does when memory runs out."""
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def forget_messages(environment: dict[str, str]) -> None:
    """Empties the broker."""
    for message in (Path(environment["DATA_DIR"]) / "broker" / "queue").iterdir():
        message.unlink()


def read_jobs(database_url: str) -> tuple[int, list[str]]:
    """How many pages are done, and the states of the jobs; quicker than a start of Django."""
    _scheme, _, place = database_url.partition(":///")
    connect = partial(sqlite3.connect, place) if place else partial(psycopg.connect, database_url)
    with closing(connect()) as reader:
        rows = reader.execute("SELECT done, state FROM jobs_job").fetchall()
    return sum(done for done, _state in rows), [state for _done, state in rows]


def wait_until(reached: Callable[[], bool], what: str) -> None:
    """Waits until the workers have come so far."""
    ends = time.monotonic() + 180
    while time.monotonic() < ends:
        if reached():
            return
        time.sleep(0.1)
    pytest.fail(what)


def test_workers_killed_at_random_and_a_broker_emptied_in_between_leave_no_trace(
    step, start_worker, environment, database_url
):
    step("begin")
    everything = PAGES * len(LANGUAGES)
    for _kill in range(KILLS):
        before, _states = read_jobs(database_url)
        aim = min(before + random.randint(1, everything // KILLS), everything)
        worker = start_worker()
        wait_until(lambda aim=aim: read_jobs(database_url)[0] >= aim, "no worker gets anywhere")
        kill(worker)
        forget_messages(environment)
        step("age")
    start_worker()
    over = ["done"] * len(LANGUAGES)
    wait_until(lambda: read_jobs(database_url)[1] == over, "the work does not end")
    found = step("tree")
    assert not any(found["problems"])
    rows = found["languages"]
    assert len(rows["ja"]) == PAGES
    # One draft and one translation of each, below the right parent, in the right order.
    assert {tuple(row[6:8]) for row in rows["ja"]} == {(1, 1)}
    assert rows["ja"] == rows["ko"] == rows["th"]
