"""Celery tasks of brokers that are away."""

from __future__ import annotations

import socket
from pathlib import Path

from celery import Celery, Task

from clair_site.settings.base import REDIS_BROKER_OPTIONS


def task_of(broker_url: str, options: dict, name: str) -> Task:
    """A task with this name, which is queued at that broker and at no other."""
    app = Celery("tests", broker=broker_url, set_as_current=False)
    app.conf.broker_transport_options = options

    @app.task(name=name)
    def nothing(*args) -> None: ...

    return nothing


def task_of_closed_redis(name: str = "tests.away") -> Task:
    """A task whose Redis is not running: nothing listens at its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return task_of(f"redis://127.0.0.1:{port}/0", REDIS_BROKER_OPTIONS, name)


def task_of_silent_redis(listener: socket.socket, name: str = "tests.away") -> Task:
    """A task whose Redis takes connections and never answers."""
    port = listener.getsockname()[1]
    options = REDIS_BROKER_OPTIONS | {"socket_timeout": 0.5}
    return task_of(f"redis://127.0.0.1:{port}/0", options, name)


def task_of_missing_folder(folder: Path, name: str = "tests.away") -> Task:
    """A task whose broker's folder is not there."""
    place = str(folder / "gone")
    options = {"data_folder_in": place, "data_folder_out": place, "control_folder": place}
    return task_of("filesystem://localhost", options, name)
