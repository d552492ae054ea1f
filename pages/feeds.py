"""A feed a language: what is new or has changed, for readers who follow the site elsewhere."""

from __future__ import annotations

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from translations.language_forms import active_language

from .addresses import public_url
from .models import BasePage

MAX_ENTRIES = 30
AUTHOR = "CLAIR"


class AtomFeed(Atom1Feed):
    """Atom that names its language by the tag that pages carry."""

    def root_attributes(self) -> dict[str, str]:
        return super().root_attributes() | {"xml:lang": active_language().tag}


class NewAndChangedPages(Feed):
    """The pages that were published last, in the language in force. Anyone may read them all."""

    feed_type = AtomFeed
    author_name = AUTHOR

    def title(self) -> str:
        return f"{AUTHOR}: {_('New and changed pages')}"

    def link(self) -> str:
        """The home page, of which this is another form."""
        return public_url(f"/{active_language().code}/")

    def feed_url(self) -> str:
        return public_url(reverse("feed"))

    def items(self) -> QuerySet[BasePage]:
        """Home pages are left out: they only gather what others say."""
        return (
            BasePage.objects.live()
            .public()
            .filter(
                locale__language_code=active_language().code,
                alias_of__isnull=True,
                depth__gt=2,
                last_published_at__isnull=False,
            )
            .order_by("-last_published_at", "pk")
            .only(
                *("title", "url_path", "summary", "search_description", "translation_key"),
                *("first_published_at", "last_published_at"),
            )[:MAX_ENTRIES]
        )

    def item_guid(self, page: BasePage) -> str:
        """The same in every language and at every address."""
        return page.translation_key.urn

    def item_link(self, page: BasePage) -> str:
        return public_url(page.address)

    def item_title(self, page: BasePage) -> str:
        return page.title

    def item_description(self, page: BasePage) -> str:
        """Escaped, as Django hands summaries out as HTML."""
        return escape(page.description)

    def item_pubdate(self, page: BasePage) -> datetime:
        return page.first_published_at

    def item_updateddate(self, page: BasePage) -> datetime:
        return page.last_published_at
