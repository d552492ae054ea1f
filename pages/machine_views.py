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
from .caching.headers import kept_for
from .models import BasePage
from .routing import root_path

HOUR = 3600
PLAIN_TEXT = "text/plain; charset=utf-8"
# Counted from the start of the process: who runs the site answers for the contact that long.
SECURITY_EXPIRES = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(
    days=365
)


@kept_for(HOUR)
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read, and where the sitemap is."""
    sitemap_url = public_url(reverse("sitemap_index"))
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /accounts/",
        # Not pages of their own: searches, answers, a page beside its Japanese version.
        "Disallow: /*/search/",
        "Disallow: /*/feedback/",
        "Disallow: /*/show/",
        f"Sitemap: {sitemap_url}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN_TEXT)


@kept_for()
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


@kept_for(HOUR)
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


@kept_for()
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The index: one sitemap for each language that has a page."""
    codes = {code for _, code, _, _ in public_pages()}
    sitemaps = [public_url(reverse("sitemap", args=[code])) for code in LANGUAGES if code in codes]
    return render(
        request, "pages/sitemap_index.xml", {"sitemaps": sitemaps}, content_type="application/xml"
    )


@kept_for()
def sitemap(request: HttpRequest, code: str) -> HttpResponse:
    """All public pages of a language, each with its versions in the others.

    Versions are told by their tags: a language without one of its own is no version of others, and
    its pages have none.
    """
    if code not in LANGUAGES:
        raise Http404
    versions: dict[UUID, dict[str, str]] = defaultdict(dict)
    rows = public_pages()
    if LANGUAGES[code].has_own_tag:
        for key, language_code, url_path, _ in rows:
            if language_code in LANGUAGES and LANGUAGES[language_code].has_own_tag:
                address = public_url(public_path(url_path, language_code))
                versions[key][language_code] = address
    entries = [
        {
            "url": public_url(public_path(url_path, code)),
            "published_at": published_at,
            "versions": [
                (language.tag, versions[key][other])
                for other, language in LANGUAGES.items()
                if other in versions[key]
            ],
        }
        for key, language_code, url_path, published_at in rows
        if language_code == code
    ]
    for entry in entries:
        # As in the page's own head: the source, or else the first language that has the page.
        tags = dict(entry["versions"])
        first = next(iter(tags.values()), None)
        entry["default"] = tags.get(LANGUAGES[SOURCE_CODE].tag, first)
    if not entries:
        raise Http404  # a sitemap may not be empty
    return render(
        request, "pages/sitemap.xml", {"entries": entries}, content_type="application/xml"
    )
