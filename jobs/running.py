"""What a worker does with jobs: takes the most urgent one, does it piece by piece, and ends it."""

from __future__ import annotations

import time
import uuid
from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone
from structlog import get_logger

from .kinds import JobKind, kinds, wait_after
from .models import Job, JobState
from .queueing import call_workers

logger = get_logger(__name__)

# Then a long job lets others have their turn.
TURN = timedelta(seconds=30)
# Two workers want the same first job; one of them takes the next.
CANDIDATES = 8


def waiting(queue: str):
    """The jobs of a queue that can begin now, the most urgent first."""
    due = Job.objects.filter(queue=queue, state=JobState.WAITING, due_at__lte=timezone.now())
    return due.order_by("priority", "pk")


def claim(queue: str) -> Job | None:
    """Takes the most urgent job for this worker alone; None where nothing waits."""
    for pk in waiting(queue).values_list("pk", flat=True)[:CANDIDATES]:
        now = timezone.now()
        mark = uuid.uuid4()
        taken = Job.objects.filter(pk=pk, state=JobState.WAITING).update(
            state=JobState.RUNNING,
            held_by=mark,
            again=False,
            attempts=F("attempts") + 1,
            started_at=now,
            seen_at=now,
        )
        if taken and (job := Job.objects.filter(held_by=mark).first()):
            return job
    return None


def run_next(queue: str) -> bool:
    """Does the most urgent job of a queue, or a turn of it. Gives whether there was one."""
    job = claim(queue)
    if job is None:
        return False
    run(job)
    return True


def run(job: Job) -> None:
    """Does a claimed job to its end, until it is taken away, or until its turn is over.

    Whatever its work raises is kept with the job; only what ends the process goes on from here.
    """
    kind = kinds.get(job.kind)
    if kind is None:
        end(job, JobState.FAILED, error=f"No work of the kind {job.kind} is known here.")
        return
    turn_ends = time.monotonic() + TURN.total_seconds()
    try:
        for _piece in kind.work(job) or ():
            if not keep(job):
                logger.info("job_taken_away", job=job.pk, kind=job.kind)
                return
            if time.monotonic() > turn_ends:
                put_back(job)
                return
    except Exception as error:
        fail(job, kind, error)
    else:
        finish(job)


def held(job: Job):
    """The job's row while this worker has it; nothing once it was paused, cancelled or lost."""
    return Job.objects.filter(pk=job.pk, held_by=job.held_by, state=JobState.RUNNING)


def keep(job: Job) -> bool:
    """Notes how far a job is. Gives whether this worker still has it."""
    job.attempts = 1
    return bool(
        held(job).update(
            seen_at=timezone.now(),
            attempts=1,  # It gets somewhere: what failed before is behind it.
            done=job.done,
            total=job.total,
            remarks=job.remarks,
        )
    )


def put_back(job: Job) -> None:
    """Ends a turn: the job waits behind what is more urgent."""
    if held(job).update(state=JobState.WAITING, held_by=None, attempts=0):
        call_workers(job.queue)


def fail(job: Job, kind: JobKind, error: BaseException) -> None:
    """Notes a failure: the job is tried again after a while, or has failed for good."""
    message = f"{type(error).__name__}: {error}"
    logger.warning("job_failed", job=job.pk, kind=job.kind, attempts=job.attempts, error=message)
    if job.attempts >= kind.attempts:
        end(job, JobState.FAILED, error=message)
        return
    held(job).update(
        state=JobState.WAITING,
        held_by=None,
        error=message,
        due_at=timezone.now() + wait_after(job.attempts),
    )


def finish(job: Job) -> None:
    """Ends a job that is done; one that was asked for again meanwhile waits for its next run."""
    end(job, JobState.DONE, error="")
    once_more = held(job).filter(again=True)
    if once_more.update(state=JobState.WAITING, held_by=None, attempts=0, done=0, remarks=""):
        call_workers(job.queue)


def end(job: Job, state: JobState, error: str) -> None:
    """Closes a job, unless it was asked for again and has only just been done."""
    ready = Q() if state == JobState.FAILED else Q(again=False)
    held(job).filter(ready).update(
        state=state,
        held_by=None,
        error=error,
        done=job.done,
        total=job.total,
        remarks=job.remarks,
        ended_at=timezone.now(),
    )
