"""Which languages the table shows to whom."""

from __future__ import annotations

from wagtail.models import Locale, Page

from ..languages import LANGUAGES, SOURCE_CODE


def sends_to_translation(user) -> bool:
    """Whether the user brings pages to translators, and gives them work."""
    return user.has_perm("wagtail_localize.submit_translation")


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
        homes = Page.objects.filter(depth=2, locale__in=locales.values()).select_related("locale")
        own = {
            home.locale.language_code
            for home in homes
            if home.permissions_for_user(user).can_edit()
        }
        locales = {code: locale for code, locale in locales.items() if code in own}
    order = list(LANGUAGES)
    user._translation_languages = sorted(
        locales.values(),
        key=lambda locale: (
            order.index(locale.language_code) if locale.language_code in order else len(order)
        ),
    )
    return user._translation_languages
