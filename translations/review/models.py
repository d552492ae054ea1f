"""What each language asks before a translation goes live, and the step at which it is reviewed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Locale, TaskState

from .approval import note_approval
from .gate import obstacles_of_page


class LanguagePolicy(models.Model):
    """What holds for the translations into one language.

    Who translates are the groups with rights on the pages of that language, and who reviews are
    those that its review in Wagtail's workflows names: nothing here says it a second time.
    """

    locale = models.OneToOneField(
        Locale,
        verbose_name=_("language"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="policy",
    )
    review_needed = models.BooleanField(
        _("reviewed before going live"),
        default=True,
        help_text=_("Somebody else reads a translation before readers do."),
    )
    partial_allowed = models.BooleanField(
        _("partial pages go live"),
        default=False,
        help_text=_("What is not translated yet is shown in the source language, with a notice."),
    )
    machine_allowed = models.BooleanField(
        _("machine translation allowed"),
        default=False,
        help_text=_("Readers are told of it until somebody has reviewed it."),
    )
    days_until_overdue = models.PositiveSmallIntegerField(
        _("overdue after days"), default=14, help_text=_("Counted from the change of the source.")
    )

    class Meta:
        verbose_name = _("policy of a language")
        verbose_name_plural = _("policies of languages")

    def __str__(self) -> str:
        return str(self.locale)


class TranslationReview(AbstractGroupApprovalTask):
    """A step of a Wagtail workflow at which somebody reads a translation against its source."""

    class Meta:
        verbose_name = _("review of a translation")
        verbose_name_plural = _("reviews of translations")

    def get_actions(self, obj, user) -> list[tuple]:
        """What the user may do: of a page that may not go live, only to send it back."""
        actions = super().get_actions(obj, user)
        if actions and obstacles_of_page(obj):
            return [action for action in actions if action[0] != "approve"]
        return actions

    def on_action(self, task_state: TaskState, user, action_name: str, **kwargs) -> None:
        """Notes who has read it before Wagtail goes on, as publishing may be what comes next."""
        if action_name == "approve":
            note_approval(task_state.workflow_state.content_object, user)
        super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls):
        """What the list of kinds of steps says of it."""
        return _("Members of the chosen groups read the translation against its source.")
