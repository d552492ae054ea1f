"""Publishing an English page brings it before its translators, without anybody waiting for it."""

from __future__ import annotations

import pytest
from celery import current_app
from django.db import transaction
from structlog.testing import capture_logs
from wagtail.models import Page
from wagtail_localize.models import StringSegment, TranslationSource

from jobs.models import Job, JobState
from pages.models import StandardPage
from tests.jobs.brokers import task_of_closed_redis
from tests.jobs.factories import do_now
from tests.pages.factories import make_home, make_locale, make_page, publish
from tests.translations.factories import make_translated
from translations.tasks import BRING_IN

pytestmark = pytest.mark.django_db


def words_of(page: Page) -> set[str]:
    """The texts of the page that translators see."""
    segments = StringSegment.objects.filter(source__object_id=page.translation_key)
    return set(segments.values_list("string__data", flat=True))


@pytest.fixture
def page() -> StandardPage:
    """A live page that is not in the store yet."""
    return make_page(make_home(), title="Waste", summary="What to do.")


def test_publishing_brings_the_page_into_the_store_after_the_commit(
    page, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page.title = "Rubbish"
        publish(page)
        assert not TranslationSource.objects.filter(object_id=page.translation_key).exists()
    assert words_of(page) == {"Rubbish", "What to do."}


def test_an_editor_who_publishes_in_the_admin_brings_the_page_in(
    page, admin_client, django_capture_on_commit_callbacks
):
    form = {
        "title": "Rubbish",
        "slug": page.slug,
        "summary": "What to do.",
        **{"body-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"},
        "action-publish": "action-publish",
    }
    with django_capture_on_commit_callbacks(execute=True):
        response = admin_client.post(f"/admin/pages/{page.pk}/edit/", form)
    assert response.status_code == 302
    assert words_of(page) == {"Rubbish", "What to do."}


def test_a_draft_is_not_brought_in(page, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page.title = "Rubbish"
        page.save_revision()
    assert words_of(page) == set()


def test_a_translation_that_is_published_is_no_source(page, django_capture_on_commit_callbacks):
    french = make_locale("fr")
    make_translated(Page.objects.parent_of(page).get(), french)
    make_translated(page, french)
    with django_capture_on_commit_callbacks(execute=True):
        publish(page.get_translation(french))
    assert not TranslationSource.objects.filter(locale=french).exists()


def test_nothing_is_brought_in_of_what_was_rolled_back(page, django_capture_on_commit_callbacks):
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(RuntimeError),
        transaction.atomic(),
    ):
        publish(page)
        raise RuntimeError
    assert words_of(page) == set()


def test_running_again_changes_nothing(page):
    do_now(BRING_IN, page.pk)
    before = TranslationSource.objects.get(object_id=page.translation_key).last_updated_at
    do_now(BRING_IN, page.pk)
    assert TranslationSource.objects.get(object_id=page.translation_key).last_updated_at == before


def test_a_page_that_was_deleted_meanwhile_is_no_error(page):
    pk, key = page.pk, page.translation_key
    page.delete()
    do_now(BRING_IN, pk)
    assert not TranslationSource.objects.filter(object_id=key).exists()


def test_a_page_that_was_taken_down_meanwhile_is_not_brought_in(page):
    page.unpublish()
    do_now(BRING_IN, page.pk)
    assert words_of(page) == set()


def test_a_broker_that_is_away_does_not_stop_publishing_and_is_logged_once(
    page, monkeypatch, django_capture_on_commit_callbacks
):
    away = task_of_closed_redis("jobs.tasks.work")
    monkeypatch.setitem(current_app.tasks, away.name, away)
    with capture_logs() as logs, django_capture_on_commit_callbacks(execute=True):
        page.title = "Rubbish"
        publish(page)
    assert StandardPage.objects.get(pk=page.pk).title == "Rubbish"
    assert words_of(page) == set()
    warnings = [entry for entry in logs if entry["event"] == "task_not_queued"]
    assert [(entry["log_level"], entry["task"], entry["args"]) for entry in warnings] == [
        ("warning", "jobs.tasks.work", ("translations",))
    ]
    assert Job.objects.get(kind=BRING_IN, subject=page.pk).state == JobState.WAITING
