"""Addresses of pages, below the language."""

from django.urls import include, path, re_path
from django.views.decorators.http import require_safe
from wagtail.urls import serve_pattern

from . import views
from .caching.headers import kept_for
from .enquiries import views as enquiries
from .feeds import NewAndChangedPages
from .offline import views as offline
from .search.views import search, suggestions
from .showing.views import show

urlpatterns = [
    path("feed/", require_safe(kept_for()(NewAndChangedPages())), name="feed"),
    path("contact/message/", enquiries.write, name="write_enquiry"),
    path("contact/message/sent/", enquiries.sent, name="enquiry_sent"),
    path("feedback/<int:page_id>/", views.send_feedback, name="send_feedback"),
    path("offline/", offline.offline_page, name="offline"),
    path("offline.json", offline.offline_list, name="offline_list"),
    path("search/", search, name="search"),
    path("search/suggest/", suggestions, name="suggestions"),
    # Below the page's own address, so that it needs no number and moves with the page.
    re_path(r"^(?P<path>(?:[\w-]+/)*)show/(?:(?P<part>\d{1,3})/)?$", show, name="show"),
    # Before the pages, whose addresses are alike. Not Wagtail's sign-in: it would skip allauth.
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        views.open_restricted_page,
        name="wagtailcore_authenticate_with_password",
    ),
    re_path(serve_pattern, views.serve_page, name="wagtail_serve"),
    # Names that Wagtail asks for.
    path("", include("wagtail.urls")),
]
