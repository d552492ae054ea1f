"""The work of Celery itself: jobs, and what beat starts by the clock."""

from __future__ import annotations

import time

from celery import shared_task
from django.core.management import call_command

from . import running, sweeping
from .queueing import call_workers

# Well within the time limit of a task, with one more turn of a job.
ENOUGH = 120


@shared_task
def work(queue: str) -> None:
    """Does jobs of a queue, the most urgent first, until none waits or it has been long enough.

    Then it calls for someone to go on. Safe to run again, and by many at a time.
    """
    ends = time.monotonic() + ENOUGH
    while running.run_next(queue):
        if time.monotonic() > ends:
            call_workers(queue)
            return


@shared_task
def sweep() -> None:
    """Takes up what dead workers and lost messages left behind. Safe to run again."""
    sweeping.sweep()


@shared_task
def publish_scheduled() -> None:
    """Publishes and takes down the pages whose time has come. Safe to run again."""
    call_command("publish_scheduled")


@shared_task
def clear_sessions() -> None:
    """Deletes the sessions that have ended. Safe to run again."""
    call_command("clearsessions")
