"""Where kept answers are: Django's cache `pages`, by address; purged as any cache in front is.

Without Redis it is a folder, so that the worker, which publishes too, can purge what the web
process keeps.
"""

from __future__ import annotations

import hashlib
import time
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import caches
from redis.exceptions import RedisError
from structlog import get_logger
from wagtail.contrib.frontend_cache.backends.base import BaseBackend

logger = get_logger(__name__)

# Query strings that ask for another form of a page, of which copies are kept beside the page's own.
VARIANTS = ("furigana=1",)
# Longer than any answer takes to make.
PURGE_REMEMBERED = 120
RELEASED = {"locale", "static", "templates"}
SUFFIXES = {".css", ".html", ".js", ".mo", ".py", ".svg", ".txt", ".xml"}


@cache
def release() -> str:
    """What tells this version of the project from others: answers of another one are not given out.

    A hash over all code, templates, styles, drawings and catalogues.
    """
    found = hashlib.sha256()
    for folder in sorted({path.name for path in settings.BASE_DIR.iterdir() if path.is_dir()}):
        if folder in RELEASED or (settings.BASE_DIR / folder / "__init__.py").exists():
            for path in sorted((settings.BASE_DIR / folder).rglob("*.*")):
                if path.suffix in SUFFIXES:
                    found.update(path.read_bytes())
    return found.hexdigest()[:16]


def entry_key(path: str, variant: str = "") -> str:
    """The key of the answer that is kept for a path and a variant of it."""
    return f"answer:{path}?{variant}" if variant else f"answer:{path}"


def read(key: str, default: Any = None) -> Any:
    """What is kept under a key. A cache that is away holds nothing, and says so in the log."""
    try:
        return caches["pages"].get(key, default)
    except (OSError, RedisError) as error:
        logger.warning("page_cache_away", error=str(error))
        return default


def write(key: str, value: Any, seconds: int) -> None:
    """Keeps a value for a time. A cache that is away keeps nothing, and says so in the log."""
    try:
        caches["pages"].set(key, value, seconds)
    except (OSError, RedisError) as error:
        logger.warning("page_cache_away", error=str(error))


def purged_at(path: str) -> float:
    """When the path was last purged, in seconds since 1970; 0 when that is long ago."""
    return read(f"purged:{path}", 0.0)


class PageCacheBackend(BaseBackend):
    """The page cache as one of Wagtail's front-end caches: publishing purges it with the others."""

    def purge(self, url: str) -> None:
        """Forgets what is kept for an address, in all its variants."""
        path = urlsplit(url).path
        # First, so that an answer that was begun before is not kept afterwards.
        write(f"purged:{path}", time.time(), PURGE_REMEMBERED)
        try:
            caches["pages"].delete_many([entry_key(path, variant) for variant in ("", *VARIANTS)])
        except (OSError, RedisError) as error:
            logger.error("page_not_purged", path=path, error=str(error))
