"""Puts furigana into what answers an address that asks for them: `?furigana=1`."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .variant import asked_for, with_furigana


class FuriganaMiddleware:
    """Turns a finished page into the same page with furigana. Search engines keep the plain one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        html = response.get("Content-Type", "").startswith("text/html")
        if html and not response.streaming and asked_for(request):
            surroundings = getattr(request, "surroundings", None)
            own = surroundings.readings if surroundings else None
            response.content = with_furigana(response.content.decode(), own)
            response["X-Robots-Tag"] = "noindex"
        return response
