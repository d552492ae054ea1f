"""Staff for tests."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import User

ADMINISTRATOR = "administrator"


def make_user(role: str, password: str | None = None) -> User:
    """Someone with that role: of the group of that name, or an administrator."""
    name = f"{role}-of-a-test"
    if role == ADMINISTRATOR:
        return User.objects.create_superuser(name, password=password)
    user = User.objects.create_user(name, password=password)
    user.groups.add(Group.objects.get(name=role))
    return user


def signed_in(role: str) -> Client:
    """A browser in which someone with that role is signed in; `anonymous` is nobody."""
    client = Client()
    if role != "anonymous":
        client.force_login(make_user(role), backend="django.contrib.auth.backends.ModelBackend")
    return client
