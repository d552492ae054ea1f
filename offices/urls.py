"""Addresses of calendars, below the language."""

from django.urls import path, re_path

from . import views

urlpatterns = [
    path("events.ics", views.events_calendar, name="events_calendar"),
    # Below the event's own address, so that it needs no number and moves with the page.
    re_path(r"^(?P<path>(?:[\w-]+/)+)event\.ics$", views.event_calendar, name="event_calendar"),
]
