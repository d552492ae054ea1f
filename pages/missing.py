"""A page that is missing in the reader's language: what it is, and where else it can be read."""

from __future__ import annotations

from dataclasses import dataclass

from wagtail.models import Page

from translations.languages import LANGUAGES, SOURCE_CODE, Language

from .addresses import public_path


@dataclass(frozen=True)
class OtherLanguage:
    """The page as another language has it."""

    language: Language
    title: str
    url: str


@dataclass(frozen=True)
class MissingPage:
    """The page's versions in other languages, the ones that suit the reader first."""

    versions: list[OtherLanguage]

    @property
    def title(self) -> OtherLanguage:
        """What the page is called, in the language that suits the reader best."""
        return self.versions[0]


def find_elsewhere(path: str, language: Language, preferred: Language) -> MissingPage | None:
    """The live pages at the same path in other languages; None when no language has one.

    Paths are the same in every language, so one query by the end of `url_path` finds all of them.
    """
    path = path.strip("/")
    if not path:
        return None
    homes = Page.objects.filter(depth=2, locale__language_code__in=LANGUAGES).values_list(
        "url_path", flat=True
    )
    rows = (
        Page.objects.filter(
            url_path__in=[f"{home}{path}/" for home in homes], live=True, alias_of__isnull=True
        )
        .values_list("locale__language_code", "title", "url_path")
        .order_by()
    )
    versions = [
        OtherLanguage(LANGUAGES[code], title, public_path(url_path, code))
        for code, title, url_path in rows
        if code in LANGUAGES
    ]
    order = [preferred.code, language.fallback, SOURCE_CODE]
    if not language.has_own_tag:
        # The same language in other words is nearer to what was asked than what browsers ask for.
        order = [language.fallback, preferred.code, SOURCE_CODE]
    versions.sort(
        key=lambda version: (
            order.index(version.language.code) if version.language.code in order else len(order),
            list(LANGUAGES).index(version.language.code),
        )
    )
    return MissingPage(versions) if versions else None
