"""The table of all pages and languages."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Locale

from .actions import Action, Outcome, assign, hand_on_ready, prepare
from .forms import TableAction, TableFilter
from .listing import all_states, in_states, rows_of, source_pages, totals_of
from .rights import languages_for, sends_to_translation

ROWS_ON_A_PAGE = 50
# Work in the request: above this the answer would take long.
MOST_AT_ONCE = 60


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
        if chosen.get("mine"):
            own = {
                key
                for (key, _locale), state in states.items()
                if state.translator_id == self.request.user.pk
            }
            pages = [page for page in pages if page.translation_key in own]
        part = Paginator(pages, ROWS_ON_A_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            filter_form=form,
            action_form=kwargs.pop("action_form", None) or self.action_form(),
            locales=locales,
            rows=rows_of(list(part), locales, states),
            totals=totals_of(pages, locales, states),
            page_obj=part,
            number=len(pages),
            **kwargs,
        )

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
        number = len(chosen["pages"]) * len(chosen["languages"])
        if number > MOST_AT_ONCE and chosen["action"] != Action.ASSIGN:
            messages.error(
                request,
                _("These are %(number)d translations; choose no more than %(most)d at a time.")
                % {"number": number, "most": MOST_AT_ONCE},
            )
            return self.render_to_response(self.get_context_data(action_form=form))
        tell(request, act(chosen, request.user))
        query = request.GET.urlencode()
        return redirect(reverse("translations_matrix") + (f"?{query}" if query else ""))


def act(chosen: dict, user) -> Outcome:
    """Does what a valid form asks for."""
    pages, locales = list(chosen["pages"]), list(chosen["languages"])
    match chosen["action"]:
        case Action.PREPARE:
            return prepare(pages, locales, user)
        case Action.HAND_ON:
            return hand_on_ready(pages, locales, user)
        case _assign:
            return assign(pages, locales, chosen["translator"], user)


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
