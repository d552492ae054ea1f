"""People hear once a day of what came to them, and see it on the admin's home page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.users.models import UserProfile

from jobs.models import Job
from jobs.running import run_next
from tests.translations.desk.conftest import browser_of, member
from tests.translations.factories import translate_all
from translations.models import Assignment, LanguagePolicy
from translations.notices.digest import DIGEST, send_digest
from translations.review.handing_on import hand_on
from translations.tasks import ask_for_digests

pytestmark = pytest.mark.django_db


def age(translation, days: int) -> None:
    """Makes the draft that old."""
    Page.objects.filter(pk=translation.get_target_instance().pk).update(
        latest_revision_created_at=timezone.now() - timedelta(days=days)
    )


def home_of(client: Client) -> str:
    return client.get(reverse("wagtailadmin_home")).content.decode()


def test_new_work_is_mailed_with_where_to_do_it(translation, translator):
    assert send_digest(translator)
    (message,) = mail.outbox
    assert message.to == [translator.email]
    assert message.subject == "[CLAIR] 1 translation is new or overdue"
    assert "Waste (日本語): in translation" in message.body
    assert reverse("translations_desk", args=[translation.pk]) in message.body


def test_the_mail_is_in_the_language_of_ones_admin(translation, translator):
    UserProfile.objects.create(user=translator, preferred_language="ja")
    send_digest(translator)
    assert "翻訳するもの" in mail.outbox[0].body


def test_what_was_told_before_is_not_told_again(translation, translator):
    age(translation, 2)
    assert not send_digest(translator)
    assert mail.outbox == []


def test_what_became_overdue_since_yesterday_is_told_once(translation, translator, japanese):
    LanguagePolicy.objects.create(locale=japanese, days_until_overdue=3)
    age(translation, 3)
    assert send_digest(translator)
    assert "Overdue" in mail.outbox[0].body
    age(translation, 5)
    assert not send_digest(translator)


def test_what_was_given_to_somebody_else_is_not_told(translation, translator, reviewer):
    Assignment.objects.create(translation=translation, translator=reviewer)
    assert not send_digest(translator)
    assert send_digest(reviewer)


def test_reviewers_are_told_of_reviews_and_not_of_all_work(translation, translator, reviewer):
    assert not send_digest(reviewer)
    translate_all(translation.source, translation.target_locale)
    hand_on(translation, translator)
    assert send_digest(reviewer)
    assert "To review" in mail.outbox[-1].body


def test_everybody_gets_one_job_a_day(translation, translator):
    ask_for_digests()
    ask_for_digests()
    mine = Job.objects.filter(kind=DIGEST, subject__startswith=f"{translator.pk} ")
    assert mine.count() == 1
    while run_next("translations"):
        pass
    ask_for_digests()
    assert mine.count() == 1
    assert [message.to for message in mail.outbox] == [[translator.email]]


def test_the_home_page_shows_what_waits_and_nothing_to_whom_nothing_waits_for(
    translation, translator
):
    assert reverse("translations_desk", args=[translation.pk]) in home_of(browser_of(translator))
    assert "Translations that wait for you" not in home_of(browser_of(member("translator-ko")))
