"""Approves a translation, or sends it back with a reason, from the desk."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Page


def review_actions(page: Page, user) -> set[str]:
    """What the user may do with a page that is in review: `approve`, `reject`, both or neither."""
    task = page.current_workflow_task
    if task is None:
        return set()
    offered = {action[0] for action in task.get_actions(page, user)}
    return offered & {"approve", "reject"}


@transaction.atomic
def decide(page: Page, user, action: str, reason: str = "") -> None:
    """Ends the review: `approve` leads on, in the end live; `reject` sends the page back.

    Raises PermissionDenied where the user may not do that now.
    """
    if action not in review_actions(page, user):
        raise PermissionDenied
    page.current_workflow_task.on_action(
        page.current_workflow_task_state, user, action, comment=reason
    )


def reason_of(page: Page) -> str:
    """Why a page was sent back, in its reviewer's words; empty for any other."""
    state = page.current_workflow_state
    if state is None or state.status != state.STATUS_NEEDS_CHANGES:
        return ""
    return state.current_task_state.comment
