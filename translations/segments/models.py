"""What is known of a target beyond wagtail-localize's row, and targets that are not final yet."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail_localize.models import String, StringTranslation, TranslationContext


class Origin(models.TextChoices):
    """Where a target text came from."""

    PERSON = "person", _("written by a person")
    IMPORTED = "imported", _("from a file")
    MEMORY = "memory", _("from the memory")
    MACHINE = "machine", _("machine-translated")


class TargetState(models.Model):
    """Where a final target came from and who has reviewed it. A row is there once one is known.

    The review is of the words: whoever changes them takes it away (`reviewed_at` back to null).
    """

    target = models.OneToOneField(
        StringTranslation,
        verbose_name=_("target"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="state",
    )
    origin = models.CharField(
        _("origin"), max_length=10, choices=Origin.choices, default=Origin.PERSON
    )
    note = models.TextField(_("note"), blank=True)
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("state of a target")
        verbose_name_plural = _("states of targets")


class FuzzyTarget(models.Model):
    """A target that nobody may publish yet: a fuzzy match, a translator's draft, a fuzzy entry.

    wagtail-localize takes every StringTranslation for final, so these stand beside them. One that
    is accepted becomes a StringTranslation, and its row here goes.
    """

    string = models.ForeignKey(
        String, verbose_name=_("source"), on_delete=models.CASCADE, related_name="+"
    )
    context = models.ForeignKey(
        TranslationContext, verbose_name=_("context"), on_delete=models.CASCADE, related_name="+"
    )
    locale = models.ForeignKey(
        Locale, verbose_name=_("language"), on_delete=models.CASCADE, related_name="+"
    )
    text = models.TextField(_("target"))
    origin = models.CharField(
        _("origin"), max_length=10, choices=Origin.choices, default=Origin.PERSON
    )
    quality = models.PositiveSmallIntegerField(
        _("match in per cent"), null=True, blank=True, help_text=_("Of a match from the memory.")
    )
    previous_source = models.TextField(
        _("previous source"), blank=True, help_text=_("What the text was the translation of.")
    )
    note = models.TextField(_("note"), blank=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("fuzzy target")
        verbose_name_plural = _("fuzzy targets")
        constraints = [
            models.UniqueConstraint(
                fields=["string", "context", "locale"], name="one_fuzzy_target_a_segment"
            )
        ]
