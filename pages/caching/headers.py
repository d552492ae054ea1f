"""What answers tell caches: how long a copy may be kept, and by whom."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

DAY = 86_400
# A page with a clock shows the minute.
WITH_A_CLOCK = 60
# How long a copy may still be shown while a newer one is fetched (RFC 5861): as long as a published
# change may take to show.
STALE_WHILE_REVALIDATE = 2
STALE_IF_ERROR = DAY
NOT_KEPT = "private, no-store"
# For all to see, but made anew for each: no cache has to be told when it changes.
ASKED_EACH_TIME = "public, no-cache"


def allow_keeping(response: HttpResponse, seconds: int = DAY) -> HttpResponse:
    """Lets shared caches keep a public answer for `seconds`; readers' browsers ask each time.

    An answer that has been told otherwise stays as it is.
    """
    if response.status_code == 200 and not response.has_header("Cache-Control"):
        response["Cache-Control"] = (
            f"public, max-age=0, s-maxage={seconds},"
            f" stale-while-revalidate={STALE_WHILE_REVALIDATE}, stale-if-error={STALE_IF_ERROR}"
        )
    return response


def kept_for(seconds: int = DAY) -> Callable:
    """A decorator: the view's answers may be kept by shared caches for `seconds`."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def keeping(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            return allow_keeping(view(request, *args, **kwargs), seconds)

        return keeping

    return decorate


def seconds_to_keep(response: HttpResponse) -> int:
    """For how long a shared cache may keep the answer; 0 when it may not."""
    for part in response.get("Cache-Control", "").split(","):
        name, _, value = part.strip().partition("=")
        if name == "s-maxage" and value.isdigit():
            return int(value)
    return 0
