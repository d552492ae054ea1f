"""Staff see what waits, what runs and what failed, and can do something about it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from accounts.groups import EDITOR, create_groups, translator_group_name
from accounts.models import User
from jobs.asking import ask_for
from jobs.models import Job, JobState
from tests.jobs.factories import make_kind, run_first
from tests.pages.factories import make_home, make_locale

pytestmark = pytest.mark.django_db

REPORT = "jobs_report"


@pytest.fixture(autouse=True)
def groups(db) -> None:
    Job.objects.all().delete()
    make_home()
    make_locale("ko")
    create_groups()


def signed_in(group: str) -> Client:
    """A browser in which somebody of that group alone is signed in."""
    user = User.objects.create_user(username=group, email=f"{group}@example.org")
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor() -> Client:
    return signed_in(EDITOR)


@pytest.fixture
def failed(monkeypatch) -> Job:
    def do(job: Job) -> None:
        raise OSError("The disk is full.")

    make_kind(monkeypatch, do, attempts=1)
    ask_for("tests.work", 1, title="A page")
    return run_first()


def shown(client: Client, name: str = REPORT, **query) -> str:
    return client.get(reverse(name), query).content.decode()


def test_where_nothing_is_to_be_done_the_report_says_so(editor):
    assert "Nothing waits, and nothing has failed." in shown(editor)


def test_the_report_shows_how_far_work_is_and_why_it_failed(editor, failed):
    job = ask_for("tests.work", 2, title="Another page")
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, done=3, total=8, remarks="Waste: not ready.\n"
    )
    html = shown(editor)
    assert "Work of tests" in html
    assert html.index("A page") < html.index("Another page"), "what failed comes first"
    assert "OSError: The disk is full." in html
    assert "3 of 8" in html
    assert "Waste: not ready." in html
    assert '<progress value="3" max="8"' in html
    assert "data-moves" in shown(editor, "jobs_report_results")


def test_the_report_can_be_narrowed(editor, failed):
    ask_for("tests.work", 2, title="Another page")
    assert "Another page" not in shown(editor, state="failed")
    assert "A page" not in shown(editor, state="waiting")
    assert "Another page" not in shown(editor, q="A page")


def test_a_failed_job_is_tried_again_by_a_button(editor, failed):
    address = reverse("jobs_control", args=[failed.pk, "retry"])
    assert address in shown(editor)
    said = editor.post(address, follow=True).content.decode()
    assert "“A page” is now: waiting." in said
    said = editor.post(address, follow=True).content.decode()
    assert "“A page” has gone on meanwhile." in said
    assert editor.get(address).status_code == 405


def test_all_that_failed_is_tried_again_by_one_button(editor, failed):
    ask_for("tests.work", 2)
    run_first()
    assert reverse("jobs_retry_all") in shown(editor)
    editor.post(reverse("jobs_retry_all"))
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.WAITING}


@pytest.mark.parametrize("action", ["pause", "cancel", "resume"])
def test_work_is_paused_resumed_and_cancelled_by_buttons(editor, action, monkeypatch):
    make_kind(monkeypatch, lambda job: None)
    job = ask_for("tests.work", 1)
    if action == "resume":
        Job.objects.update(state=JobState.PAUSED)
    address = reverse("jobs_control", args=[job.pk, action])
    assert address in shown(editor)
    editor.post(address)
    job.refresh_from_db()
    assert job.state == {"pause": "paused", "cancel": "cancelled", "resume": "waiting"}[action]


def test_the_home_of_the_admin_tells_of_failures_only(editor, failed):
    home = reverse("wagtailadmin_home")
    assert "1 background job failed." in editor.get(home).content.decode()
    failed.delete()
    assert "background job" not in editor.get(home).content.decode().replace("Background work", "")


def test_a_translator_neither_sees_the_report_nor_changes_a_job(failed):
    translator = signed_in(translator_group_name("ko"))
    home = translator.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse(REPORT) not in home
    assert "1 background job failed." not in home
    for name in (REPORT, "jobs_report_results"):
        assert translator.get(reverse(name)).status_code in (302, 403)
    for address in (reverse("jobs_control", args=[failed.pk, "retry"]), reverse("jobs_retry_all")):
        assert translator.post(address).status_code in (302, 403)
    failed.refresh_from_db()
    assert failed.state == JobState.FAILED
