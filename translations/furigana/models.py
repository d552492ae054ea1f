"""What is kept of readings: those of sentences and pages, and the corrections that people made."""

from __future__ import annotations

import hashlib

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from translations.languages import LANGUAGES

from .markup import HAS_KANJI

HIRAGANA_ONLY = RegexValidator(
    "^[\u3041-\u3096ー]*$", _("Write the reading in hiragana, without spaces.")
)


def sentence_key(text: str) -> str:
    """The key by which a sentence is found."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def has_furigana(page: Page) -> bool:
    """Whether the page is in a language whose readers can have readings shown."""
    language = LANGUAGES.get(page.locale.language_code)
    return bool(language and language.furigana)


class ReadSentence(models.Model):
    """A Japanese sentence of any page or of the interface, with the readings of its words.

    `readings` holds the words with kanji in their order, each with its reading.
    """

    key = models.CharField(max_length=32, primary_key=True)
    text = models.TextField()
    readings = models.JSONField()
    edition = models.CharField(max_length=40, db_index=True)


class PageReadings(models.Model):
    """The readings of one page, by its sentences as they were when it was published.

    A copy of those that the sentences have anywhere, but for corrections for this page: it comes
    with the page's other data, and asks no query of its own.
    """

    page = models.OneToOneField(
        Page, on_delete=models.CASCADE, primary_key=True, related_name="furigana"
    )
    readings = models.JSONField(default=dict)
    edition = models.CharField(max_length=40)
    published_at = models.DateTimeField(null=True)


class Reading(models.Model):
    """How people say that a word is read: on the whole site, or on one page."""

    word = models.CharField(
        _("word"),
        max_length=60,
        help_text=_("As it stands in the text, with its kana: 行った, 避難所."),
    )
    reading = models.CharField(
        _("reading"),
        max_length=120,
        blank=True,
        validators=[HIRAGANA_ONLY],
        help_text=_("In hiragana. Leave it empty to show no reading above this word."),
    )
    page = models.ForeignKey(
        Page,
        verbose_name=_("only on this page"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Leave it empty to correct the word on the whole site."),
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("reading of a word")
        verbose_name_plural = _("readings of words")
        ordering = ["word", "page"]
        constraints = [
            models.UniqueConstraint(
                fields=["word"],
                condition=Q(page__isnull=True),
                name="reading_once_on_the_site",
                violation_error_message=_("This word has a reading already."),
            ),
            models.UniqueConstraint(
                fields=["word", "page"],
                name="reading_once_on_a_page",
                violation_error_message=_("This word has a reading on this page already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.word}（{self.reading}）"

    def clean(self) -> None:
        """Only words with kanji, and only on pages in Japanese, have readings above them."""
        if self.word and not HAS_KANJI.search(self.word):
            raise ValidationError({"word": _("This word has no kanji.")})
        if self.page and not has_furigana(self.page):
            raise ValidationError({"page": _("This page is not in Japanese.")})
