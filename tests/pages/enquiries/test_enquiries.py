"""Visitors write to CLAIR in their language, without a cookie, an account or a script."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from unittest.mock import Mock

import pytest
from django.core import mail, signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from accounts.groups import create_groups
from pages.models import Enquiry
from pages.tasks import forget_enquiries, mail_enquiry, mail_waiting_enquiries
from tests.accounts.factories import signed_in
from tests.pages.factories import make_home, make_locale
from translations.languages import LANGUAGES

pytestmark = pytest.mark.django_db
FORM = "/en/contact/message/"
MESSAGE = {
    "subject": "living",
    "message": "Where can I learn Japanese?",
    "wants_answer": "yes",
    "email": "ana@example.org",
    "answer_language": "pt-br",
    "name": "Ana",
}


@pytest.fixture(autouse=True)
def home() -> None:
    make_home()


def token(age: int = 60) -> str:
    """What a form carries that was given out `age` seconds ago."""
    signer = signing.TimestampSigner(salt="pages.form")
    moment = timezone.now() - timedelta(seconds=age)
    signer.timestamp = lambda: signing.b62_encode(int(moment.timestamp()))
    return signer.sign("form")


def send(path: str = FORM, headers: dict | None = None, **changes):
    data = MESSAGE | {"token": token()} | changes
    return Client().post(path, data, headers={"Origin": "http://testserver"} | (headers or {}))


def test_the_form_names_every_field_and_sets_no_cookie(client):
    response = client.get(FORM)
    html = response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
    assert not response.cookies
    for name in ("subject", "message", "email", "answer_language", "name"):
        assert f'<label for="id_{name}">' in html
        assert f'id="id_{name}"' in html
    assert html.count("<fieldset") == 1
    for code, language in LANGUAGES.items():
        pattern = rf'<option value="{code}"(?: selected)? lang="{language.tag}" dir="ltr">'
        assert re.search(pattern, html), code
    assert 'aria-describedby="id_message_helptext"' in html


def test_a_message_is_kept_and_thanked_for(django_capture_on_commit_callbacks, settings):
    settings.CONTACT_RECIPIENTS = ["desk@clair.example"]
    with django_capture_on_commit_callbacks(execute=True):
        response = send()
    assert (response.status_code, response["Location"]) == (302, "/en/contact/message/sent/")
    assert not response.cookies
    kept = Enquiry.objects.get()
    assert (kept.subject, kept.answer_language, kept.language_code) == ("living", "pt-br", "en")
    (sent,) = mail.outbox
    assert sent.to == ["desk@clair.example"]
    assert sent.reply_to == ["ana@example.org"]
    assert sent.subject == "[CLAIR] Living in Japan (en)"
    assert "Where can I learn Japanese?" in sent.body
    assert kept.mailed_at is not None


def test_a_message_is_mailed_once_however_often_the_work_is_done(settings):
    settings.CONTACT_RECIPIENTS = ["desk@clair.example"]
    send()
    for _ in range(2):
        mail_enquiry(Enquiry.objects.get().pk)
    assert len(mail.outbox) == 1


def test_without_a_recipient_the_message_waits_in_the_admin(admin_client):
    send()
    mail_enquiry(Enquiry.objects.get().pk)
    assert not mail.outbox
    listing = admin_client.get(reverse("enquiries:index")).content.decode()
    assert "Where can I learn Japanese?" in listing


@pytest.mark.parametrize("email", ["ana@example.org", "ana@"])
def test_whoever_wants_no_answer_leaves_no_address_and_no_name_even_a_wrong_one(email):
    assert send(wants_answer="no", email=email, name="A" * 300).status_code == 302
    kept = Enquiry.objects.get()
    assert (kept.email, kept.name) == ("", "")


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"message": " "}, "message", "Write your message."),
        ({"subject": ""}, "subject", "Choose what your message is about."),
        ({"email": "ana"}, "email", "This is not a complete e-mail address: name@example.org"),
        ({"email": ""}, "email", "Write your e-mail address, so that we can answer you."),
        (
            {"message": "x" * 5001},
            "message",
            "Your message is longer than 5,000 characters. Please shorten it.",
        ),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_above_and_nothing_is_lost(changes, field, sentence):
    response = send(**changes)
    html = response.content.decode()
    assert response.status_code == 400
    assert f'<a href="#id_{field}">{sentence}</a>' in html
    assert f'id="id_{field}_error">{sentence}' in html
    assert 'aria-invalid="true"' in html
    assert 'value="Ana"' in html
    assert not Enquiry.objects.exists()


def test_errors_are_in_the_readers_language():
    html = send("/ja/contact/message/", message="").content.decode()
    with override("ja"):
        assert gettext("Write your message.") in html
        assert gettext("Write your message.") != "Write your message."


@pytest.mark.parametrize("age", [0, 90_000])
def test_what_came_at_once_or_after_days_is_shown_again_with_what_to_do(age):
    response = send(token=token(age))
    html = response.content.decode()
    assert response.status_code == 400
    assert "look at it once more, leave out web addresses, then send it again" in html
    assert "Where can I learn Japanese?" in html
    assert not Enquiry.objects.exists()
    # The form that is shown again can be sent a little later.
    assert re.search(r'name="token" value="form:', html)


def test_a_forged_token_or_a_filled_trap_is_not_taken():
    assert send(token="form:abc:def").status_code == 400
    assert send(website="https://spam.example").status_code == 400
    assert send(message="https://a.example https://b.example www.c.example").status_code == 400
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_what_another_site_sends_is_refused(headers):
    response = send(headers=headers)
    assert response.status_code == 403
    assert not Enquiry.objects.exists()
    html = response.content.decode()
    assert "It did not come from a page of ours." in html
    assert "Where can I learn Japanese?" not in html  # words that may not be the reader's


def test_nobody_learns_which_check_failed():
    def answer(**changes) -> str:
        return re.sub(r'name="token" value="[^"]+"', "", send(**changes).content.decode())

    assert answer(website="x") == answer(token="") == answer(token=token(0))


def test_pressing_the_button_twice_sends_one_message():
    assert [send().status_code, send().status_code] == [302, 302]
    assert Enquiry.objects.count() == 1
    send(message="Another question")
    assert Enquiry.objects.count() == 2


def test_after_five_messages_in_an_hour_one_is_asked_to_wait_and_keeps_the_words():
    for number in range(5):
        assert send(message=f"Question {number}").status_code == 302
    response = send(message="One more question")
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 3600
    assert "One more question" in response.content.decode()
    assert Enquiry.objects.count() == 5


def test_no_line_break_gets_into_a_header(settings):
    settings.CONTACT_RECIPIENTS = ["desk@clair.example"]
    assert send(email="a@example.org\nBcc: b@example.org").status_code == 400
    send(name="Ana\r\nBcc: b@example.org")
    mail_enquiry(Enquiry.objects.get().pk)
    assert "Bcc" not in mail.outbox[0].message().as_string().partition("\n\n")[0]


def test_a_mail_that_fails_is_tried_again_and_the_log_names_nobody(settings, monkeypatch, caplog):
    settings.CONTACT_RECIPIENTS = ["desk@clair.example"]
    caplog.set_level(logging.DEBUG)
    send()
    enquiry = Enquiry.objects.get()
    refused = SMTPRecipientsRefused({"desk@clair.example": (550, b"ana@example.org unknown")})
    with monkeypatch.context() as away:
        away.setattr("django.core.mail.EmailMessage.send", Mock(side_effect=refused))
        mail_enquiry(enquiry.pk)
    enquiry.refresh_from_db()
    assert (enquiry.mailed_at, enquiry.mail_attempts) == (None, 1)
    assert "enquiry_not_mailed" in caplog.text
    for words in ("ana@", "Ana", "learn Japanese", "desk@"):
        assert words not in caplog.text
    mail_waiting_enquiries()
    assert not mail.outbox  # a young one is left to its own task
    Enquiry.objects.update(created_at=timezone.now() - timedelta(minutes=6))
    for _ in range(2):
        mail_waiting_enquiries()
    assert len(mail.outbox) == 1


def test_one_message_that_is_always_refused_keeps_no_other_back(settings):
    settings.CONTACT_RECIPIENTS = ["desk@clair.example"]
    send(message="First")
    send(message="Second")
    Enquiry.objects.filter(message="First").update(email="a@example.org\nBcc: b@example.org")
    Enquiry.objects.update(created_at=timezone.now() - timedelta(hours=1))
    for _ in range(2):
        mail_waiting_enquiries()
    assert list(Enquiry.objects.filter(mailed_at=None).values_list("message", flat=True)) == [
        "First"
    ]


def test_the_clock_mails_what_waits_and_forgets_what_is_old(settings):
    tasks = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert {"pages.tasks.mail_waiting_enquiries", "pages.tasks.forget_enquiries"} <= tasks


def test_a_message_is_deleted_when_its_time_is_up(settings):
    send()
    settings.ENQUIRIES_KEPT_DAYS = 180
    Enquiry.objects.update(created_at=timezone.now() - timedelta(days=179))
    forget_enquiries()
    assert Enquiry.objects.exists()
    Enquiry.objects.update(created_at=timezone.now() - timedelta(days=181))
    forget_enquiries()
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize("role", ["translator-ja", "anonymous"])
def test_nobody_but_editors_and_reviewers_reads_messages(role):
    make_locale("ja")
    create_groups()
    send()
    client = signed_in(role)
    for name in ("edit", "inspect", "history", "usage"):
        address = reverse(f"enquiries:{name}", args=[Enquiry.objects.get().pk])
        assert client.get(address).status_code == 302, name
    for address in (reverse("enquiries:index"), reverse("enquiries:index") + "?export=csv"):
        assert client.get(address).status_code == 302
    for allowed in ("editor", "reviewer"):
        assert signed_in(allowed).get(reverse("enquiries:index")).status_code == 200


def test_staff_tick_a_message_off_and_change_nothing_else_of_it(admin_client):
    send()
    enquiry = Enquiry.objects.get()
    edit = reverse("enquiries:edit", args=[enquiry.pk])
    assert "Where can I learn Japanese?" in admin_client.get(edit).content.decode()
    admin_client.post(edit, {"handled": "on", "message": "Something else"})
    enquiry.refresh_from_db()
    assert enquiry.handled
    assert enquiry.message == "Where can I learn Japanese?"
    assert admin_client.get(reverse("enquiries:add")).status_code == 302
