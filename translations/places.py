"""Keeps translated pages where their source stands: the same slug, below the same parent.

Addresses are the same in every language but for the language's code (ADR 0003). So when the source
gets another address, its translations get it too, and Wagtail remembers each old one as a redirect.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.dispatch import Signal
from structlog import get_logger
from wagtail.models import Page

logger = get_logger(__name__)

# A page has another slug without having been published: `instance`, and its `url_path_before`.
page_renamed = Signal()


def follow_place(source: Page) -> int:
    """Brings every translation of a page to the source's place. Gives how many were changed.

    One that cannot follow, as its parent is not translated or another page has the slug, stays
    where it is, and the log says so.
    """
    if source.depth <= 2:
        return 0  # a home page's slug is its language's own
    parent_key = source.get_parent().translation_key
    targets = Page.objects.filter(
        translation_key=source.translation_key, alias_of__isnull=True
    ).exclude(locale_id=source.locale_id)
    return sum(follow(pk, source.slug, parent_key) for pk in targets.values_list("pk", flat=True))


def follow(target_id: int, slug: str, parent_key: UUID) -> bool:
    """Brings one translation to its place. Gives whether that changed anything.

    The slug and the parent in a transaction each: Wagtail makes its redirects after each of them.
    """
    target = Page.objects.get(pk=target_id)
    parent = Page.objects.filter(translation_key=parent_key, locale_id=target.locale_id).first()
    if parent is None:
        logger.warning("translation_did_not_follow", page=target_id, reason="no parent")
        return False
    if parent.get_children().filter(slug=slug).exclude(pk=target_id).exists():
        logger.warning("translation_did_not_follow", page=target_id, reason="slug taken")
        return False
    renamed = rename(target_id, slug)
    return move(target_id, parent) or renamed


@transaction.atomic
def rename(target_id: int, slug: str) -> bool:
    """Gives a page its slug, and its latest draft too, which would bring back the old one."""
    target = Page.objects.select_for_update().get(pk=target_id)
    if target.slug == slug:
        return False
    page = target.specific
    url_path_before = page.url_path
    page.slug = slug
    page.save(update_fields=["slug", "url_path"], clean=False)
    if revision := page.latest_revision:
        revision.content["slug"] = slug
        revision.save(update_fields=["content"])
    page_renamed.send(sender=type(page), instance=page, url_path_before=url_path_before)
    return True


@transaction.atomic
def move(target_id: int, parent: Page) -> bool:
    """Moves a page with all below it, unless it stands there already."""
    target = Page.objects.select_for_update().get(pk=target_id)
    if target.is_child_of(parent):
        return False
    target.specific.move(parent, pos="last-child")
    return True
