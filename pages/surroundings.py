"""What stands around a page: where one is, the menu, the other languages, freshness."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.models import Page

from translations.freshness import Freshness, freshness_of, with_status
from translations.languages import LANGUAGES, SOURCE_CODE, Language

from .addresses import public_path
from .routing import Place, find_place


@dataclass(frozen=True)
class Crumb:
    """A page above this one, or this one."""

    title: str
    url: str


@dataclass(frozen=True)
class LanguageLink:
    """The way to this page in a language; `url` is None where the page is not there yet."""

    language: Language
    url: str | None
    current: bool


@dataclass
class Surroundings:
    """Everything around the content of one page, for its language."""

    language: Language
    menu: list[Crumb]
    breadcrumbs: list[Crumb]
    languages: list[LanguageLink]
    pillar: str
    freshness: Freshness | None = None

    @property
    def alternates(self) -> list[LanguageLink]:
        """The languages that this page really has, for `hreflang`."""
        return [link for link in self.languages if link.url]

    @property
    def default_url(self) -> str:
        """The page to send readers of any other language to (`x-default`)."""
        urls = {link.language.code: link.url for link in self.alternates}
        return urls.get(SOURCE_CODE) or next(iter(urls.values()), f"/{SOURCE_CODE}/")

    @property
    def complete(self) -> bool:
        """Whether the page is there in every language of the site."""
        return all(link.url for link in self.languages)


def crumb(page: Page, language: Language, home: bool = False) -> Crumb:
    """A page as a step of the way; the home page by the word for it."""
    return Crumb(_("Home") if home else page.title, public_path(page.url_path, language.code))


def language_links(addresses: dict[str, str], language: Language) -> list[LanguageLink]:
    """A link for every language of the site, from the addresses by language code that exist."""
    return [
        LanguageLink(each, addresses.get(code), each == language)
        for code, each in LANGUAGES.items()
    ]


def live_versions(page: Page) -> dict[str, dict]:
    """The live pages that are translations of each other, by language code. One query.

    Aliases are not translations and are left out.
    """
    pages = Page.objects.filter(
        translation_key=page.translation_key, live=True, alias_of__isnull=True
    ).order_by()
    rows = with_status(pages).values(
        "locale__language_code",
        "url_path",
        "last_published_at",
        "made_from",
        "origin",
        "reviewed_at",
    )
    return {row["locale__language_code"]: row for row in rows}


def surroundings_of(page: Page, place: Place, language: Language) -> Surroundings:
    """What stands around a page that was found. One query."""
    versions = live_versions(page)
    addresses = {code: public_path(row["url_path"], code) for code, row in versions.items()}
    freshness = None
    if language.code != SOURCE_CODE and language.code in versions:
        freshness = freshness_of(
            versions[language.code], versions.get(SOURCE_CODE), addresses.get(SOURCE_CODE)
        )
    return Surroundings(
        language=language,
        menu=[crumb(each, language) for each in place.menu],
        breadcrumbs=[crumb(each, language, home=each.depth == 2) for each in place.ancestors],
        languages=language_links(addresses, language),
        pillar=getattr(page, "pillar", ""),
        freshness=freshness,
    )


def surroundings_of_preview(page: Page, language: Language) -> Surroundings:
    """What stands around a page that is not published yet."""
    place = find_place(language.code, "")
    surroundings = surroundings_elsewhere(place, language)
    surroundings.pillar = getattr(page, "pillar", "")
    return surroundings


def surroundings_elsewhere(place: Place | None, language: Language) -> Surroundings:
    """What stands around an answer that is no page: a missing page, a form's thanks."""
    return Surroundings(
        language=language,
        menu=[crumb(each, language) for each in place.menu] if place else [],
        breadcrumbs=[],
        languages=language_links({code: f"/{code}/" for code in LANGUAGES}, language),
        pillar="",
    )
