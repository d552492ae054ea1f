"""Kinds of jobs that do what a test wants to see, and jobs that are done at once."""

from __future__ import annotations

from datetime import timedelta

from jobs.kinds import JobKind, Work, kinds
from jobs.models import Job, Queue
from jobs.running import claim, run


def make_kind(monkeypatch, work: Work, name: str = "tests.work", **changes) -> JobKind:
    """A kind of jobs that is known while the test runs."""
    values = {
        "label": "Work of tests",
        "queue": Queue.TRANSLATIONS,
        "priority": 5,
        "attempts": 3,
        "longest_piece": timedelta(minutes=2),
    }
    kind = JobKind(name=name, work=work, **(values | changes))
    monkeypatch.setitem(kinds, name, kind)
    return kind


def run_first(queue: str = Queue.TRANSLATIONS) -> Job:
    """Lets a worker do the most urgent job, and gives it as it is then."""
    job = claim(queue)
    assert job is not None, "nothing waits"
    run(job)
    return Job.objects.get(pk=job.pk)


def do_now(kind: str, subject: object, **arguments) -> None:
    """Does the work of a kind at once, without a row; what it raises is raised."""
    job = Job(kind=kind, subject=str(subject), arguments=arguments)
    for _piece in kinds[kind].work(job) or ():
        pass
