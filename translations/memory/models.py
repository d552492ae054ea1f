"""Units of the memory. Nothing that a page, a block or a user goes away with takes one along."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from ..segments.models import Origin


class MemoryUnit(models.Model):
    """One source text with one target, as somebody wrote it once: only ever added to.

    So it is also the history of a segment: the units of its object, path and language, by time.
    The object and the path are noted and not referred to, as a unit outlives them.
    """

    source_locale = models.ForeignKey(
        Locale, verbose_name=_("source language"), on_delete=models.PROTECT, related_name="+"
    )
    target_locale = models.ForeignKey(
        Locale, verbose_name=_("target language"), on_delete=models.PROTECT, related_name="+"
    )
    source = models.TextField(_("source"))
    source_hash = models.UUIDField(
        _("hash of the source"), help_text=_("As wagtail-localize makes it of a string.")
    )
    target = models.TextField(_("target"))
    object_key = models.UUIDField(_("translation key of the object"), null=True, blank=True)
    path = models.TextField(_("path in the object"), blank=True)
    before = models.UUIDField(
        _("hash of the source before it"),
        null=True,
        blank=True,
        help_text=_("Of two exact matches, the one with the same neighbours comes first."),
    )
    after = models.UUIDField(_("hash of the source after it"), null=True, blank=True)
    origin = models.CharField(
        _("origin"), max_length=10, choices=Origin.choices, default=Origin.PERSON
    )
    written_at = models.DateTimeField(_("written at"), db_index=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("written by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("memory unit")
        verbose_name_plural = _("memory units")
        indexes = [
            models.Index(
                fields=["target_locale", "source_hash"], name="memory_by_language_and_source"
            ),
            models.Index(fields=["object_key", "target_locale"], name="memory_by_object"),
        ]


class MemorySource(models.Model):
    """A source text of the memory, once for all languages: what fuzzy matches are looked up in."""

    locale = models.ForeignKey(
        Locale, verbose_name=_("language"), on_delete=models.PROTECT, related_name="+"
    )
    source_hash = models.UUIDField(_("hash of the source"))
    text = models.TextField(_("source"))

    class Meta:
        verbose_name = _("source in the memory")
        verbose_name_plural = _("sources in the memory")
        constraints = [
            models.UniqueConstraint(
                fields=["source_hash", "locale"], name="one_memory_source_a_text"
            )
        ]


class MemoryWord(models.Model):
    """One of the words that a source text of the memory is found by, as a number."""

    source = models.ForeignKey(
        MemorySource, verbose_name=_("source"), on_delete=models.CASCADE, related_name="words"
    )
    word = models.BigIntegerField(_("word"))
    length = models.PositiveIntegerField(
        _("length of the source"), help_text=_("Texts of very different length are never alike.")
    )

    class Meta:
        verbose_name = _("word in the memory")
        verbose_name_plural = _("words in the memory")
        constraints = [
            models.UniqueConstraint(fields=["word", "source"], name="one_memory_word_a_source")
        ]
