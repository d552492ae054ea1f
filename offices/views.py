"""Answers to calendar programs: all events of a language, or one of them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from pages.caching.headers import kept_for
from pages.routing import root_path
from translations.language_forms import active_language

from .calendars import calendar_of, public_events
from .models import EventPage

CONTENT_TYPE = "text/calendar; charset=utf-8"


@require_safe
@kept_for()
def events_calendar(request: HttpRequest) -> HttpResponse:
    """The events that the language's readers may know of, to subscribe to."""
    calendar = calendar_of(public_events(active_language()))
    return HttpResponse(calendar.to_ical(), content_type=CONTENT_TYPE)


@require_safe
@kept_for()
def event_calendar(request: HttpRequest, path: str) -> HttpResponse:
    """One event, to keep. Also one that was cancelled lately and has no page any more."""
    language = active_language()
    home = root_path(language.code)
    page = get_object_or_404(
        EventPage.objects.only("translation_key", "slug"),
        locale__language_code=language.code,
        url_path=f"{home}{path}",
    )
    events = public_events(language, page.translation_key)
    if not events:
        raise Http404
    return HttpResponse(
        calendar_of(events).to_ical(),
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{page.slug}.ics"'},
    )
