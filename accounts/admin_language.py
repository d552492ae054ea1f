"""The language in which somebody reads the admin, for what is written for them elsewhere."""

from __future__ import annotations

from wagtail.users.models import UserProfile


def admin_language_of(user) -> str:
    """The code of the language that the user chose, or the site's. One query."""
    profile = UserProfile.objects.filter(user=user).first() or UserProfile(user=user)
    return profile.get_preferred_language()
