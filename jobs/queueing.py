"""Hands work to Celery after the transaction that asks for it, and never fails the asker."""

from __future__ import annotations

from celery import Task, current_app
from django.db import transaction
from kombu.exceptions import OperationalError
from structlog import get_logger

logger = get_logger(__name__)


def enqueue_after_commit(task: Task, *args, queue: str | None = None) -> None:
    """Queues `task(*args)` once the current transaction is committed.

    A broker that does not answer is logged as a warning; what was saved stays saved.
    """
    options = {"queue": queue} if queue else {}

    def enqueue() -> None:
        try:
            task.apply_async(args, retry=False, **options)
        except (OperationalError, OSError) as error:
            logger.warning("task_not_queued", task=task.name, args=args, error=str(error))

    transaction.on_commit(enqueue)


def call_workers(queue: str) -> None:
    """Calls a worker of this queue to the jobs that wait, once the transaction is committed.

    The message names no job: whoever comes takes the most urgent one.
    """
    enqueue_after_commit(current_app.tasks["jobs.tasks.work"], queue, queue=queue)
