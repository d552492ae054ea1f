"""Public addresses of pages, worked out from what a query already holds."""

from __future__ import annotations

from django.conf import settings


def public_path(url_path: str, language_code: str) -> str:
    """The address of a page, `/ja/offices/paris/`, from its `url_path` and its language's code.

    A `url_path` begins with the slug of its language's home page (`/home-1/offices/paris/`), which
    the public address replaces by the language.
    """
    _, _, rest = url_path.lstrip("/").partition("/")
    return f"/{language_code}/{rest}"


def public_url(path: str) -> str:
    """The full address, with scheme and host, of a path on the site (`/ja/offices/`)."""
    return settings.SITE_URL.rstrip("/") + path
