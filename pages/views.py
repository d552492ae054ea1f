"""Answers to visitors: pages, the choice of language, missing pages, feedback."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page
from wagtail.views import serve as wagtail_serve

from translations.language_forms import active_language
from translations.languages import LANGUAGES
from translations.negotiation import negotiate

from .addresses import public_path
from .missing import MissingPage, find_elsewhere
from .models import PageFeedback
from .routing import find_place, specific_page
from .surroundings import surroundings_elsewhere, surroundings_of


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """The site's root: sends the reader to the home page in their language."""
    response = HttpResponseRedirect(f"/{negotiate(request).code}/")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """A page by its address, or in the reader's language why it is not there."""
    language = active_language()
    place = find_place(language.code, path)
    if place is None or place.page is None:
        raise Http404
    page = specific_page(place.page)
    request.surroundings = surroundings_of(page, place, language)
    # Wagtail takes the route from here instead of walking the tree.
    request._wagtail_route_for_request = (page, [], {})
    return wagtail_serve(request, path)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 in the reader's language; for a page that other languages have, with links to those."""
    parts = request.path_info.strip("/").split("/")
    language = LANGUAGES.get(parts[0]) or negotiate(request)
    with override(language.code):
        place = find_place(language.code, "")
        missing: MissingPage | None = None
        if parts[0] in LANGUAGES:
            missing = find_elsewhere("/".join(parts[1:]), language, negotiate(request))
        request.surroundings = surroundings_elsewhere(place, language)
        response = render(request, "404.html", {"missing": missing}, status=404)
    # The order of the links, or the language itself, is the one that the reader asked for.
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@csrf_exempt  # A token would need a cookie; the origin is checked instead.
@require_POST
def send_feedback(request: HttpRequest, page_id: int) -> HttpResponse:
    """Keeps a reader's 'Was this useful?' and thanks them."""
    origin = request.headers.get("Origin")
    if origin and urlsplit(origin).netloc != request.get_host():
        return HttpResponse(status=403)
    language = active_language()
    page = get_object_or_404(Page, pk=page_id, live=True, locale__language_code=language.code)
    request.surroundings = surroundings_elsewhere(find_place(language.code, ""), language)
    answer = request.POST.get("useful")
    context = {"back": public_path(page.url_path, language.code), "refused": False}
    if answer not in ("yes", "no"):
        context["refused"] = True
        return render(request, "pages/feedback_thanks.html", context, status=400)
    PageFeedback.objects.create(
        page=page,
        language_code=language.code,
        useful=answer == "yes",
        comment=request.POST.get("comment", "").strip()[:2000],
    )
    return render(request, "pages/feedback_thanks.html", context)
