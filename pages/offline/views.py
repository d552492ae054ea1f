"""Answers that make the site readable without a network."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from pages.caching.headers import ASKED_EACH_TIME, kept_for
from pages.routing import find_place
from pages.surroundings import language_links, surroundings_elsewhere
from translations.language_forms import active_language
from translations.languages import LANGUAGES

from .ahead import fetched_ahead, needed_pages

WORKER = Path(__file__).with_name("service-worker.js")
COMMENT = re.compile(r"^ *//.*\n", re.MULTILINE)
ICONS = {"any": ("icon-192.png", "icon-512.png"), "maskable": ("icon-maskable-512.png",)}


@require_safe
@kept_for()
def offline_list(request: HttpRequest) -> JsonResponse:
    """What a device fetches ahead in this language: addresses with their versions."""
    return JsonResponse({"pages": fetched_ahead(active_language())})


@require_safe
def offline_page(request: HttpRequest) -> HttpResponse:
    """What can be read without a network, for whoever looks for it and whoever has none now."""
    language = active_language()
    request.surroundings = surroundings_elsewhere(find_place(language.code, ""), language)
    request.surroundings.languages = language_links(
        {code: f"/{code}/offline/" for code in LANGUAGES}, language
    )
    needed = needed_pages().filter(locale__language_code=language.code)
    context = {"needed": needed.only("title", "url_path", "summary", "drawing")}
    response = render(request, "pages/offline.html", context)
    response["Cache-Control"] = ASKED_EACH_TIME
    return response


@cache
def worker() -> str:
    """The worker's script, without its comments. Its version is made of all that it says."""
    script = COMMENT.sub("", WORKER.read_text(encoding="utf-8"))
    known = {"LANGUAGES": [*LANGUAGES], "STATIC_URL": settings.STATIC_URL}
    version = hashlib.sha256(repr((known, script)).encode()).hexdigest()[:12]
    lines = [
        f"const {name} = {json.dumps(value)};\n"
        for name, value in {"VERSION": version, **known}.items()
    ]
    return "".join([*lines, script])


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that answers where there is no network. Browsers ask for it anew each time."""
    return HttpResponse(
        worker(),
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache"},
    )


@require_safe
@kept_for()
def manifest(request: HttpRequest, code: str) -> JsonResponse:
    """How the site is put on a telephone's home screen, in a language."""
    language = LANGUAGES.get(code)
    if language is None:
        raise Http404
    with override(code):
        name = f"CLAIR: {_('Council of Local Authorities for International Relations')}"
    icons = [
        {
            "src": static(f"images/{file}"),
            "sizes": "x".join([file.removesuffix(".png").rpartition("-")[2]] * 2),
            "type": "image/png",
            "purpose": purpose,
        }
        for purpose, files in ICONS.items()
        for file in files
    ]
    return JsonResponse(
        {
            "name": name,
            "short_name": "CLAIR",
            "lang": language.tag,
            "dir": language.direction,
            "id": f"/{code}/",
            "start_url": f"/{code}/",
            "scope": "/",
            "display": "minimal-ui",
            "background_color": "#fbfaf5",
            "theme_color": "#fbfaf5",
            "icons": icons,
        },
        content_type="application/manifest+json",
    )
