"""Who may write a translation's targets: asked by every path that a person's words come in on."""

from __future__ import annotations

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _
from wagtail.models import Page, TranslatableMixin
from wagtail.permissions import page_permission_policy
from wagtail_localize.models import Translation
from wagtail_localize.views.edit_translation import user_can_edit_instance


def refusal(user, translation: Translation) -> str | None:
    """Why this user may not write the translation's targets, in words for them, or None.

    Without a user (the worker does it) only the rules hold that hold for everybody: nobody writes
    into a translation that was stopped or that has no page, or a page that is locked.
    """
    if not translation.enabled:
        return _("This translation was stopped. Start it again to change its texts.")
    try:
        target = translation.get_target_instance()
    except ObjectDoesNotExist:
        return _("The page is not there in this language yet.")
    if user is not None and not may_edit(user, target):
        return _("You do not have the right to change texts in this language.")
    lock = target.get_lock() if hasattr(target, "get_lock") else None
    if lock and (user is None or lock.for_user(user)):
        return _("The page is locked.")
    return None


def may_write(user, translation: Translation) -> bool:
    """Whether the user may write the translation's targets; see `refusal` for why not."""
    return refusal(user, translation) is None


def may_edit(user, target: TranslatableMixin) -> bool:
    """Whether the user may edit a translated page, or a snippet in that language.

    Wagtail's rights on snippets know no language. Theirs on pages do: who may change a snippet at
    all may change it in the languages whose home page they may change.
    """
    if not user_can_edit_instance(user, target):
        return False
    if isinstance(target, Page) or user.is_superuser:
        return True
    homes = Page.objects.filter(locale_id=target.locale_id, depth=2)
    editable = page_permission_policy.instances_user_has_permission_for(user, "change")
    return editable.filter(pk__in=homes.values("pk")).exists()
