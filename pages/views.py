"""Answers to visitors: pages, the choice of language, missing pages, feedback."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page
from wagtail.views import authenticate_with_password
from wagtail.views import serve as wagtail_serve

from translations.language_forms import active_language
from translations.languages import LANGUAGES
from translations.negotiation import negotiate

from .addresses import public_path
from .caching.headers import allow_keeping
from .form_guard import from_this_site, like_a_program
from .furigana.variant import asked_for
from .language_of_parts import name_language_of_parts
from .missing import MissingPage, find_elsewhere
from .models import PageFeedback
from .rate_limits import FEEDBACK, seconds_to_wait
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
    page = specific_page(place)
    request.surroundings = surroundings_of(page, place, language, asked_for(request))
    # Wagtail takes the route from here instead of walking the tree.
    request._wagtail_route_for_request = (page, [], {})
    response = allow_keeping(wagtail_serve(request, path), page.seconds_to_keep)
    freshness = request.surroundings.freshness
    if freshness and freshness.untranslated:
        mark = partial(name_language_of_parts, texts=freshness.untranslated)
        response.add_post_render_callback(mark)
    return response


def open_restricted_page(
    request: HttpRequest, page_view_restriction_id: int, page_id: int
) -> HttpResponse:
    """Takes the password of a page that is only for some; asks again when it is another one."""
    language = active_language()
    request.surroundings = surroundings_elsewhere(find_place(language.code, ""), language)
    return authenticate_with_password(request, page_view_restriction_id, page_id)


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


@csrf_exempt  # A token would need a cookie; where the form was sent from is checked instead.
@require_POST
def send_feedback(request: HttpRequest, page_id: int) -> HttpResponse:
    """Keeps a reader's 'Was this useful?' and thanks them. What is refused is shown again."""
    language = active_language()
    page = get_object_or_404(Page, pk=page_id, live=True, locale__language_code=language.code)
    request.surroundings = surroundings_elsewhere(find_place(language.code, ""), language)
    answer = request.POST.get("useful")
    comment = request.POST.get("comment", "").replace("\x00", "").strip()[:2000]
    context = {"page": page, "back": public_path(page.url_path, language.code), "comment": comment}

    def again(reason: str, status: int, **changed) -> HttpResponse:
        values = context | {"reason": reason} | changed
        return render(request, "pages/feedback_again.html", values, status=status)

    if not from_this_site(request):
        # Empty: nobody sends on what another site has written for them.
        return again("elsewhere", 403, comment="")
    if answer not in ("yes", "no"):
        return again("unclear", 400)
    if wait := seconds_to_wait(request, FEEDBACK):
        response = again("many", 429)
        response["Retry-After"] = str(wait)
        return response
    if like_a_program(request, comment):
        return again("stopped", 400)
    feedback = PageFeedback(
        page=page,
        language_code=language.code,
        useful=answer == "yes",
        comment=comment,
        # A bare yes or no leaves nothing to do.
        handled=not comment,
    )
    if not said_lately(feedback):
        feedback.save()
    return render(request, "pages/feedback_thanks.html", context)


def said_lately(feedback: PageFeedback) -> bool:
    """Whether the same comment came within a day: a program's way, or a second click."""
    if not feedback.comment:
        return False
    day_ago = timezone.now() - timedelta(days=1)
    return PageFeedback.objects.filter(
        page=feedback.page, comment=feedback.comment, created_at__gt=day_ago
    ).exists()
