"""Hands work to Celery after the transaction that asks for it, and never fails the asker."""

from __future__ import annotations

from celery import Task
from django.db import transaction
from kombu.exceptions import OperationalError
from structlog import get_logger

logger = get_logger(__name__)


def enqueue_after_commit(task: Task, *args) -> None:
    """Queues `task(*args)` once the current transaction is committed.

    A broker that does not answer is logged as a warning; what was saved stays saved.
    """

    def enqueue() -> None:
        try:
            task.apply_async(args, retry=False)
        except (OperationalError, OSError) as error:
            logger.warning("task_not_queued", task=task.name, args=args, error=str(error))

    transaction.on_commit(enqueue)
