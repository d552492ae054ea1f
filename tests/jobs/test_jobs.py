"""What is asked for is done: once, in order, again after failures, and by nobody twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from celery import current_app
from django.db import transaction
from django.utils import timezone
from structlog.testing import capture_logs

from jobs import controls
from jobs.asking import ask_for
from jobs.kinds import FIRST_WAIT, LONGEST_WAIT, job_kind, kinds, wait_after
from jobs.models import Job, JobState, Queue
from jobs.running import claim, run
from jobs.sweeping import sweep
from jobs.tasks import work
from tests.jobs.brokers import task_of_closed_redis
from tests.jobs.factories import make_kind, run_first

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_jobs_yet(db) -> None:
    """The database may hold the site's content, and the jobs that came with it."""
    Job.objects.all().delete()


def overdue(job: Job, **ago: float) -> None:
    """Lets a job have been asked for, and its worker have been seen, so long ago."""
    then = timezone.now() - timedelta(**ago)
    Job.objects.filter(pk=job.pk).update(asked_at=then, due_at=then, seen_at=then)


def calls(monkeypatch) -> list[tuple]:
    """The calls to workers from now on; nobody comes."""
    made: list[tuple] = []
    monkeypatch.setattr(
        current_app.tasks["jobs.tasks.work"],
        "apply_async",
        lambda args, **options: made.append((*args, options["queue"])),
    )
    return made


def test_what_is_asked_for_is_done_after_the_commit(
    monkeypatch, django_capture_on_commit_callbacks
):
    seen = []
    make_kind(monkeypatch, lambda job: seen.append((job.subject, job.arguments)))
    with django_capture_on_commit_callbacks(execute=True):
        job = ask_for("tests.work", 7, title="Seven", arguments={"a": 1})
        assert seen == []
        assert job.state == JobState.WAITING
    job.refresh_from_db()
    assert (job.state, job.held_by, job.error, str(job)) == (JobState.DONE, None, "", "Seven")
    assert job.started_at <= job.ended_at
    assert seen == [("7", {"a": 1})]


def test_what_was_rolled_back_was_never_asked_for(monkeypatch):
    make_kind(monkeypatch, lambda job: None)
    with pytest.raises(RuntimeError), transaction.atomic():
        ask_for("tests.work", 7)
        raise RuntimeError
    assert not Job.objects.exists()


def test_of_one_subject_only_one_job_is_open(monkeypatch):
    make_kind(monkeypatch, lambda job: None)
    make_kind(monkeypatch, lambda job: None, name="tests.other")
    first = ask_for("tests.work", 7, arguments={"a": 1})
    again = ask_for("tests.work", 7, arguments={"a": 2}, priority=1)
    assert first.pk == again.pk
    assert ask_for("tests.other", 7).pk != first.pk != ask_for("tests.work", 8).pk
    first.refresh_from_db()
    assert (first.arguments, first.priority) == ({"a": 2}, 1)
    assert Job.objects.count() == 3


def test_what_is_asked_for_while_it_runs_runs_once_more(monkeypatch):
    seen = []

    def do(job: Job) -> None:
        seen.append(job.arguments)
        if len(seen) == 1:
            ask_for("tests.work", 7, arguments={"a": 2})
            ask_for("tests.work", 7, arguments={"a": 3})

    make_kind(monkeypatch, do)
    ask_for("tests.work", 7, arguments={"a": 1})
    assert run_first().state == JobState.WAITING
    assert run_first().state == JobState.DONE
    assert seen == [{"a": 1}, {"a": 3}]
    assert claim(Queue.TRANSLATIONS) is None


def test_the_most_urgent_goes_first_and_each_queue_has_its_own(monkeypatch):
    make_kind(monkeypatch, lambda job: None)
    make_kind(monkeypatch, lambda job: None, name="tests.media", queue=Queue.MEDIA)
    for number, priority in enumerate([5, 5, 1, 9]):
        ask_for("tests.work", number, priority=priority)
    ask_for("tests.media", 4, priority=0)
    assert [run_first().subject for _ in range(4)] == ["2", "0", "1", "3"]
    assert run_first(Queue.MEDIA).subject == "4"


