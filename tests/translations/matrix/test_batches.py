"""What is too much for a request is done by the workers, page by page, a job for each language."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail.users.models import UserProfile

from accounts.groups import EDITOR, REVIEWER, create_groups
from accounts.models import User
from jobs import controls
from jobs.models import Job, JobState
from pages.models import HomePage
from tests.jobs.factories import run_first
from tests.pages.factories import make_home, make_locale, make_page
from tests.translations.factories import make_translated, translate_all
from translations.matrix.batches import BATCH
from translations.models import LanguagePolicy
from translations.state.states import State, states_of
from translations.store import bring_in
from translations.targets import submit

pytestmark = pytest.mark.django_db

TABLE = "translations_matrix"
PAGES = 14


@pytest.fixture
def languages() -> list[Locale]:
    return [make_locale("ja"), make_locale("ko")]


@pytest.fixture
def home(languages) -> HomePage:
    Job.objects.all().delete()
    home = make_home()
    make_translated(home, *languages)
    create_groups()
    return home


@pytest.fixture
def pages(home) -> list[Page]:
    """A tree: one page, and the rest below it."""
    first = make_page(home, slug="page-0", title="Page 0")
    below = [make_page(first, slug=f"page-{n}", title=f"Page {n}") for n in range(1, PAGES)]
    return [first, *below]


@pytest.fixture
def user(home) -> User:
    user = User.objects.create_user(username="staff", email="staff@example.org")
    user.groups.add(Group.objects.get(name=EDITOR), Group.objects.get(name=REVIEWER))
    return user


def order(user: User, pages: list[Page], languages: list[Locale], **more) -> str:
    """Ticks the pages in the table, orders it, and gives what the admin says of it."""
    client = Client()
    client.force_login(user)
    chosen = {
        "action": "prepare",
        "pages": [page.pk for page in pages],
        "languages": [locale.pk for locale in languages],
    }
    return client.post(reverse(TABLE), chosen | more, follow=True).content.decode()


def in_state(pages: list[Page], languages: list[Locale], state: State) -> int:
    """How many of these translations are in a state."""
    return [found.state for found in states_of(pages, languages).values()].count(state)


def test_a_large_order_is_a_job_for_each_language_and_a_small_one_is_none(user, pages, languages):
    said = order(user, pages, languages)
    assert "The work on 2 languages goes on in the background." in said
    assert reverse("jobs_report") in said
    jobs = Job.objects.filter(kind=BATCH)
    assert {str(job) for job in jobs} == {
        "Prepare for translation: 日本語, 14 pages",
        "Prepare for translation: 한국어, 14 pages",
    }
    assert {job.asked_by for job in jobs} == {user}
    assert in_state(pages, languages, State.MISSING) == 2 * PAGES
    order(user, pages, languages)
    order(user, pages[:2], languages)
    assert jobs.count() == 2


def test_the_workers_do_all_of_it_parents_first(user, pages, languages):
    order(user, pages, languages)
    for _locale in languages:
        job = run_first()
        assert (job.state, job.done, job.total, job.remarks) == (JobState.DONE, PAGES, PAGES, "")
    assert in_state(pages, languages, State.IN_TRANSLATION) == 2 * PAGES
    assert Page.find_problems() == ([], [], [], [], [])


def test_the_request_costs_the_same_however_many_pages_there_are(
    user, pages, languages, home, settings
):
    def cost(everything: list[Page]) -> int:
        Job.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            order(user, [], languages, everything="on")
        assert Job.objects.first().arguments["pages"][-1] == everything[-1].pk
        return len(queries)

    order(user, [], languages, everything="on")  # Once to warm up.
    before = cost(pages)
    more = [make_page(home, slug=f"more-{n}") for n in range(60)]
    assert cost(more) <= before + 1  # Part of the table has a next part now.


def test_only_what_the_form_leaves_is_meant_by_everything(user, pages, languages):
    client = Client()
    client.force_login(user)
    chosen = {"action": "prepare", "everything": "on", "languages": [languages[0].pk]}
    client.post(reverse(TABLE) + "?q=page+3", chosen)
    assert in_state(pages[:3], languages[:1], State.MISSING) == 3
    nothing = client.post(reverse(TABLE), {"action": "prepare", "languages": [languages[0].pk]})
    assert "Choose at least one page." in nothing.content.decode()


def test_a_job_goes_on_where_it_was_left(user, pages, languages, monkeypatch):
    order(user, pages, languages[:1])
    monkeypatch.setattr("jobs.running.TURN", timedelta(0))
    for done in range(1, 4):
        job = run_first()
        assert (job.state, job.done) == (JobState.WAITING, done)
        assert in_state(pages, languages[:1], State.IN_TRANSLATION) == done
    assert controls.pause(job)
    assert controls.resume(job)
    monkeypatch.undo()
    assert run_first().state == JobState.DONE
    assert in_state(pages, languages[:1], State.IN_TRANSLATION) == PAGES


def test_what_cannot_be_done_is_said_in_the_language_of_whoever_asked(user, pages, languages):
    UserProfile.objects.create(user=user, preferred_language="de")
    order(user, pages[1:], languages[:1])
    job = run_first()
    assert job.state == JobState.DONE
    reasons = job.remarks.splitlines()
    assert len(reasons) == PAGES - 1
    assert reasons[0] == "Page 1, 日本語: Die Seite darüber kommt zuerst."


def test_ready_pages_go_live_through_the_workers_and_the_others_say_why(user, pages, languages):
    LanguagePolicy.objects.create(locale=languages[0], review_needed=False)
    for page in pages[:-1]:
        translate_all(bring_in(page)[0], languages[0])
    submit(bring_in(pages[-1])[0], languages[0])
    order(user, pages, languages[:1], action="hand_on")
    job = run_first()
    assert job.state == JobState.DONE
    assert job.remarks == f"Page {PAGES - 1}, 日本語: 1 text is not translated.\n"
    assert in_state(pages, languages[:1], State.LIVE) == PAGES - 1


def test_an_order_of_somebody_who_has_left_is_not_carried_out(user, pages, languages):
    order(user, pages, languages)
    User.objects.filter(pk=user.pk).update(is_active=False)
    job = run_first()
    assert "is gone" in job.error
    assert in_state(pages, languages, State.MISSING) == 2 * PAGES
