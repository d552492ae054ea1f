"""What it costs to translate pages: by wagtail-localize, by this project, and by Wagtail alone."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import connection, reset_queries, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import StringSegment, Translation, TranslationSource
from wagtail_localize.operations import TranslationCreator

from pages.models import HomePage, StandardPage
from translations.languages import LANGUAGES, SOURCE_CODE
from translations.segments.reading import segments_of
from translations.segments.writing import write_targets
from translations.store import bring_in
from translations.targets import make_target

# A page has its title, summary and two texts a notice.
FEWEST, MOST = 7, 39


@dataclass
class Cost:
    """Queries and seconds by the clock of one step, for all pages and languages together."""

    queries: int = 0
    seconds: float = 0.0


@dataclass
class Costs:
    """What one way costs: bringing to translators, publishing, and both for a changed source."""

    submit: Cost = field(default_factory=Cost)
    publish: Cost = field(default_factory=Cost)
    store: Cost = field(default_factory=Cost)
    update: Cost = field(default_factory=Cost)

    @property
    def seconds(self) -> float:
        """Everything together."""
        return sum(cost.seconds for cost in vars(self).values())


def measured(cost: Cost, work: Callable[[], object]) -> None:
    """Adds what the work takes to a cost."""
    reset_queries()  # Django keeps so many of them, and then no more.
    with CaptureQueriesContext(connection) as queries:
        started = time.perf_counter()
        work()
        cost.seconds += time.perf_counter() - started
    cost.queries += len(queries)


class Bench:
    """A tree in the source language, and the languages into which it is translated."""

    def __init__(self, languages: int) -> None:
        codes = [code for code in LANGUAGES if code != SOURCE_CODE][:languages]
        source, _ = Locale.objects.get_or_create(language_code=SOURCE_CODE)
        self.locales = [Locale.objects.get_or_create(language_code=code)[0] for code in codes]
        root = Page.get_first_root_node()
        self.home = root.add_child(instance=HomePage(title="Home", slug="bench", locale=source))
        Site.objects.all().delete()
        Site.objects.create(hostname="127.0.0.1", is_default_site=True, root_page=self.home)
        stored, _changed = bring_in(self.home)
        for locale in self.locales:
            make_target(stored, locale)

    def pages(self, count: int, segments: int) -> list[StandardPage]:
        """New live pages with so many texts each, none of which stands on another page."""
        self.home.refresh_from_db()
        return [self.home.add_child(instance=new_page(segments)) for _ in range(count)]

    def stock(self, pages: Iterable[StandardPage]) -> Costs:
        """wagtail-localize as it is."""
        costs = Costs()
        for page in pages:
            creator = TranslationCreator(None, self.locales)
            measured(costs.submit, lambda p=page, c=creator: committed(c.create_translations, p))
            translate(page)
            for translation in translations_of(page):
                measured(costs.publish, lambda t=translation: committed(t.save_target))
            change(page)
            source = TranslationSource.objects.get(object_id=page.translation_key)
            measured(costs.store, lambda s=source: committed(s.update_from_db))
            translate(page)
            for translation in translations_of(page):
                measured(costs.update, lambda t=translation: committed(t.save_target))
        return costs

    def ours(self, pages: Iterable[StandardPage]) -> Costs:
        """This project's engine."""
        costs = Costs()
        for page in pages:

            def prepare(page: StandardPage = page) -> None:
                source, _changed = bring_in(page)
                for locale in self.locales:
                    make_target(source, locale, publish=False)

            measured(costs.submit, prepare)
            translate(page)
            self.publish(page, costs.publish)
            change(page)
            measured(costs.store, lambda p=page: bring_in(p))
            translate(page)
            self.publish(page, costs.update)
        return costs

    def publish(self, page: StandardPage, cost: Cost) -> None:
        """Publishes a page in all languages with our engine."""
        source = TranslationSource.objects.get(object_id=page.translation_key)
        for locale in self.locales:
            measured(cost, lambda to=locale: make_target(source, to))

    def floor(self, pages: Iterable[StandardPage]) -> Costs:
        """Wagtail alone: a copy with a revision, which is published, and a new one of which."""
        costs = Costs()
        for page in pages:
            for locale in self.locales:
                copies: list[Page] = []

                def copy(page: StandardPage = page, locale: Locale = locale, copies=copies) -> None:
                    copies.append(page.copy_for_translation(locale))

                measured(costs.submit, copy)
                for cost in (costs.publish, costs.update):
                    measured(cost, lambda c=copies: c[0].save_revision().publish())
        return costs


def new_page(segments: int) -> StandardPage:
    """An unsaved page with so many texts."""
    mark = uuid.uuid4().hex
    body = [
        {
            "type": "notice",
            "id": str(uuid.uuid4()),
            "value": {
                "kind": "warning",
                "title": f"Notice {n} {mark}",
                "text": f"Text {n} {mark}.",
            },
        }
        for n in range((segments - 3) // 2)
    ]
    return StandardPage(
        title=f"Page {mark}",
        slug=mark,
        summary=f"Summary {mark}.",
        search_description=f"Description {mark}.",
        body=body,
        locale=Locale.objects.get(language_code=SOURCE_CODE),
    )


def committed(work: Callable, *args) -> None:
    """Does the work in one transaction, as a request does."""
    with transaction.atomic():
        work(*args)


def change(page: StandardPage) -> None:
    """Publishes the page with another summary."""
    page.refresh_from_db()
    page.summary = f"Changed {uuid.uuid4().hex}."
    page.save_revision().publish()


def translations_of(page: Page) -> list[Translation]:
    """All translations of a page."""
    return list(Translation.objects.filter(source__object_id=page.translation_key))


def translate(page: Page) -> None:
    """Gives every text of the page a target in every language, as translators would."""
    for translation in translations_of(page):
        code = translation.target_locale.language_code
        write_targets(
            translation,
            {each.key: f"{code} {each.source}" for each in segments_of(translation.source_id)},
        )


def segments_on(page: Page) -> int:
    """How many texts a page has."""
    return StringSegment.objects.filter(source__object_id=page.translation_key).count()
