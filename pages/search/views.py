"""The search page, `/<lang>/search/?q=&pillar=&type=&page=`, and what it suggests meanwhile."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pages.rate_limits import SEARCH, seconds_to_wait
from pages.routing import Place, find_place
from pages.surroundings import language_links, surroundings_elsewhere
from translations.language_forms import active_language
from translations.languages import LANGUAGES

from .query import MAX_QUESTION, Facet, find, page_models
from .suggestions import suggest

# What is suggested may lag behind what is published for so many seconds.
SUGGESTIONS_KEPT = 300


@dataclass(frozen=True)
class Narrowing:
    """One way to narrow the matches down: the address of all, and of each choice."""

    label: str
    all_address: str
    all_chosen: bool
    links: list[tuple[Facet, str]]


def pillar_names(place: Place | None) -> dict[str, str]:
    """The pillars by their keys, named as the main menu names them."""
    known = page_models()
    rows = [(known.get(row.content_type_id), row.title) for row in (place.menu if place else [])]
    return {model.pillar: title for model, title in rows if model and model.pillar}


def typed_question(request: HttpRequest) -> str:
    """What was asked. PostgreSQL takes no NUL, and the page shows the question again."""
    return request.GET.get("q", "").replace("\x00", "").strip()


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What a question finds, or, without one, how to search."""
    language = active_language()
    place = find_place(language.code, "")
    asked = typed_question(request)
    question = asked[:MAX_QUESTION]
    pillars = pillar_names(place)
    pillar = request.GET.get("pillar", "")
    if pillar not in pillars:
        pillar = ""
    kind = request.GET.get("type", "")
    if kind not in {model._meta.model_name for model in page_models().values()}:
        kind = ""
    number = request.GET.get("page", "")
    number = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 1
    wait = seconds_to_wait(request, SEARCH) if question else 0
    findings = None
    if question and not wait:
        findings = find(question, language, pillars, pillar, kind, number)
    number = min(max(number, 1), max(findings.pages, 1)) if findings else 1

    def address(**changes: str | int) -> str:
        values = {"q": question, "pillar": pillar, "type": kind} | changes
        return "?" + urlencode({name: value for name, value in values.items() if value})

    request.surroundings = surroundings_elsewhere(place, language)
    request.surroundings.languages = language_links(
        {code: f"/{code}/search/{address()}" for code in LANGUAGES}, language
    )
    narrowings = []
    if findings:
        narrowings = [
            Narrowing(
                _("Topic area"),
                address(pillar="", type=""),
                not pillar,
                [(each, address(pillar=each.value, type="")) for each in findings.pillars],
            ),
            Narrowing(
                _("Kind of page"),
                address(type=""),
                not kind,
                [(each, address(type=each.value)) for each in findings.types],
            ),
        ]
    context = {
        "question": question,
        "wait": wait,
        "too_long": len(asked) > MAX_QUESTION,
        "findings": findings,
        "number": number,
        "narrowings": [each for each in narrowings if each.links],
        "previous": address(page=number - 1) if number > 1 else "",
        "next": address(page=number + 1) if findings and number < findings.pages else "",
    }
    response = render(request, "pages/search.html", context, status=429 if wait else 200)
    if wait:
        response["Retry-After"] = str(wait)
    return response


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Titles that go on from what was typed: `{"suggestions": [{"title": "…", "url": "…"}]}`."""
    found = suggest(typed_question(request), active_language())
    response = JsonResponse(
        {"suggestions": [asdict(each) for each in found]}, json_dumps_params={"ensure_ascii": False}
    )
    response["Cache-Control"] = f"public, max-age=60, s-maxage={SUGGESTIONS_KEPT}"
    response["X-Robots-Tag"] = "noindex"
    return response
