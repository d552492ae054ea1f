"""Makes the groups and one staff account for each role; shows new passwords once."""

from __future__ import annotations

import os
import secrets

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand

from accounts.groups import create_groups

ADMINISTRATOR = "administrator"


class Command(BaseCommand):
    """An account that is there already keeps its password. Safe to run again."""

    help = __doc__

    def handle(self, **options) -> None:
        made = [
            (role, password)
            for role in [ADMINISTRATOR, *create_groups()]
            if (password := self.make_account(role))
        ]
        if not made:
            return
        self.stdout.write("\nStaff accounts (these passwords are not shown again):\n")
        width = max(len(role) for role, _ in made)
        for role, password in made:
            self.stdout.write(f"  {role:<{width}}  {password}")

    def make_account(self, role: str) -> str | None:
        """Makes the role's account; gives its password, or None when the account is there.

        The password comes from STAFF_PASSWORD_<ROLE> in the environment, or is made up.
        """
        model = get_user_model()
        if model.objects.filter(username=role).exists():
            return None
        variable = "STAFF_PASSWORD_" + role.upper().replace("-", "_")
        password = os.environ.get(variable)
        chosen = password or secrets.token_urlsafe(12)
        user = model.objects.create_user(username=role, password=chosen)
        if role == ADMINISTRATOR:
            user.is_superuser = user.is_staff = True
            user.save()
        else:
            user.groups.add(Group.objects.get(name=role))
        return f"(from {variable})" if password else chosen
