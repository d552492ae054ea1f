"""How allauth behaves here: staff accounts are made by administrators, nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffAccountAdapter(DefaultAccountAdapter):
    """Closes sign-up; everything else is allauth's own."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
