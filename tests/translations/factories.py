"""Languages and translations made for tests, the latter as a translator would hand them in."""

from __future__ import annotations

from wagtail.models import Locale, TranslatableMixin
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from translations.exchange.taking_in import take_in
from translations.exchange.units import Unit
from translations.languages import Language
from translations.store import bring_in
from translations.targets import make_target, submit

# A language that is to have some pages only, and shares its tag with another.
EASY_GERMAN = Language(
    "de-leicht", "de", "Leichte Sprache", "Easy German", "de", fallback="de", partial=True
)


def translate(source: TranslationSource, locale: Locale, texts: dict[str, str]) -> Translation:
    """Stores target texts by source text."""
    translation = submit(source, locale)
    taken = take_in(translation, [Unit(text, target) for text, target in texts.items()])
    assert not taken.problems
    return translation


def translate_all(source: TranslationSource, locale: Locale) -> Translation:
    """Stores for every text of the source the same text behind the language's code."""
    texts = StringSegment.objects.filter(source=source).values_list("string__data", flat=True)
    code = locale.language_code
    return translate(source, locale, {text: f"{code}: {text}" for text in texts})


def make_translated(instance: TranslatableMixin, *locales: Locale) -> list[TranslatableMixin]:
    """Translates the instance whole and publishes it in each of the languages."""
    source, _ = bring_in(instance)
    for locale in locales:
        translate_all(source, locale)
    return [make_target(source, locale) for locale in locales]
