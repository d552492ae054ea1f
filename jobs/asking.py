"""Asks for background work, in the transaction that needs it."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from .kinds import kinds
from .models import OPEN, Job, JobState
from .queueing import call_workers


@transaction.atomic
def ask_for(
    kind: str,
    subject: object,
    *,
    title: str = "",
    arguments: dict[str, Any] | None = None,
    priority: int | None = None,
    user=None,
) -> Job:
    """Writes down that work is to be done, and calls a worker once that is committed.

    Where the same is asked for already, gives that job: a running one runs once more, with the new
    arguments. What failed of it before is done with. Without a broker the job waits for `sweep`.
    Raises KeyError for an unknown kind.
    """
    its_kind = kinds[kind]
    asked = Job(
        kind=kind,
        subject=str(subject),
        title=title[:255],
        arguments=arguments or {},
        queue=its_kind.queue,
        priority=its_kind.priority if priority is None else priority,
        asked_by=user,
    )
    same = Job.objects.filter(kind=kind, subject=asked.subject)
    while (job := same.select_for_update().filter(state__in=OPEN).first()) is None:
        try:
            with transaction.atomic():
                asked.save(force_insert=True)
        except IntegrityError:
            continue  # Somebody else has just asked for it.
        same.filter(state=JobState.FAILED).delete()
        call_workers(asked.queue)
        return asked
    join(job, asked)
    return job


def join(job: Job, asked: Job) -> None:
    """Lets an open job, locked by the caller, do what was asked for anew."""
    job.again = job.state == JobState.RUNNING
    job.arguments = asked.arguments
    job.priority = min(job.priority, asked.priority)
    job.due_at = asked.due_at
    job.save(update_fields=["again", "arguments", "priority", "due_at"])
    if job.state == JobState.WAITING:
        call_workers(job.queue)
