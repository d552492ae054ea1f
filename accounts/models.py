"""The people who sign in: CLAIR's staff and translators."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Someone with a staff account. Ours from the first migration, so that it can grow."""
