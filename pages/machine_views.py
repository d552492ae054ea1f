"""Answers to machines: sitemaps and robots.txt."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from translations.languages import LANGUAGES, SOURCE_CODE

from .addresses import public_path


def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read, and where the sitemap is."""
    sitemap_url = request.build_absolute_uri(reverse("sitemap_index"))
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /accounts/",
        f"Sitemap: {sitemap_url}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


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
