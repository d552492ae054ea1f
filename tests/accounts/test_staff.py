"""Staff accounts are made once, and their passwords are shown once."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from tests.pages.factories import make_home, make_locale

pytestmark = pytest.mark.django_db

SHOWN = re.compile(r"^  (\S+) +(\S.*)$", re.MULTILINE)


@pytest.fixture(autouse=True)
def site(monkeypatch) -> None:
    """A site in English and Japanese, with nothing set in the environment."""
    make_locale("ja")
    make_home()
    for role in ("ADMINISTRATOR", "EDITOR", "REVIEWER", "TRANSLATOR_JA"):
        monkeypatch.delenv(f"STAFF_PASSWORD_{role}", raising=False)


def create_staff(capsys) -> dict[str, str]:
    """Runs the command; gives what it shows for each account."""
    call_command("create_staff")
    return dict(SHOWN.findall(capsys.readouterr().out))


def test_there_is_an_account_for_each_role_whose_password_works(capsys):
    shown = create_staff(capsys)
    assert {"administrator", "editor", "reviewer", "translator-ja"} <= set(shown)
    for role, password in shown.items():
        assert len(password) >= 12
        user = authenticate(username=role, password=password)
        assert user is not None
        groups = [] if role == "administrator" else [role]
        assert [group.name for group in user.groups.all()] == groups
        assert user.is_superuser == (role == "administrator")
    assert len(set(shown.values())) == len(shown)


def test_a_password_opens_the_admin(capsys):
    password = create_staff(capsys)["editor"]
    client = Client(REMOTE_ADDR="198.51.100.23")
    client.post("/accounts/login/", {"login": "editor", "password": password})
    assert client.get("/admin/").status_code == 200


def test_passwords_are_shown_once_and_stay_as_they_are(capsys):
    first = create_staff(capsys)
    assert create_staff(capsys) == {}
    for role, password in first.items():
        assert authenticate(username=role, password=password)


def test_a_password_from_the_environment_is_taken_and_not_shown(capsys, monkeypatch):
    monkeypatch.setenv("STAFF_PASSWORD_EDITOR", "a drill every autumn")
    monkeypatch.setenv("STAFF_PASSWORD_TRANSLATOR_JA", "a drill every spring")
    call_command("create_staff")
    output = capsys.readouterr()
    assert "a drill" not in output.out + output.err
    assert dict(SHOWN.findall(output.out))["editor"] == "(from STAFF_PASSWORD_EDITOR)"
    assert authenticate(username="editor", password="a drill every autumn")
    assert authenticate(username="translator-ja", password="a drill every spring")


def test_the_environment_does_not_change_the_password_of_an_account_that_is_there(
    capsys, monkeypatch
):
    password = create_staff(capsys)["editor"]
    monkeypatch.setenv("STAFF_PASSWORD_EDITOR", "a drill every autumn")
    create_staff(capsys)
    assert authenticate(username="editor", password=password)
    assert not authenticate(username="editor", password="a drill every autumn")


def test_an_account_for_a_new_language_is_made_by_running_again(capsys):
    create_staff(capsys)
    User.objects.filter(username="translator-ja").delete()
    assert set(create_staff(capsys)) == {"translator-ja"}


def test_no_password_is_stored_as_it_is(capsys):
    shown = create_staff(capsys)
    stored = dict(User.objects.values_list("username", "password"))
    assert not any(password in stored[role] for role, password in shown.items())
