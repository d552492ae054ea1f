"""A page whose Japanese translator and reviewer sign in."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Locale
from wagtail_localize.models import Translation

from accounts.groups import REVIEWER, create_groups, translator_group_name
from accounts.models import User
from pages.models import HomePage, StandardPage
from tests.pages.factories import block, make_home, make_locale, make_page
from tests.translations.factories import make_translated
from translations.memory.filling import fill_from_memory
from translations.store import bring_in
from translations.targets import make_target, submit


@pytest.fixture
def japanese() -> Locale:
    return make_locale("ja")


@pytest.fixture
def home(japanese) -> HomePage:
    home = make_home()
    make_translated(home, japanese, make_locale("ko"))
    create_groups()
    return home


@pytest.fixture
def page(home) -> StandardPage:
    return make_page(
        home,
        slug="waste",
        title="Waste",
        body=[
            block("notice", {"kind": "warning", "title": "Ladders", "text": "Climb the ladders."}),
            block("text", "<p>Ask <b>the desk</b> by 10.</p>"),
        ],
    )


@pytest.fixture
def translation(page, japanese) -> Translation:
    """The page, brought to the translators."""
    source, _ = bring_in(page)
    translation = submit(source, japanese)
    fill_from_memory(translation)
    make_target(source, japanese, publish=False)
    return translation


def member(group: str) -> User:
    """Somebody of the staff who is in that group alone."""
    user = User.objects.create_user(username=group, email=f"{group}@example.org")
    user.groups.add(Group.objects.get(name=group))
    return user


def browser_of(user: User) -> Client:
    """A browser in which that person is signed in."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def translator(home) -> User:
    return member(translator_group_name("ja"))


@pytest.fixture
def reviewer(home) -> User:
    return member(REVIEWER)


@pytest.fixture
def desk(translator) -> Client:
    return browser_of(translator)
