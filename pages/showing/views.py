"""The page for pointing: `/<lang>/<path>/show/`, or only one of its parts, `…/show/2/`."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pages.addresses import public_path
from pages.caching.headers import ASKED_EACH_TIME
from pages.language_of_parts import name_language_of_parts
from pages.models import BasePage
from pages.routing import Place, find_place, specific_page
from pages.surroundings import surroundings_of
from translations.freshness import Freshness, freshness_of
from translations.language_forms import active_language
from translations.languages import LANGUAGES, LOCAL_CODE

from .pieces import pair_up


def open_page(request: HttpRequest, place: Place | None) -> BasePage | None:
    """The place's page as its own model, if this reader may read it; None for any other."""
    if place is None or place.page is None:
        return None
    page = specific_page(place)
    restrictions = page.get_view_restrictions()
    return page if all(each.accept_request(request) for each in restrictions) else None


def made_from_the_same(theirs: Freshness | None, japanese: Freshness) -> bool:
    """Whether a version (None: the source itself) and the Japanese one are of the same source."""
    versions = [japanese, *([theirs] if theirs else [])]
    dates = {each.translated_from for each in versions}
    return len(dates) == 1 and None not in dates and not any(each.stale for each in versions)


@require_safe
def show(request: HttpRequest, path: str, part: str | None = None) -> HttpResponse:
    """A page beside its Japanese version; on a Japanese page, the languages to choose from."""
    language = active_language()
    place = find_place(language.code, path)
    if place is None or place.page is None:
        raise Http404
    page = open_page(request, place)
    address = public_path(place.page.url_path, language.code)
    if page is None:
        # There a reader is asked for what it takes.
        return HttpResponseRedirect(address)
    request.surroundings = surroundings_of(page, place, language)
    context = {"page": page, "address": address, "japanese": LANGUAGES[LOCAL_CODE]}
    if language.code == LOCAL_CODE:
        others = [link for link in request.surroundings.versions if not link.current]
        return render(request, "pages/show_choose.html", context | {"others": others})
    japanese = open_page(request, find_place(LOCAL_CODE, path))
    if japanese is None or japanese.translation_key != page.translation_key:
        return render(request, "pages/show_missing.html", context, status=404)
    theirs = request.surroundings.freshness
    published_at = request.surroundings.source_published_at
    freshness = freshness_of(japanese, published_at, None)
    pairs, complete = pair_up(page, japanese, made_from_the_same(theirs, freshness))
    if part is not None:
        pairs = [pair for pair in pairs if pair.part == int(part)]
        if not pairs:
            raise Http404
    context |= {"pairs": pairs, "complete": complete or part is not None, "part": part}
    # What the freshness line is about, as `surroundings` is for the page's own.
    context["japanese_version"] = {"freshness": freshness}
    response = render(request, "pages/show.html", context)
    untranslated = {*(theirs.untranslated if theirs else ()), *freshness.untranslated}
    if untranslated:
        name_language_of_parts(response, untranslated)
    # Two versions are in it. Readers' devices keep it for when there is no network.
    response["Cache-Control"] = ASKED_EACH_TIME
    return response
