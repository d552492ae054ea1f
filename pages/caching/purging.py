"""Purges what a change shows up in, and nothing else, once the change is committed."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.contrib.frontend_cache.utils import PurgeBatch
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from assets.signals import renditions_made
from pages.addresses import public_url
from pages.furigana.making import readings_changed
from pages.models import BasePage, Figure
from translations.places import page_renamed

from .dependents import (
    addresses,
    addresses_of_change,
    addresses_of_restriction,
    listed_values,
    lists_of_kept_pages,
    that_refer_to,
)
from .store import VARIANTS

BEFORE = "_listed_before"


def purge(paths: Iterable[str]) -> None:
    """Purges these paths from all caches, once the transaction is committed."""
    urls = {public_url(path) for path in paths}
    # A page in any of its forms; a cache in front knows each by its whole address.
    urls |= {f"{url}?{variant}" for url in urls for variant in VARIANTS if url.endswith("/")}
    if urls:
        transaction.on_commit(PurgeBatch(urls).purge)


def purge_pages(pages) -> None:
    """Purges the live ones among the pages."""
    purge(addresses(pages))


def remember(sender, instance: Model, update_fields=None, raw: bool = False, **kwargs) -> None:
    """Keeps what a page shows of itself elsewhere, before a save changes it."""
    partial = update_fields is not None and not {"live", "title"}.intersection(update_fields)
    if isinstance(instance, BasePage) and instance.pk and not raw and not partial:
        setattr(instance, BEFORE, listed_values(instance))


def purge_change(sender, instance: Page, **kwargs) -> None:
    """A page went live, or is live no longer."""
    if isinstance(instance, BasePage):
        purge(addresses_of_change(instance, instance.__dict__.pop(BEFORE, {})))


def purge_unpublished(sender, instance: Page, **kwargs) -> None:
    """A page that visitors saw until now."""
    if isinstance(instance, BasePage):
        before = listed_values(instance) | {"live": True}
        purge(addresses_of_change(instance, before, live=False))


def purge_move(sender, instance: Page, url_path_before: str, parent_page_before: Page, **kwargs):
    """A page with another address; also the page above it that lists it no longer."""
    page = instance.specific
    if isinstance(page, BasePage) and page.live:
        before = listed_values(page) | {"url_path": url_path_before}
        purge(addresses_of_change(page, before))
        purge_pages(Page.objects.filter(pk=parent_page_before.pk))


def purge_renamed(sender, instance: Page, url_path_before: str, **kwargs) -> None:
    """A translated page that got its source's new slug."""
    if isinstance(instance, BasePage) and instance.live:
        before = listed_values(instance) | {"url_path": url_path_before}
        purge(addresses_of_change(instance, before))


def purge_restriction(sender, instance: PageViewRestriction, **kwargs) -> None:
    """Who may read a page, and those below it, is another question now."""
    page = instance.page.specific
    if isinstance(page, BasePage):
        purge(addresses_of_restriction(page))


def purge_readings(sender, page_ids: list[int], **kwargs) -> None:
    """Pages whose furigana are other ones now."""
    pages = BasePage.objects.filter(pk__in=page_ids)
    purge_pages(pages)
    for code in pages.filter(emergency=True).values_list("locale__language_code", flat=True):
        purge(lists_of_kept_pages(code, ()))


def purge_figure(sender, instance: Figure, **kwargs) -> None:
    """A figure stands on pages itself, or as an earlier one of its series."""
    series = Figure.objects.filter(series=instance.series, locale=instance.locale_id)
    purge_pages(that_refer_to(Figure, series.values_list("pk", flat=True)))


def purge_referring(sender, instance: Model, **kwargs) -> None:
    """A picture or a document shows on the pages that refer to it."""
    purge_pages(that_refer_to(sender, [instance.pk]))


def connect() -> None:
    """Connects the handlers; called once when the apps are ready."""
    pre_save.connect(remember, dispatch_uid="caching.remember")
    page_published.connect(purge_change, dispatch_uid="caching.published")
    page_unpublished.connect(purge_unpublished, dispatch_uid="caching.unpublished")
    readings_changed.connect(purge_readings, dispatch_uid="caching.readings")
    post_page_move.connect(purge_move, dispatch_uid="caching.moved")
    page_renamed.connect(purge_renamed, dispatch_uid="caching.renamed")
    for signal, handler, senders in (
        (post_save, purge_restriction, [PageViewRestriction]),
        (post_delete, purge_restriction, [PageViewRestriction]),
        (post_save, purge_figure, [Figure]),
        (post_delete, purge_figure, [Figure]),
        (post_save, purge_referring, [get_image_model(), get_document_model()]),
        (pre_delete, purge_referring, [get_image_model(), get_document_model()]),
        (renditions_made, purge_referring, [get_image_model()]),
    ):
        for sender in senders:
            signal.connect(
                handler, sender=sender, dispatch_uid=f"caching.{handler.__name__}.{sender.__name__}"
            )
