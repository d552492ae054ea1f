"""Work is queued after the commit, and a broker that is away stops nobody."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest
from celery import Task, shared_task
from django.contrib.auth.models import Group
from django.db import transaction
from structlog.testing import capture_logs

from jobs.queueing import enqueue_after_commit
from tests.jobs.brokers import task_of_closed_redis, task_of_missing_folder, task_of_silent_redis

pytestmark = pytest.mark.django_db

done: list[tuple[str, bool]] = []


@shared_task(name="tests.note")
def note(name: str) -> None:
    """Notes that it ran, and whether the group was there then."""
    done.append((name, Group.objects.filter(name=name).exists()))


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    done.clear()


def test_work_runs_after_the_commit_and_sees_what_was_saved(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        enqueue_after_commit(note, "first")
        with transaction.atomic():
            enqueue_after_commit(note, "second")
        Group.objects.create(name="first")
        assert done == []
    assert done == [("first", True), ("second", False)]


def test_work_of_what_was_rolled_back_never_runs(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        enqueue_after_commit(note, "outer")
        with pytest.raises(RuntimeError), transaction.atomic():
            enqueue_after_commit(note, "inner")
            raise RuntimeError
    assert [name for name, _ in done] == ["outer"]


@pytest.fixture(params=["closed", "silent", "missing folder"])
def task_of_no_broker(request, tmp_path) -> Iterator[Task]:
    """A task whose broker is away, in each of the ways in which brokers are."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        if request.param == "closed":
            yield task_of_closed_redis()
        elif request.param == "silent":
            yield task_of_silent_redis(listener)
        else:
            yield task_of_missing_folder(tmp_path)


def test_a_broker_that_is_away_is_a_warning_and_soon_over(
    task_of_no_broker, django_capture_on_commit_callbacks
):
    started = time.monotonic()
    with capture_logs() as logs, django_capture_on_commit_callbacks(execute=True):
        enqueue_after_commit(task_of_no_broker, 7)
        Group.objects.create(name="kept")
    assert time.monotonic() - started < 5
    assert Group.objects.filter(name="kept").exists()
    assert [
        (entry["event"], entry["log_level"], entry["task"], entry["args"]) for entry in logs
    ] == [("task_not_queued", "warning", "tests.away", (7,))]
    assert logs[0]["error"]
