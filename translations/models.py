"""What a reader is told about a translation, beyond what wagtail-localize stores."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import Translation

from .exchange.models import DeliveredFile, Delivery
from .furigana.models import PageReadings, Reading, ReadSentence
from .glossary.models import GlossaryForm, GlossaryTerm
from .memory.models import MemorySource, MemoryUnit, MemoryWord
from .review.models import LanguagePolicy, TranslationReview
from .segments.models import FuzzyTarget, Origin, TargetState
from .state.models import Assignment

__all__ = [
    "Assignment",
    "DeliveredFile",
    "Delivery",
    "FuzzyTarget",
    "GlossaryForm",
    "GlossaryTerm",
    "LanguagePolicy",
    "MemorySource",
    "MemoryUnit",
    "MemoryWord",
    "Origin",
    "PageReadings",
    "ReadSentence",
    "Reading",
    "TargetState",
    "TranslationReview",
    "TranslationStatus",
]


class TranslationStatus(models.Model):
    """Where one page's translation into one language came from, and whether it was reviewed."""

    class Origin(models.TextChoices):
        HUMAN = "human", _("translated by a person")
        MACHINE = "machine", _("machine-translated")

    translation = models.OneToOneField(
        Translation, on_delete=models.CASCADE, related_name="status", primary_key=True
    )
    source_published_at = models.DateTimeField(
        _("made from the version of"), null=True, help_text=_("When that source went live.")
    )
    origin = models.CharField(
        _("origin"), max_length=10, choices=Origin.choices, default=Origin.HUMAN
    )
    untranslated = models.JSONField(
        _("texts without a translation"),
        default=list,
        help_text=_("What the live page still says in the source language, without markup."),
    )
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
        verbose_name = _("status of a translation")
        verbose_name_plural = _("statuses of translations")
