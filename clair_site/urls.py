"""The site's addresses. The public ones are a contract: design § 7."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from pages import machine_views
from pages.api import api_router
from pages.cards.views import card
from pages.offline import views as offline
from pages.views import choose_language

from .health import healthz, readyz
from .patterns import patterns

handler404 = "pages.views.page_not_found"

urlpatterns = [
    path("", choose_language, name="choose_language"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("robots.txt", machine_views.robots, name="robots"),
    path("llms.txt", machine_views.llms, name="llms"),
    path(".well-known/security.txt", machine_views.security, name="security"),
    path("service-worker.js", offline.service_worker, name="service_worker"),
    path("manifest-<str:code>.webmanifest", offline.manifest, name="manifest"),
    path("sitemap.xml", machine_views.sitemap_index, name="sitemap_index"),
    path("sitemap-<str:code>.xml", machine_views.sitemap, name="sitemap"),
    # Wagtail's own sign-in form would skip allauth's rate limits and second factor.
    path("admin/login/", RedirectView.as_view(url=settings.LOGIN_URL, query_string=True)),
    path("admin/", include(wagtailadmin_urls)),
    path("accounts/", include("allauth.urls")),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v2/", api_router.urls),
    path("media/images/cards/<str:file>", card, name="card"),
    re_path(
        r"^media/(?P<path>(?:images|original_images)/.*)$",
        serve,
        {"document_root": settings.MEDIA_ROOT},
    ),
    *([path("patterns/", patterns, name="patterns")] if settings.PATTERNS_PAGE else []),
    *i18n_patterns(
        path("", include("offices.urls")),
        path("", include("pages.urls")),
        prefix_default_language=True,
    ),
]
