"""Figures: numbers that pages show, each with what it counts, its date and its source."""

from __future__ import annotations

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import TranslatableMixin
from wagtail.snippets.models import register_snippet
from wagtail_localize.fields import SynchronizedField, TranslatableField


@register_snippet
class Figure(TranslatableMixin, models.Model):
    """A number that pages show: what it counts, when it held and who says so."""

    class Qualifier(models.TextChoices):
        EXACT = "exact", _("exact")
        OVER = "over", _("over")
        ABOUT = "about", _("about")

    class Precision(models.TextChoices):
        DAY = "day", _("day")
        MONTH = "month", _("month")
        YEAR = "year", _("year")

    key = models.SlugField(
        _("key"),
        max_length=80,
        help_text=_("A short name for this one number, such as jet-participants-2025."),
    )
    series = models.SlugField(
        _("series"),
        max_length=80,
        help_text=_("The same for all numbers that count the same thing at different times."),
    )
    position = models.PositiveSmallIntegerField(
        _("place in the series"),
        default=0,
        help_text=_("Its place in the series: 0 holds now, 1 held before that, and so on."),
    )
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    qualifier = models.CharField(
        _("how exact"), max_length=10, choices=Qualifier.choices, default=Qualifier.EXACT
    )
    unit = models.CharField(
        _("unit"), max_length=60, blank=True, help_text=_("A noun: people, countries, chapters.")
    )
    counts = models.CharField(
        _("what it counts"), max_length=200, help_text=_("A phrase that is clear on its own.")
    )
    as_of = models.DateField(
        _("as of"), null=True, blank=True, help_text=_("Empty when the source gives no date.")
    )
    precision = models.CharField(
        _("precision of the date"),
        max_length=5,
        choices=Precision.choices,
        default=Precision.YEAR,
    )
    source = models.CharField(_("source"), max_length=200)
    source_url = models.URLField(_("address of the source"), blank=True)

    panels = [
        FieldRowPanel([FieldPanel("key"), FieldPanel("series"), FieldPanel("position")]),
        FieldRowPanel([FieldPanel("qualifier"), FieldPanel("value"), FieldPanel("unit")]),
        FieldPanel("counts"),
        FieldRowPanel([FieldPanel("as_of"), FieldPanel("precision")]),
        FieldPanel("source"),
        FieldPanel("source_url"),
    ]
    translatable_fields = [
        SynchronizedField("key", overridable=False),
        SynchronizedField("series", overridable=False),
        SynchronizedField("position", overridable=False),
        SynchronizedField("value", overridable=False),
        SynchronizedField("qualifier", overridable=False),
        SynchronizedField("as_of", overridable=False),
        SynchronizedField("precision", overridable=False),
        SynchronizedField("source_url"),
        TranslatableField("unit"),
        TranslatableField("counts"),
        TranslatableField("source"),
    ]

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["series", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="figure_translation"
            ),
            models.UniqueConstraint(fields=["key", "locale"], name="figure_key"),
        ]

    def __str__(self) -> str:
        return self.key

    @cached_property
    def history(self) -> list[Figure]:
        """The older figures of the series in this language; set beforehand where many are shown."""
        return self.older(list(Figure.objects.filter(series=self.series, locale_id=self.locale_id)))

    def older(self, others: list[Figure]) -> list[Figure]:
        """Those of `others` that counted the same thing before, in their order."""
        return [
            other
            for other in others
            if other.series == self.series and other.position > self.position
        ]
