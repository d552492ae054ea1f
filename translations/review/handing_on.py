"""A translator is done: the page goes to whoever reviews it, or live where nobody does."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Page
from wagtail_localize.models import Translation

from ..targets import make_target
from .gate import obstacles
from .policies import policy_of


class NotReadyError(Exception):
    """The translation cannot be handed on yet. `reasons` says why, in the user's language."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class HandedOn:
    """Where a translation went: to a review, or live."""

    page: Page
    live: bool


@transaction.atomic
def hand_on(translation: Translation, user) -> HandedOn:
    """Makes the page of what is translated and sends it to review; live where none is needed.

    Raises NotReadyError when something keeps it from readers, and PermissionDenied when the user
    may not edit the page, or may not publish it and nobody is there to review it.
    """
    if reasons := obstacles(translation):
        raise NotReadyError(reasons)
    page = make_target(translation.source, translation.target_locale, user=user, publish=False)
    rights = page.permissions_for_user(user)
    if not rights.can_edit():
        raise PermissionDenied
    workflow = page.get_workflow()
    if policy_of(translation.target_locale).review_needed and workflow is not None:
        state = page.current_workflow_state
        if state is None:
            workflow.start(page, user)
        elif state.status == state.STATUS_NEEDS_CHANGES:
            state.resume(user)
        return HandedOn(page, live=False)
    if not rights.can_publish():
        raise PermissionDenied
    page.get_latest_revision().publish(user=user)
    return HandedOn(page, live=True)