def test_a_worker_goes_on_until_nothing_waits(monkeypatch):
    seen = []
    make_kind(monkeypatch, lambda job: seen.append(job.subject))
    for number in range(3):
        ask_for("tests.work", number)
    work(Queue.TRANSLATIONS)
    assert seen == ["0", "1", "2"]


def test_a_job_that_two_workers_want_goes_to_one_of_them(monkeypatch):
    make_kind(monkeypatch, lambda job: None)
    ask_for("tests.work", 1)
    assert claim(Queue.TRANSLATIONS)
    assert claim(Queue.TRANSLATIONS) is None


def test_a_failure_is_tried_again_later_and_at_last_left_to_staff(monkeypatch):
    def do(job: Job) -> None:
        raise OSError("The disk is full.")

    make_kind(monkeypatch, do, attempts=2)
    job = ask_for("tests.work", 1)
    with capture_logs() as logs:
        assert run_first().state == JobState.WAITING
        assert claim(Queue.TRANSLATIONS) is None, "it waits a while first"
        job.refresh_from_db()
        assert job.error == "OSError: The disk is full."
        assert job.due_at - timezone.now() + timedelta(seconds=5) > FIRST_WAIT / 2
        overdue(job, hours=1)
        job = run_first()
    assert (job.state, job.error, job.attempts) == (
        JobState.FAILED,
        "OSError: The disk is full.",
        2,
    )
    assert [entry["event"] for entry in logs] == ["job_failed", "job_failed"]


def test_waits_grow_and_have_an_end():
    for attempts, most in ((1, FIRST_WAIT), (2, FIRST_WAIT * 2), (20, LONGEST_WAIT)):
        assert all(most / 2 <= wait_after(attempts) <= most for _ in range(50))


def test_what_failed_can_be_tried_again_and_goes_once_it_is_asked_for_anew(monkeypatch):
    fails = [True]

    def do(job: Job) -> None:
        if fails[0]:
            raise ValueError("no")

    make_kind(monkeypatch, do, attempts=1)
    job = ask_for("tests.work", 1)
    assert run_first().state == JobState.FAILED
    assert controls.retry(job)
    assert run_first().state == JobState.FAILED
    fails[0] = False
    new = ask_for("tests.work", 1)
    assert not Job.objects.filter(pk=job.pk).exists()
    assert run_first() == new
    assert not controls.retry(new)


def test_a_long_job_shows_how_far_it_is_and_takes_turns(monkeypatch):
    monkeypatch.setattr("jobs.running.TURN", timedelta(0))
    called = calls(monkeypatch)

    def do(job: Job):
        job.total = 3
        while job.done < job.total:
            job.done += 1
            job.remark(f"piece {job.done}")
            yield

    make_kind(monkeypatch, do)
    ask_for("tests.work", 1)
    for done in (1, 2, 3):
        job = run_first()
        assert (job.state, job.done, job.total) == (JobState.WAITING, done, 3)
    assert run_first().state == JobState.DONE
    assert Job.objects.get().remarks == "piece 1\npiece 2\npiece 3\n"
    assert called == []  # Tests do not commit.


@pytest.mark.parametrize("way", ["pause", "cancel"])
def test_a_running_job_stops_after_the_piece_at_hand(monkeypatch, way):
    seen = []

    def do(job: Job):
        for number in range(5):
            seen.append(number)
            if number == 1:
                assert controls.CONTROLS[way](job)
            yield

    make_kind(monkeypatch, do)
    ask_for("tests.work", 1)
    job = run_first()
    assert seen == [0, 1]
    assert job.state == (JobState.PAUSED if way == "pause" else JobState.CANCELLED)
    assert claim(Queue.TRANSLATIONS) is None
    assert controls.resume(job) is (way == "pause")
    if way == "pause":
        assert run_first().state == JobState.PAUSED
        assert seen == [0, 1, 0, 1]


