"""Puts the request's language in force: the path's first, else what the reader asks for."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from .languages import LANGUAGES
from .negotiation import negotiate


class LanguageMiddleware:
    """Activates the language for the request and names it in the response's headers.

    Only an answer whose language was negotiated varies on the reader's headers, so that pages,
    whose language is in their path, stay cacheable.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        first = request.path_info.lstrip("/").partition("/")[0]
        language = LANGUAGES.get(first) or negotiate(request)
        request.LANGUAGE_CODE = language.code
        with translation.override(language.code):
            response = self.get_response(request)
            active = translation.get_language()
        if active in LANGUAGES:
            response.setdefault("Content-Language", LANGUAGES[active].tag)
        return response
