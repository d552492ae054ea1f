"""Small trees of pages for tests, beside whatever the database holds already."""

from __future__ import annotations

import itertools
from typing import Any, TypeVar

from wagtail.models import Locale, Page, Site

from pages.models import Figure, HomePage, StandardPage

AnyPage = TypeVar("AnyPage", bound=Page)
numbers = itertools.count(1)


def make_locale(code: str) -> Locale:
    """The locale of a language, made if there is none."""
    return Locale.objects.get_or_create(language_code=code)[0]


def publish(page: AnyPage) -> AnyPage:
    """Publishes the page as it is in memory, as an editor does. Gives it as it is then stored."""
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def make_home(**fields: Any) -> HomePage:
    """A live English home page with nothing below it, which the site now begins at."""
    number = next(numbers)
    values = {"title": "Council", "slug": f"home-{number}", "locale": make_locale("en")} | fields
    home = Page.get_first_root_node().add_child(instance=HomePage(**values))
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.root_page = home
    site.save()
    return publish(home)


def make_page(parent: Page, model: type[AnyPage] = StandardPage, **fields: Any) -> AnyPage:
    """A live page below `parent`, in its language."""
    number = next(numbers)
    values = {"title": f"Page {number}", "slug": f"page-{number}", "locale": parent.locale}
    # Another view of the parent may have been given children since.
    fresh = Page.objects.get(pk=parent.pk)
    return publish(fresh.add_child(instance=model(**(values | fields))))


def make_figure(**fields: Any) -> Figure:
    """An English figure of a series of its own."""
    number = next(numbers)
    values = {
        "key": f"figure-{number}",
        "series": f"series-{number}",
        "value": 5933,
        "unit": "people",
        "counts": "JET participants",
        "source": "JET Programme",
        "locale": make_locale("en"),
    }
    return Figure.objects.create(**(values | fields))
