"""Finds the page for an address in one query, with its ancestors and the main menu.

Wagtail asks a query or two for each part of a path. Here the path's prefixes are looked up at once
by `url_path`, which `pages.apps` keeps indexed.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from wagtail.models import Page, Site

from .models import BasePage


@dataclass(frozen=True)
class Place:
    """Where a request stands: its page (not yet specific), the pages above it, the menu."""

    page: Page | None
    ancestors: list[Page]
    menu: list[Page]


def root_path(language_code: str) -> str | None:
    """The `url_path` of a language's home page; None when the site has none in that language."""
    for root in Site.get_site_root_paths():
        if root.language_code == language_code:
            return root.root_path
    return None


def find_place(language_code: str, path: str) -> Place | None:
    """The place for `path` (`offices/paris/`) in a language; None when it has no home page.

    A place without a page still has its ancestors and menu, for the page that says so.
    """
    home = root_path(language_code)
    if home is None:
        return None
    prefixes = [home]
    for part in path.strip("/").split("/"):
        if part:
            prefixes.append(f"{prefixes[-1]}{part}/")
    rows = list(
        Page.objects.filter(live=True, locale__language_code=language_code)
        .filter(Q(url_path__in=prefixes) | Q(show_in_menus=True, depth=3))
        .order_by("path")
        .only("title", "url_path", "path", "depth", "show_in_menus", "content_type")
    )
    by_path = {row.url_path: row for row in rows}
    return Place(
        page=by_path.get(prefixes[-1]),
        ancestors=[by_path[prefix] for prefix in prefixes[:-1] if prefix in by_path],
        menu=[row for row in rows if row.depth == 3 and row.show_in_menus],
    )


def specific_page(page: Page) -> BasePage:
    """The page as its own model, in one query."""
    model = page.cached_content_type.model_class()
    return model.objects.select_related("image").get(pk=page.pk)
