"""Answers to machines: sitemaps, robots.txt, llms.txt and security.txt."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page, PageViewRestriction

from translations.languages import LANGUAGES, SOURCE_CODE

from .addresses import public_path, public_url
from .models import BasePage
from .routing import root_path

PLAIN_TEXT = "text/plain; charset=utf-8"
# Counted from the start of the process: who runs the site answers for the contact that long.
SECURITY_EXPIRES = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(
    days=365
)


def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read, and where the sitemap is."""
    sitemap_url = request.build_absolute_uri(reverse("sitemap_index"))
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /accounts/",
        f"Sitemap: {sitemap_url}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN_TEXT)


def llms(request: HttpRequest) -> HttpResponse:
    """What the site is and where its parts are, for language models (llmstxt.org). In English."""
    home = BasePage.objects.live().filter(url_path=root_path(SOURCE_CODE)).first()
    if home is None:
        raise Http404
    with override(SOURCE_CODE):
        sections = [
            {"title": page.title, "url": public_url(page.address), "summary": page.summary}
            for page in home.child_pages().public()
        ]
        languages = [
            {
                "name": language.english_name,
                "tag": language.tag,
                "home": public_url(f"/{code}/"),
                "feed": public_url(f"/{code}/feed/"),
                "calendar": public_url(f"/{code}/events.ics"),
            }
            for code, language in LANGUAGES.items()
            if root_path(code)
        ]
    context = {"home": home, "sections": sections, "languages": languages}
    return render(request, "pages/llms.txt", context, content_type=PLAIN_TEXT)


def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness (RFC 9116). Not there while nobody is named in the settings."""
    if not settings.SECURITY_CONTACTS:
        raise Http404
    lines = [
        *(f"Contact: {contact}" for contact in settings.SECURITY_CONTACTS),
        f"Expires: {SECURITY_EXPIRES:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en, ja",
        f"Canonical: {public_url(reverse('security'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN_TEXT)


def public_pages() -> list[tuple[UUID, str, str, datetime]]:
    """Key, language code, url_path and date of every page that anyone may read."""
    pages = Page.objects.live().filter(depth__gte=2, alias_of__isnull=True)
    for restriction in PageViewRestriction.objects.select_related("page"):
        pages = pages.not_descendant_of(restriction.page, inclusive=True)
    return list(
        pages.order_by("path").values_list(
            "translation_key", "locale__language_code", "url_path", "last_published_at"
        )
    )


def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The index: one sitemap a language."""
    sitemaps = [request.build_absolute_uri(reverse("sitemap", args=[code])) for code in LANGUAGES]
    return render(
        request, "pages/sitemap_index.xml", {"sitemaps": sitemaps}, content_type="application/xml"
    )


def sitemap(request: HttpRequest, code: str) -> HttpResponse:
    """All public pages of a language, each with its versions in the others."""
    if code not in LANGUAGES:
        raise Http404
    site = request.build_absolute_uri("/").rstrip("/")
    versions: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    rows = public_pages()
    for key, language_code, url_path, _ in rows:
        if language_code in LANGUAGES:
            address = site + public_path(url_path, language_code)
            versions[key].append((LANGUAGES[language_code].tag, address))
    source_tag = LANGUAGES[SOURCE_CODE].tag
    entries = [
        {
            "url": site + public_path(url_path, code),
            "published_at": published_at,
            "versions": versions[key],
            "default": dict(versions[key]).get(source_tag),
        }
        for key, language_code, url_path, published_at in rows
        if language_code == code
    ]
    return render(
        request, "pages/sitemap.xml", {"entries": entries}, content_type="application/xml"
    )
