"""What visitors ask CLAIR."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from translations.languages import django_choices


class Handled(models.Model):
    """Something that visitors sent, which a member of staff takes care of."""

    handled = models.BooleanField(
        _("taken care of"), default=False, help_text=_("So that nobody does it a second time.")
    )
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken care of by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    handled_at = models.DateTimeField(_("taken care of at"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def tick_off(self, handled: bool, user: models.Model) -> None:
        """Notes that `user` says so now, without saving. Who undoes it leaves no name."""
        self.handled = handled
        self.handled_by = user if handled else None
        self.handled_at = timezone.now() if handled else None


class Enquiry(Handled):
    """A message from a visitor. Kept for a time only, since it may say who wrote it."""

    class Subject(models.TextChoices):
        LIVING = "living", _("Living in Japan")
        OFFICES = "offices", _("Overseas offices")
        JET = "jet", _("The JET Programme")
        PROGRAMMES = "programmes", _("International activities")
        MULTICULTURAL = "multicultural", _("Multiculturalism")
        WEBSITE = "website", _("This website")
        OTHER = "other", _("Something else")

    subject = models.CharField(_("what it is about"), max_length=20, choices=Subject.choices)
    message = models.TextField(_("message"), max_length=5000)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    answer_language = models.CharField(
        _("language of the answer"), max_length=16, choices=django_choices
    )
    language_code = models.CharField(
        _("language of the page"), max_length=16, choices=django_choices
    )
    created_at = models.DateTimeField(_("sent at"), auto_now_add=True, db_index=True)
    mailed_at = models.DateTimeField(_("passed on by e-mail at"), null=True, editable=False)
    mail_attempts = models.PositiveIntegerField(_("e-mails that failed"), default=0, editable=False)

    class Meta:
        verbose_name = _("message from a visitor")
        verbose_name_plural = _("messages from visitors")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.get_subject_display()}, {self.created_at:%Y-%m-%d}"

    @staticmethod
    def kept_days() -> int:
        """For how many days a message is kept."""
        return settings.ENQUIRIES_KEPT_DAYS
