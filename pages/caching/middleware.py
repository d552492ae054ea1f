"""Answers visitors from the page cache, and keeps there what may be kept.

The same entries serve every visitor: nothing in them depends on who asks. Whoever has a session is
never answered from here and never fills it.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from translations.languages import LANGUAGES

from .headers import NOT_KEPT, seconds_to_keep
from .store import VARIANTS, entry_key, purged_at, read, release, write

LANGUAGE_PATH = re.compile(r"/([^/]+)/")
FILE_AT_THE_ROOT = re.compile(r"/[\w-]+\.(?:xml|txt)")
COMPRESSIBLE = ("text/", "application/atom+xml", "application/json", "application/xml")
# Anything shorter would hardly become smaller.
MIN_COMPRESSED = 500
TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")


def is_public(path: str) -> bool:
    """Whether a path is one that visitors read: a page's, or a file for machines."""
    found = LANGUAGE_PATH.match(path)
    return found[1] in LANGUAGES if found else bool(FILE_AT_THE_ROOT.fullmatch(path))


def compressed(response: HttpResponse) -> bytes | None:
    """The body of an answer, compressed; None where that is of no use."""
    text = response.get("Content-Type", "").startswith(COMPRESSIBLE)
    if not text or len(response.content) < MIN_COMPRESSED:
        return None
    return gzip.compress(response.content, compresslevel=6, mtime=0)


def put_body(
    response: HttpResponse, request: HttpRequest, body: bytes, packed: bytes | None
) -> HttpResponse:
    """The answer with its body, compressed where it can be and the reader's browser takes it."""
    if packed:
        patch_vary_headers(response, ["Accept-Encoding"])
        if TAKES_GZIP.search(request.headers.get("Accept-Encoding", "")):
            body = packed
            response["Content-Encoding"] = "gzip"
    response.content = body
    response["Content-Length"] = str(len(body))
    return response


@dataclass(frozen=True)
class KeptAnswer:
    """A finished answer: its headers, its body as it is and compressed, and its tag."""

    headers: dict[str, str]
    body: bytes
    packed: bytes | None
    etag: str
    release: str

    @classmethod
    def of(cls, response: HttpResponse) -> KeptAnswer:
        """The answer as it is kept; compressed once for everyone."""
        return cls(
            headers={name: value for name, value in response.items() if name != "Content-Length"},
            body=response.content,
            packed=compressed(response),
            etag=f'W/"{hashlib.sha256(response.content).hexdigest()[:20]}"',
            release=release(),
        )

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The answer to this request; 304 when the reader's browser has it already."""
        known = parse_etags(request.headers.get("If-None-Match", ""))
        if self.etag in known or "*" in known:
            response = HttpResponseNotModified(headers=self.headers)
            del response["Content-Type"]
            if self.packed:
                patch_vary_headers(response, ["Accept-Encoding"])
        else:
            response = put_body(HttpResponse(headers=self.headers), request, self.body, self.packed)
        response["ETag"] = self.etag
        return response


class PageCacheMiddleware:
    """Stands outermost, so that an answer that is kept needs nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if not is_public(path) or request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response = self.get_response(request)
            response["Cache-Control"] = NOT_KEPT
            return response
        query = request.META.get("QUERY_STRING", "")
        key = entry_key(path, query) if query in ("", *VARIANTS) else None
        kept: KeptAnswer | None = read(key) if key else None
        if kept and kept.release == release():
            return kept.answer(request)
        started = time.time()
        response = self.get_response(request)
        response.setdefault("Cache-Control", NOT_KEPT)
        if response.streaming or response.cookies:
            return response
        seconds = seconds_to_keep(response)
        if response.status_code != 200 or not seconds:
            return put_body(response, request, response.content, compressed(response))
        if purged_at(path) >= started:
            # The page changed while this answer was being made.
            response["Cache-Control"] = NOT_KEPT
            seconds = 0
        kept = KeptAnswer.of(response)
        if key and seconds:
            write(key, kept, seconds)
        return kept.answer(request)
