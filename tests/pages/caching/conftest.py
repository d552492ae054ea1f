"""A page cache that holds nothing yet, and a list of what is purged."""

from __future__ import annotations

import uuid
from urllib.parse import urlsplit

import pytest
from wagtail.contrib.frontend_cache.backends.base import BaseBackend

PURGED: list[str] = []


class Recorder(BaseBackend):
    """A cache in front that notes what it is told to forget."""

    def purge(self, url: str) -> None:
        PURGED.append(urlsplit(url).path)


@pytest.fixture
def page_cache(settings) -> None:
    """The page cache at work, as on a site with visitors."""
    kept = {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": uuid.uuid4().hex,
    }
    settings.CACHES = settings.CACHES | {"pages": kept}


@pytest.fixture
def purged(settings) -> list[str]:
    """The paths that a cache in front is told to forget."""
    PURGED.clear()
    front = {"BACKEND": f"{__name__}.Recorder"}
    settings.WAGTAILFRONTENDCACHE = settings.WAGTAILFRONTENDCACHE | {"front": front}
    return PURGED
