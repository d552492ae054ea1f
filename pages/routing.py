"""Finds the page for an address in one query, with its ancestors and the main menu.

Wagtail asks a query or two for each part of a path. Here the path's prefixes are looked up at once
by `url_path`, which `pages.apps` keeps indexed.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, Q
from wagtail.models import Locale, Page, Site

from .models import BasePage


@dataclass(frozen=True)
class Place:
    """Where a request stands: its page (not yet specific), the pages above it, the menu.

    `public` says that nothing keeps any reader from the page; False when that is yet to be asked.
    """

    page: Page | None
    ancestors: list[Page]
    menu: list[Page]
    public: bool


def root_path(language_code: str) -> str | None:
    """The `url_path` of a language's home page; None when the site has none in that language."""
    for root in Site.get_site_root_paths():
        if root.language_code == language_code:
            return root.root_path
    return None


def forget_roots(sender, instance: Page, **kwargs) -> None:
    """A home page that was deleted begins no language any more; Wagtail would go on thinking so."""
    if instance.depth == 2:
        Site.clear_site_root_paths_cache()


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
    # Both sides of the “or” have an index of their own (`pages.apps`); a join would hide them.
    locales = Locale.objects.filter(language_code=language_code).values("pk")
    in_menu = Q(show_in_menus=True, depth=3, locale__in=locales)
    rows = list(
        Page.objects.filter(Q(url_path__in=prefixes) | in_menu, live=True)
        .order_by("path")
        .annotate(restriction=F("view_restrictions"))
        .only("title", "url_path", "path", "depth", "show_in_menus", "content_type", "alias_of")
    )
    by_path = {row.url_path: row for row in rows}
    way = [by_path[prefix] for prefix in prefixes if prefix in by_path]
    return Place(
        page=by_path.get(prefixes[-1]),
        ancestors=[row for row in way if row.url_path != prefixes[-1]],
        menu=[row for row in rows if row.depth == 3 and row.show_in_menus],
        public=len(way) == len(prefixes)
        and not any(row.restriction or row.alias_of_id for row in way),
    )


def specific_page(place: Place) -> BasePage:
    """The place's page as its own model, in one query."""
    model = place.page.cached_content_type.model_class()
    page = model.objects.select_related("image").get(pk=place.page.pk)
    page.known_public = place.public
    return page
