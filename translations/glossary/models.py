"""Terms that are always translated in the same words, and those words in each language."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Locale

from ..languages import SOURCE_CODE


class GlossaryTerm(ClusterableModel):
    """A term of the source language: what it means and whether it is translated at all."""

    term = models.CharField(
        _("term"),
        max_length=200,
        help_text=_("In English, in the singular: assistant language teacher."),
    )
    case_sensitive = models.BooleanField(
        _("capital letters count"),
        default=False,
        help_text=_("For abbreviations and names: SEA is not the sea."),
    )
    definition = models.TextField(
        _("definition"), blank=True, help_text=_("What it means, for those who translate it.")
    )
    do_not_translate = models.BooleanField(
        _("do not translate"),
        default=False,
        help_text=_("It stays as it is in every language that has no form of its own below."),
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary")
        ordering = [Lower("term")]
        constraints = [
            models.UniqueConstraint(
                Lower("term"),
                "term",
                name="one_glossary_term_a_text",
                violation_error_message=_("The glossary has this term already."),
            )
        ]

    def __str__(self) -> str:
        return self.term


class GlossaryForm(models.Model):
    """How a term is written in a language, or how it must not be written."""

    class Status(models.TextChoices):
        PREFERRED = "preferred", _("preferred")
        ALLOWED = "allowed", _("allowed")
        FORBIDDEN = "forbidden", _("forbidden")

    term = ParentalKey(GlossaryTerm, on_delete=models.CASCADE, related_name="forms")
    locale = models.ForeignKey(
        Locale,
        verbose_name=_("language"),
        on_delete=models.CASCADE,
        related_name="+",
        limit_choices_to=~Q(language_code=SOURCE_CODE),
    )
    status = models.CharField(
        _("use"), max_length=10, choices=Status.choices, default=Status.PREFERRED
    )
    text = models.CharField(
        _("form"),
        max_length=200,
        help_text=_("A star stands for any ending: програм* JET."),
    )

    class Meta:
        verbose_name = _("form of a term")
        verbose_name_plural = _("forms of terms")
        ordering = ["locale", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "locale", "text"],
                name="one_glossary_form_a_text",
                violation_error_message=_("The term has this form already."),
            )
        ]

    def __str__(self) -> str:
        return self.text
