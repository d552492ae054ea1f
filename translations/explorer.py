"""The column of the page explorer that says how many languages are up to date."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from .languages import SOURCE_CODE
from .matrix.listing import WAITING
from .matrix.rights import languages_for
from .state.states import State, states_of


class TranslationsColumn(Column):
    """How many languages have a source page live and up to date, and in how many it waits.

    The states of all rows come at once, three queries a table; they are kept with the request.
    """

    cell_template_name = "translations/explorer_cell.html"

    def get_value(self, instance: Page) -> None:
        return None

    def get_cell_context_data(self, instance: Page, parent_context) -> dict:
        context = super().get_cell_context_data(instance, parent_context)
        request, table = parent_context["request"], parent_context["table"]
        locales = languages_for(request.user)
        if not hasattr(request, "_translation_states"):
            sources = [page for page in table.data if is_source(page)]
            request._translation_states = states_of(sources, locales) if sources else {}
        found = [
            request._translation_states[key].state
            for locale in locales
            if (key := (instance.translation_key, locale.pk)) in request._translation_states
            and is_source(instance)
        ]
        context["live"] = found.count(State.LIVE)
        context["waiting"] = sum(state in WAITING for state in found)
        context["number"] = sum(state != State.NOT_PLANNED for state in found)
        return context


def is_source(page: Page) -> bool:
    """Whether it is a live page that others are the translations of."""
    return page.live and page.locale.language_code == SOURCE_CODE and not page.alias_of_id


def with_translations(columns: list[BaseColumn]) -> list[BaseColumn]:
    """The explorer's columns with that of the translations before the status."""
    names = [column.name for column in columns]
    place = names.index("status") if "status" in names else len(names)
    own = TranslationsColumn("translations", label=_("Translations"))
    return [*columns[:place], own, *columns[place:]]


class TranslatedPageViewSet(PageViewSet):
    """Takes the place of Wagtail's own for all pages."""

    model = Page
    columns = with_translations(ExplorableIndexView.base_columns)
