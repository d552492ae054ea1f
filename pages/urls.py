"""Addresses of pages, below the language."""

from django.urls import include, path, re_path
from django.views.decorators.http import require_safe
from wagtail.urls import serve_pattern

from . import views
from .feeds import NewAndChangedPages
from .search.views import search

urlpatterns = [
    path("feed/", require_safe(NewAndChangedPages()), name="feed"),
    path("feedback/<int:page_id>/", views.send_feedback, name="send_feedback"),
    path("search/", search, name="search"),
    re_path(serve_pattern, views.serve_page, name="wagtail_serve"),
    # Wagtail's own: signing in to a page that is only for some.
    path("", include("wagtail.urls")),
]
