"""What stands around a page: where one is, the menu, the other languages, freshness."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from wagtail.models import Page

from translations.freshness import Freshness, freshness_of
from translations.languages import LANGUAGES, LOCAL_CODE, SOURCE_CODE, Language

from .addresses import public_path
from .routing import Place, find_place, root_path


@dataclass(frozen=True)
class Crumb:
    """A page above this one, or this one."""

    title: str
    url: str


@dataclass(frozen=True)
class LanguageLink:
    """The way to this page in a language; `url` is None where the page is not there yet.

    Where the page is not to be there at all, as in a partial language, `leads_home` and `url` is
    that of the language's home page.
    """

    language: Language
    url: str | None
    current: bool
    leads_home: bool = False

    @property
    def has_page(self) -> bool:
        """Whether the page itself can be read in the language."""
        return bool(self.url) and not self.leads_home


@dataclass
class Surroundings:
    """Everything around the content of one page, for its language."""

    language: Language
    menu: list[Crumb]
    breadcrumbs: list[Crumb]
    languages: list[LanguageLink]
    pillar: str
    freshness: Freshness | None = None
    # When the source was last published; None when it is not live.
    source_published_at: datetime | None = None
    # The readings that the page has, by sentence; None when none were made.
    readings: dict | None = None

    @property
    def versions(self) -> list[LanguageLink]:
        """The languages that this page itself can be read in."""
        return [link for link in self.languages if link.has_page]

    @property
    def alternates(self) -> list[LanguageLink]:
        """The versions that search engines are told of, for `hreflang`.

        Those without a tag of their own are not among them, and their pages have none: alternates
        must be mutual, and no tag may stand twice.
        """
        if not self.language.has_own_tag:
            return []
        return [link for link in self.versions if link.language.has_own_tag]

    @property
    def default_url(self) -> str:
        """The page to send readers of any other language to (`x-default`)."""
        urls = {link.language.code: link.url for link in self.alternates}
        return urls.get(SOURCE_CODE) or next(iter(urls.values()), f"/{SOURCE_CODE}/")

    @property
    def in_japanese(self) -> bool:
        """Whether the page can be shown beside its Japanese version."""
        return any(link.language.code == LOCAL_CODE for link in self.versions)

    @property
    def complete(self) -> bool:
        """Whether the page is there in every language that it is to be in."""
        return all(link.url for link in self.languages)


def crumb(page: Page, language: Language, home: bool = False) -> Crumb:
    """A page as a step of the way; the home page by the word for it."""
    return Crumb(_("Home") if home else page.title, public_path(page.url_path, language.code))


def language_links(addresses: dict[str, str], language: Language) -> list[LanguageLink]:
    """A link for every language of the site, from the addresses by language code that exist.

    A partial language that lacks the page is offered by its home page, if it has one: “not yet”
    would promise a page that nobody is going to write.
    """
    links = []
    for code, each in LANGUAGES.items():
        if each.partial and code not in addresses:
            if root_path(code):
                links.append(LanguageLink(each, f"/{code}/", each == language, leads_home=True))
        else:
            links.append(LanguageLink(each, addresses.get(code), each == language))
    return links


def live_versions(page: Page, *more_fields: str) -> dict[str, dict]:
    """The live pages that are translations of each other, by language code. One query.

    Aliases are not translations and are left out. A row can have `more_fields`.
    """
    rows = (
        Page.objects.filter(translation_key=page.translation_key, live=True, alias_of__isnull=True)
        .order_by()
        .values("locale__language_code", "url_path", "last_published_at", *more_fields)
    )
    return {row["locale__language_code"]: row for row in rows}


def surroundings_of(
    page: Page, place: Place, language: Language, furigana: bool = False
) -> Surroundings:
    """What stands around a page that was found, its readings too if asked.

    One query; of a translation, two.
    """
    fields = ["furigana__page", *(["furigana__readings"] if furigana else [])]
    versions = live_versions(page, *(fields if language.furigana else []))
    own = versions.get(language.code, {})
    readings = own.get("furigana__readings", {}) if own.get("furigana__page") else None
    addresses = {code: public_path(row["url_path"], code) for code, row in versions.items()}
    source_published_at = (versions.get(SOURCE_CODE) or {}).get("last_published_at")
    freshness = None
    if language.code != SOURCE_CODE and language.code in versions:
        freshness = freshness_of(page, source_published_at, addresses.get(SOURCE_CODE))
    return Surroundings(
        language=language,
        menu=[crumb(each, language) for each in place.menu],
        breadcrumbs=[crumb(each, language, home=each.depth == 2) for each in place.ancestors],
        languages=language_links(addresses, language),
        pillar=getattr(page, "pillar", ""),
        freshness=freshness,
        source_published_at=source_published_at,
        readings=readings,
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