def test_the_job_of_a_dead_worker_is_done_by_another(monkeypatch):
    make_kind(monkeypatch, lambda job: None)
    job = ask_for("tests.work", 1)
    lost = claim(Queue.TRANSLATIONS)
    sweep()
    assert claim(Queue.TRANSLATIONS) is None, "its worker may still be at it"
    overdue(job, minutes=3)
    sweep()
    assert run_first().state == JobState.DONE
    # The first worker was only slow: it changes nothing any more.
    make_kind(monkeypatch, lambda job: 1 / 0)
    run(lost)
    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_a_job_that_kills_its_workers_ends(monkeypatch):
    make_kind(monkeypatch, lambda job: None, attempts=2)
    job = ask_for("tests.work", 1)
    for _ in range(2):
        assert claim(Queue.TRANSLATIONS)
        overdue(job, minutes=3)
        sweep()
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.error == "The worker went away in the middle of it."


def test_workers_are_called_to_what_lost_its_message(
    monkeypatch, django_capture_on_commit_callbacks
):
    make_kind(monkeypatch, lambda job: None)
    make_kind(monkeypatch, lambda job: None, name="tests.media", queue=Queue.MEDIA)
    called = calls(monkeypatch)
    for number in range(12):
        overdue(ask_for("tests.work", number), minutes=1)
    overdue(ask_for("tests.media", 1), minutes=1)
    overdue(paused := ask_for("tests.media", 2), minutes=1)
    controls.pause(paused)
    with django_capture_on_commit_callbacks(execute=True):
        sweep()
    assert called == [("media", "media")] + [("translations", "translations")] * 8


def test_what_ended_long_ago_is_forgotten_but_not_what_failed(monkeypatch):
    make_kind(monkeypatch, lambda job: None)
    done, failed, fresh = (ask_for("tests.work", number) for number in range(3))
    for job in (done, failed, fresh):
        run_first()
        then = timezone.now() - timedelta(days=0 if job == fresh else 15)
        Job.objects.filter(pk=job.pk).update(ended_at=then)
    Job.objects.filter(pk=failed.pk).update(state=JobState.FAILED)
    sweep()
    assert set(Job.objects.all()) == {failed, fresh}


def test_without_a_broker_the_job_waits_and_the_log_says_so_once(
    monkeypatch, django_capture_on_commit_callbacks
):
    seen = []
    make_kind(monkeypatch, lambda job: seen.append(job.subject))
    away = task_of_closed_redis("jobs.tasks.work")
    with monkeypatch.context() as patched, capture_logs() as logs:
        patched.setitem(current_app.tasks, "jobs.tasks.work", away)
        with django_capture_on_commit_callbacks(execute=True):
            job = ask_for("tests.work", 1)
    assert [entry["event"] for entry in logs] == ["task_not_queued"]
    assert seen == []
    overdue(job, minutes=1)
    with django_capture_on_commit_callbacks(execute=True):
        sweep()
    assert seen == ["1"]


def test_work_that_is_not_known_any_more_is_a_failure(monkeypatch):
    kind = make_kind(monkeypatch, lambda job: None)
    ask_for("tests.work", 1)
    monkeypatch.delitem(kinds, kind.name)
    assert run_first().error == "No work of the kind tests.work is known here."
    with pytest.raises(KeyError):
        ask_for("tests.work", 2)


def test_two_functions_cannot_have_one_name():
    name = next(iter(kinds))
    with pytest.raises(ValueError, match=name):
        job_kind(name, "Another", queue=Queue.MEDIA)(lambda job: None)


def test_every_kind_fits_its_queue_and_its_label():
    assert kinds
    for kind in kinds.values():
        assert kind.queue in Queue
        assert str(kind.label)[0].isupper()
