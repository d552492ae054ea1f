"""Puts the request's language in force: the path's first, else what the reader asks for."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from .languages import LANGUAGES
from .negotiation import negotiate


class LanguageMiddleware:
    """Activates the language for the request and names it in the response's headers.

    Only an HTML answer whose language was negotiated varies on the reader's headers, so that pages,
    whose language is in their path, and files, which have none, stay cacheable.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        first = request.path_info.lstrip("/").partition("/")[0]
        named = LANGUAGES.get(first)
        language = named or negotiate(request)
        with translation.override(language.code):
            request.LANGUAGE_CODE = language.code
            response = self.get_response(request)
        negotiated = named is None and response.get("Content-Type", "").startswith("text/html")
        if negotiated:
            patch_vary_headers(response, ["Accept-Language", "Cookie"])
        if named or negotiated:
            response.setdefault("Content-Language", language.tag)
        return response
