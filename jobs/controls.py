"""What staff can do with a job. Each gives whether the job was in a state for it."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from .models import OPEN, Job, JobState
from .queueing import call_workers


def pause(job: Job) -> bool:
    """Stops a job until it is resumed; one that runs stops after the piece at hand."""
    states = [JobState.WAITING, JobState.RUNNING]
    return bool(in_states(job, *states).update(state=JobState.PAUSED, held_by=None))


@transaction.atomic
def resume(job: Job) -> bool:
    """Lets a paused job go on."""
    return wait_again(job, JobState.PAUSED)


def cancel(job: Job) -> bool:
    """Ends a job for good; one that runs stops after the piece at hand. What is done stays done."""
    return bool(
        in_states(job, *OPEN).update(
            state=JobState.CANCELLED, held_by=None, ended_at=timezone.now()
        )
    )


@transaction.atomic
def retry(job: Job) -> bool:
    """Lets a failed job try again."""
    return wait_again(job, JobState.FAILED)


CONTROLS: dict[str, Callable[[Job], bool]] = {
    "pause": pause,
    "resume": resume,
    "cancel": cancel,
    "retry": retry,
}


def in_states(job: Job, *states: JobState):
    """The job's row, if it is in one of these states now."""
    return Job.objects.filter(pk=job.pk, state__in=states)


def wait_again(job: Job, state: JobState) -> bool:
    """Lets a job in this state wait for a worker, and calls one."""
    changed = in_states(job, state).update(
        state=JobState.WAITING, attempts=0, due_at=timezone.now(), ended_at=None
    )
    if changed:
        call_workers(job.queue)
    return bool(changed)
