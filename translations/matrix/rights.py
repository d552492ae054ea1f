"""Which languages the table shows to whom."""

from __future__ import annotations

from collections.abc import Iterable

from wagtail.models import Locale, Page

from ..languages import LANGUAGES, SOURCE_CODE


def sends_to_translation(user) -> bool:
    """Whether the user brings pages to translators, and gives them work."""
    return user.has_perm("wagtail_localize.submit_translation")


def written_by(user, locales: Iterable[Locale]) -> list[Locale]:
    """Those of the languages whose home page the user may change: who translates into them."""
    locales = list(locales)
    homes = Page.objects.filter(depth=2, locale__in=locales).select_related("locale")
    own = {home.locale_id for home in homes if home.permissions_for_user(user).can_edit()}
    return [locale for locale in locales if locale.pk in own]


def languages_for(user) -> list[Locale]:
    """The languages that the user works on, in the site's order.

    Whoever may send pages to translation sees them all; a translator those whose pages they may
    change.
    """
    known = getattr(user, "_translation_languages", None)
    if known is not None:
        return known  # the menu asks for them as well
    locales = {
        locale.language_code: locale
        for locale in Locale.objects.exclude(language_code=SOURCE_CODE).select_related("policy")
    }
    if not sends_to_translation(user):
        own = written_by(user, locales.values())
        locales = {code: locale for code, locale in locales.items() if locale in own}
    order = list(LANGUAGES)
    user._translation_languages = sorted(
        locales.values(),
        key=lambda locale: (
            order.index(locale.language_code) if locale.language_code in order else len(order)
        ),
    )
    return user._translation_languages
