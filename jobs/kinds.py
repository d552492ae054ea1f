"""The kinds of jobs: each app says in its `tasks.py` what work there is and how to do it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise

from .models import Job, Queue

# Does the work. A long one gives an iterator and yields after each piece that is done for good:
# there it can be paused, cancelled and taken up again by another worker.
Work = Callable[[Job], Iterable[None] | None]

FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True)
class JobKind:
    """A kind of work. It must be safe to do again, whole or in part."""

    name: str
    label: str | Promise
    work: Work
    queue: Queue
    priority: int
    attempts: int
    # A worker that is not heard of for so long while it does one piece is taken for dead.
    longest_piece: timedelta


kinds: dict[str, JobKind] = {}


def job_kind(
    name: str,
    label: str | Promise,
    *,
    queue: Queue,
    priority: int = 5,
    attempts: int = 5,
    longest_piece: timedelta = timedelta(minutes=2),
) -> Callable[[Work], Work]:
    """Makes a function the work of a kind of jobs. `label` is what staff read.

    Raises ValueError for a name that another function has.
    """

    def register(work: Work) -> Work:
        if name in kinds:
            raise ValueError(f"There is a kind of jobs named {name} already.")
        kinds[name] = JobKind(name, label, work, queue, priority, attempts, longest_piece)
        return work

    return register


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many failures: twice as long each time, at random below that.

    The chance keeps jobs that failed together from coming back together ("full jitter", Marc
    Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015).
    """
    most = min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)
    return most * random.uniform(0.5, 1)  # noqa: S311
