"""The table of all pages and languages."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Locale, Page

from jobs.models import Job

from ..exchange.exporting import FileFormat, export_pages
from ..state.states import Key, TranslationState
from .actions import Action, Order, Outcome
from .batches import ask_for_batches
from .forms import TableAction, TableFilter
from .listing import all_states, in_states, rows_of, source_pages, totals_of, with_overdue
from .rights import languages_for, sends_to_translation

ROWS_ON_A_PAGE = 50
# More than these translations the workers do: the answer would take long.
MOST_AT_ONCE = 12


@dataclass(frozen=True)
class Listing:
    """What the table is about: the form that narrows it, and what that leaves."""

    form: TableFilter
    pages: list[Page]
    locales: list[Locale]
    states: dict[Key, TranslationState]


class MatrixView(WagtailAdminTemplateMixin, TemplateView):
    """Pages down, languages across; actions on what is ticked."""

    page_title = gettext_lazy("Translations")
    header_icon = "wagtail-localize-language"
    template_name = "translations/matrix.html"
    breadcrumbs_items = [
        {"url": reverse_lazy("wagtailadmin_home"), "label": gettext_lazy("Home")},
        {"url": "", "label": gettext_lazy("Translations")},
    ]

    locales: list[Locale]

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Only for those who translate into a language, or send pages to translation."""
        self.locales = languages_for(request.user)
        if not self.locales:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """The rows of one page of the table, and totals over all that was chosen."""
        listing = self.listing()
        part = Paginator(listing.pages, ROWS_ON_A_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            filter_form=listing.form,
            action_form=kwargs.pop("action_form", None) or self.action_form(),
            locales=listing.locales,
            rows=rows_of(list(part), listing.locales, listing.states),
            totals=totals_of(listing.pages, listing.locales, listing.states),
            page_obj=part,
            number=len(listing.pages),
            **kwargs,
        )

    def listing(self) -> Listing:
        """The pages that the form above the table leaves, with their states."""
        pages = list(source_pages())
        sections = [page for page in pages if page.depth == 3]
        form = TableFilter(self.request.GET, locales=self.locales, sections=sections)
        form.is_valid()
        chosen = form.cleaned_data
        locales = [
            locale
            for locale in self.locales
            if chosen.get("language") in (None, "", str(locale.pk))
        ]
        for section in sections:
            if chosen.get("section") == str(section.pk):
                pages = [page for page in pages if page.path.startswith(section.path)]
        if title := chosen.get("q", "").casefold():
            pages = [page for page in pages if title in page.title.casefold()]
        states = all_states(pages, locales)
        if chosen.get("state"):
            pages = in_states(pages, states, [chosen["state"]])
        if chosen.get("overdue"):
            pages = with_overdue(pages, states, locales)
        if chosen.get("mine"):
            own = {
                key
                for (key, _locale), state in states.items()
                if state.translator_id == self.request.user.pk
            }
            pages = [page for page in pages if page.translation_key in own]
        return Listing(form, pages, locales, states)

    def action_form(self, data=None) -> TableAction:
        """The form below the table."""
        return TableAction(
            data,
            locales=self.locales,
            hand_on_only=not sends_to_translation(self.request.user),
            initial={"languages": [str(locale.pk) for locale in self.locales]},
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Does what was chosen and says how far it went."""
        form = self.action_form(request.POST)
        if not form.is_valid():
            for errors in form.errors.values():
                messages.error(request, " ".join(errors))
            return self.render_to_response(self.get_context_data(action_form=form))
        chosen = form.cleaned_data
        pages = self.listing().pages if chosen["everything"] else list(chosen["pages"])
        locales = list(chosen["languages"])
        if "download" in request.POST:
            return self.download(pages, locales, chosen["file_format"] or FileFormat.PO)
        order = Order(Action(chosen["action"]), request.user, chosen.get("translator"))
        if len(pages) * len(locales) > MOST_AT_ONCE:
            tell_of_jobs(request, ask_for_batches(order, pages, locales))
        else:
            tell(request, order.carry_out(pages, locales))
        return self.back()

    def download(self, pages: list[Page], locales: list[Locale], chosen: str) -> HttpResponse:
        """Gives the texts of these pages as files for translators' tools."""
        export = export_pages(pages, locales, FileFormat(chosen))
        if export is None:
            messages.warning(
                self.request, _("Nothing of it is in translation yet. Prepare the pages first.")
            )
            return self.back()
        return FileResponse(
            BytesIO(export.data),
            as_attachment=True,
            filename=export.name,
            content_type=export.content_type,
        )

    def back(self) -> HttpResponse:
        """Leads back to the same part of the table."""
        query = self.request.GET.urlencode()
        return redirect(reverse("translations_matrix") + (f"?{query}" if query else ""))


def tell_of_jobs(request: HttpRequest, asked: list[Job]) -> None:
    """Says that the workers are at it, and where one sees how far."""
    said = ngettext(
        "The work on %(count)d language goes on in the background.",
        "The work on %(count)d languages goes on in the background.",
        len(asked),
    ) % {"count": len(asked)}
    buttons = []
    if request.user.has_perm("jobs.view_job"):
        buttons = [messages.button(reverse("jobs_report"), _("See how far it is"))]
    messages.success(request, said, buttons=buttons)


def tell(request: HttpRequest, outcome: Outcome) -> None:
    """Says what was done, and what was not and why."""
    done = ngettext(
        "%(count)d translation changed.", "%(count)d translations changed.", outcome.changed
    ) % {"count": outcome.changed}
    messages.success(request, done) if outcome.changed else messages.warning(request, done)
    shown = outcome.refused[:10]
    for reason in shown:
        messages.warning(request, reason)
    if more := len(outcome.refused) - len(shown):
        left = ngettext(
            "%(count)d more was left as it is.", "%(count)d more were left as they are.", more
        )
        messages.warning(request, left % {"count": more})
