"""What happens to translated pages when their source is taken down or deleted: they follow it.

Wagtail's own views ask which pages follow and say how many before anyone confirms; what is done in
bulk or by the clock comes here by signals. Moves and new slugs are `places`' subject. Words are
never lost with a page: the memory keeps them.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page
from wagtail.query import PageQuerySet

from .languages import SOURCE_CODE


def followers(page: Page) -> PageQuerySet:
    """The pages that follow a source page: none for a page that is no source, or an alias."""
    if page.locale.language_code != SOURCE_CODE or page.alias_of_id:
        return Page.objects.none()
    return page.get_translations().filter(alias_of__isnull=True)


def pages_that_follow(pages: Iterable[Page], action: str) -> dict[Page, list[Page]]:
    """Which translated pages go the way of these pages, as Wagtail's views ask.

    Moves are left out: translations follow them by the worker, wherever the move came from.
    """
    if action not in ("unpublish", "delete"):
        return {}
    live = {"live": True} if action == "unpublish" else {}
    return {page: list(followers(page).filter(**live).specific()) for page in pages}


def take_down_translations(sender, instance: Page, **kwargs) -> None:
    """No translation stays up when its source is taken down, be it in bulk or by its date."""
    for page in followers(instance).filter(live=True).specific():
        UnpublishPageAction(page).execute(skip_permission_checks=True)


def delete_translations_in_bulk(
    request: HttpRequest, action_type: str, objects: Iterable[Page], action_class_instance
) -> None:
    """Wagtail asks for the followers of one deleted page, not for those of several at once."""
    if action_type != "delete":
        return
    for page in objects:
        if isinstance(page, Page):
            # Each is read anew: the tree changes with every page that goes.
            for pk in followers(page).values_list("pk", flat=True):
                translated = Page.objects.filter(pk=pk).first()
                if translated:
                    DeletePageAction(translated.specific, user=request.user).execute(
                        skip_permission_checks=True
                    )
