"""Addresses of pages, below the language."""

from django.urls import include, path, re_path
from wagtail.urls import serve_pattern

from . import views

urlpatterns = [
    path("feedback/<int:page_id>/", views.send_feedback, name="send_feedback"),
    re_path(serve_pattern, views.serve_page, name="wagtail_serve"),
    # Wagtail's own: signing in to a page that is only for some.
    path("", include("wagtail.urls")),
]
