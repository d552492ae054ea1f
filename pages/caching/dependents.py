"""Which addresses show something of a page: what must be forgotten when it changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page, ReferenceIndex

from pages.addresses import public_path
from pages.models import BasePage
from translations.freshness import changed_since, with_version
from translations.languages import LANGUAGES, LOCAL_CODE, SOURCE_CODE


def addresses(pages: QuerySet[Page]) -> set[str]:
    """The paths of the live ones among the pages. One query."""
    rows = pages.filter(live=True).order_by().values_list("locale__language_code", "url_path")
    return {public_path(url_path, code) for code, url_path in rows if code in LANGUAGES}


def listed_values(page: Page) -> dict[str, Any]:
    """What a page shows of itself elsewhere, and when it was published, as the database has it."""
    names = {*page.listed_fields, "url_path", "live", "show_in_menus", "last_published_at"}
    names.add("emergency")
    return type(page).objects.filter(pk=page.pk).values(*names).first() or {}


def own_addresses(page: Page, code: str, url_path: str) -> set[str]:
    """A page by its `url_path`, what hangs below it, and what lists its language's pages."""
    path = public_path(url_path, code)
    with override(code):
        found = {path, reverse("feed"), reverse("sitemap", args=[code])}
        found.update(page.addresses_below(path))
        if code == SOURCE_CODE and page.depth <= 3:
            found.add(reverse("llms"))
    return found


def lists_of_kept_pages(code: str, shown_in_others: tuple[str, ...]) -> set[str]:
    """The lists of what readers' devices keep that tell of a page in this language.

    Those of all languages, if it is one of those that show in the others' versions.
    """
    found = set()
    for each in LANGUAGES if code in shown_in_others else [code]:
        with override(each):
            found.add(reverse("offline_list"))
    return found


def that_refer_to(model: type[Model], keys: Iterable[int]) -> QuerySet[Page]:
    """The pages that show objects of a model: figures, pictures, documents, pages. Two queries."""
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(model),
        to_object_id__in=[str(key) for key in keys],
    )
    return Page.objects.filter(
        pk__in={int(pk) for pk in references.values_list("object_id", flat=True)}
    )


def addresses_of_change(page: Page, before: dict[str, Any], live: bool = True) -> set[str]:
    """Every address that shows something else now that `page` is as it is, live or no longer.

    `before` is what `listed_values` gave earlier; empty for a page that was not there.
    """
    code = page.locale.language_code
    if code not in LANGUAGES:
        return set()
    found = own_addresses(page, code, page.url_path)
    old_path = before.get("url_path", page.url_path)
    moved = bool(before.get("live")) != live or old_path != page.url_path
    changed = {name for name in page.listed_fields if before.get(name) != getattr(page, name)}
    renamed = "title" in changed
    if page.emergency or before.get("emergency"):
        found |= lists_of_kept_pages(code, (SOURCE_CODE, LOCAL_CODE))
    if moved:
        found |= addresses_of_move(page, code, old_path)
    elif code == SOURCE_CODE:
        found |= newly_stale(page, before["last_published_at"])
    if moved or changed:
        found |= addresses(page.listed_on(set(page.listed_fields) if moved else changed))
    if renamed and not moved:
        found |= addresses(Page.objects.descendant_of(page))  # their breadcrumbs
    in_menu = page.depth == 3 and (page.show_in_menus or before.get("show_in_menus"))
    if in_menu and (moved or renamed or before.get("show_in_menus") != page.show_in_menus):
        found |= addresses(Page.objects.filter(locale=page.locale, depth__gte=2))
    return found


def addresses_of_move(page: Page, code: str, old_path: str) -> set[str]:
    """What shows where a page and those below it are: they themselves, links, languages, sitemaps.

    A translated page keeps the link to the source page and leads to its own language's version, so
    links to any version count.
    """
    found = own_addresses(page, code, old_path)
    if page.depth == 2 and LANGUAGES[code].partial:
        # Every list of languages leads there where the language lacks a page.
        found |= addresses(Page.objects.filter(depth__gte=2))
    below = Page.objects.descendant_of(page, inclusive=True).order_by()
    for url_path in below.filter(live=True).values_list("url_path", flat=True):
        found.add(public_path(old_path + url_path.removeprefix(page.url_path), code))
    versions = Page.objects.filter(translation_key__in=below.values("translation_key")).order_by()
    found |= addresses(versions)
    found |= sitemaps(versions)
    if BasePage.objects.filter(emergency=True, pk__in=below.values("pk")).exists():
        found |= lists_of_kept_pages(code, (LOCAL_CODE,))
    linking = that_refer_to(Page, versions.values_list("pk", flat=True))
    return found | addresses(linking.filter(locale__language_code__in=led_here(page, code)))


def sitemaps(versions: QuerySet[Page]) -> set[str]:
    """The sitemaps of the languages of these pages. One query."""
    codes = versions.values_list("locale__language_code", flat=True).distinct()
    return {reverse("sitemap", args=[code]) for code in codes if code in LANGUAGES}


def led_here(page: Page, code: str) -> list[str]:
    """The languages whose links to a page lead to this version: its own, and those without one."""
    versions = Page.objects.filter(translation_key=page.translation_key, live=True).order_by()
    there = set(versions.values_list("locale__language_code", flat=True))
    lacking = [
        each.code
        for each in LANGUAGES.values()
        if each.code not in there and code in (each.fallback, SOURCE_CODE)
    ]
    return [code, *lacking]


def addresses_of_restriction(page: Page) -> set[str]:
    """What shows whether everyone may read a page and those below it."""
    found: set[str] = set()
    below = Page.objects.descendant_of(page, inclusive=True).filter(live=True).order_by()
    code = page.locale.language_code
    for each in below.specific():
        found |= own_addresses(each, code, each.url_path)
        if each.emergency:
            found |= lists_of_kept_pages(code, (SOURCE_CODE, LOCAL_CODE))
    versions = Page.objects.filter(translation_key__in=below.values("translation_key"))
    return found | sitemaps(versions.order_by())


def newly_stale(page: Page, published_before: datetime | None) -> set[str]:
    """The versions of a source whose readers are told only now that it has changed since."""
    others = Page.objects.filter(translation_key=page.translation_key, live=True).exclude(
        pk=page.pk
    )
    rows = with_version(others.order_by()).values_list(
        "locale__language_code", "url_path", "made_from"
    )
    return {
        public_path(url_path, code)
        for code, url_path, made_from in rows
        if made_from
        and changed_since(made_from, page.last_published_at)
        and not (published_before and changed_since(made_from, published_before))
    }
