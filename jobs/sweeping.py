"""Finds what dead workers and lost messages left behind. Beat starts it every minute."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count
from django.utils import timezone
from structlog import get_logger

from .kinds import kinds
from .models import Job, JobState
from .queueing import call_workers

logger = get_logger(__name__)

# What is younger has its own message on the way.
LEFT_AFTER = timedelta(seconds=30)
# More workers than these find their work by themselves: each goes on while jobs wait.
MOST_CALLS = 8
KEPT_FOR = {JobState.DONE: timedelta(days=14), JobState.CANCELLED: timedelta(days=14)}


def sweep() -> None:
    """Takes jobs from dead workers, calls workers to jobs that wait, forgets what ended long ago.

    Safe to run again, and by two at a time.
    """
    take_from_the_dead()
    now = timezone.now()
    left = Job.objects.filter(
        state=JobState.WAITING, due_at__lte=now, asked_at__lte=now - LEFT_AFTER
    )
    for queue, number in left.values_list("queue").annotate(number=Count("pk")).order_by("queue"):
        for _call in range(min(number, MOST_CALLS)):
            call_workers(queue)
    for state, kept_for in KEPT_FOR.items():
        Job.objects.filter(state=state, ended_at__lt=now - kept_for).delete()


def take_from_the_dead() -> None:
    """Lets jobs whose worker is not heard of any more wait again; after too many, they failed."""
    for job in Job.objects.filter(state=JobState.RUNNING):
        kind = kinds.get(job.kind)
        if kind is None or job.seen_at > timezone.now() - kind.longest_piece:
            continue
        logger.warning("job_left_behind", job=job.pk, kind=job.kind, attempts=job.attempts)
        its_row = Job.objects.filter(pk=job.pk, held_by=job.held_by, state=JobState.RUNNING)
        error = "The worker went away in the middle of it."
        if job.attempts < kind.attempts:
            its_row.update(state=JobState.WAITING, held_by=None, error=error)
        else:
            its_row.update(
                state=JobState.FAILED, held_by=None, error=error, ended_at=timezone.now()
            )
