"""Signing in: one way for all, limited, and telling nobody which accounts there are."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from django.core import mail
from django.test import Client

from accounts.groups import create_groups
from accounts.models import User
from tests.accounts.factories import make_user
from tests.pages.factories import make_home

pytestmark = pytest.mark.django_db

SIGN_IN = "/accounts/login/"
PASSWORD = "a drill every autumn"
WRONG = "a drill every spring"


@pytest.fixture
def editor() -> User:
    make_home()
    create_groups()
    user = make_user("editor", PASSWORD)
    user.email = "editor@example.org"
    user.save()
    return user


def sign_in(client: Client, name: str, password: str, **more: str):
    return client.post(SIGN_IN, {"login": name, "password": password, **more})


def is_in(client: Client) -> bool:
    """Whether the admin opens."""
    return client.get("/admin/").status_code == 200


def test_the_admins_own_sign_in_leads_to_the_one_sign_in_and_keeps_where_one_was_going():
    response = Client().get("/admin/login/?next=/admin/pages/")
    assert response.status_code == 302
    assert response["Location"] == f"{SIGN_IN}?next=/admin/pages/"


def test_the_admins_own_sign_in_form_signs_nobody_in(editor):
    client = Client()
    response = client.post("/admin/login/", {"username": editor.username, "password": PASSWORD})
    assert response.status_code == 302
    assert response["Location"] == SIGN_IN
    assert not is_in(client)


def test_the_right_password_opens_the_admin(editor):
    client = Client()
    response = sign_in(client, editor.username, PASSWORD)
    assert response.status_code == 302
    assert response["Location"] == "/admin/"
    assert is_in(client)


def test_the_e_mail_address_will_do_as_the_name(editor):
    client = Client()
    sign_in(client, "editor@example.org", PASSWORD)
    assert is_in(client)


def test_one_gets_to_where_one_was_going(editor):
    response = sign_in(Client(), editor.username, PASSWORD, next="/admin/pages/")
    assert response["Location"] == "/admin/pages/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_nobody_is_sent_to_another_site_after_signing_in(editor, elsewhere):
    response = sign_in(Client(), editor.username, PASSWORD, next=elsewhere)
    assert "evil.example" not in response["Location"]
    assert response["Location"].startswith("/")


@pytest.mark.parametrize("password", [WRONG, "", PASSWORD.upper()])
def test_a_wrong_password_opens_nothing(editor, password):
    client = Client()
    assert sign_in(client, editor.username, password).status_code == 200
    assert not is_in(client)


def test_an_account_that_was_switched_off_does_not_get_in(editor):
    User.objects.filter(pk=editor.pk).update(is_active=False)
    client = Client()
    sign_in(client, editor.username, PASSWORD)
    assert not is_in(client)


def words_of(response, name: str) -> str:
    """The answer's page without what was typed and what is random in it."""
    html = response.content.decode().replace(name, "NAME")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", html)


def test_the_answer_is_the_same_whether_or_not_there_is_such_an_account(editor):
    known = sign_in(Client(), editor.username, WRONG)
    unknown = sign_in(Client(), "someone-else", WRONG)
    assert known.status_code == unknown.status_code == 200
    assert words_of(known, editor.username) == words_of(unknown, "someone-else")


def test_asking_for_a_new_password_does_not_tell_whether_there_is_such_an_account(editor):
    answers = [
        Client().post("/accounts/password/reset/", {"email": address}, follow=True)
        for address in ("editor@example.org", "someone-else@example.org")
    ]
    assert answers[0].redirect_chain == answers[1].redirect_chain
    assert answers[0].redirect_chain
    assert words_of(answers[0], "editor@") == words_of(answers[1], "someone-else@")
    assert "/accounts/password/reset/key/" in mail.outbox[0].body
    assert "/accounts/password/reset/key/" not in mail.outbox[1].body


def test_after_too_many_wrong_passwords_the_right_one_is_refused_too(editor):
    client = Client()
    for _ in range(5):
        sign_in(client, editor.username, WRONG)
    response = sign_in(client, editor.username, PASSWORD)
    assert "Too many failed login attempts. Try again later." in response.content.decode()
    assert not is_in(client)


def test_one_address_cannot_try_one_account_after_another(editor):
    client = Client()
    for number in range(10):
        sign_in(client, f"someone-{number}", WRONG)
    sign_in(client, editor.username, PASSWORD)
    assert not is_in(client)
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    sign_in(elsewhere, editor.username, PASSWORD)
    assert is_in(elsewhere)


def test_sign_up_is_closed(editor):
    page = Client().get("/accounts/signup/")
    assert b'name="password1"' not in page.content
    form = {"username": "visitor", "password1": PASSWORD, "password2": PASSWORD}
    Client().post("/accounts/signup/", form)
    assert not User.objects.filter(username="visitor").exists()
    assert b"/accounts/signup/" not in Client().get(SIGN_IN).content


def test_the_sign_in_page_speaks_the_readers_language(editor):
    response = Client().get(SIGN_IN, headers={"Accept-Language": "ja"})
    assert '<html lang="ja" dir="ltr">' in response.content.decode()
    assert response["Content-Language"] == "ja"


def test_the_sign_in_page_is_not_indexed_and_runs_no_script_of_its_own():
    response = Client().get(SIGN_IN)
    html = response.content.decode()
    assert '<meta name="robots" content="noindex">' in html
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=", html)


def code_now(secret: str) -> str:
    """What a telephone with the secret shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(counters()))))


def test_with_a_second_factor_the_password_alone_opens_nothing(editor):
    secret = generate_totp_secret()
    TOTP.activate(editor, secret)
    client = Client()
    response = sign_in(client, editor.username, PASSWORD)
    assert response["Location"].startswith("/accounts/2fa/authenticate/")
    assert not is_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert not is_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code_now(secret)})
    assert is_in(client)


def test_signing_out_ends_it(editor):
    client = Client()
    sign_in(client, editor.username, PASSWORD)
    client.post("/accounts/logout/")
    assert not is_in(client)
