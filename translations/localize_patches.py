"""Changes to wagtail-localize at run time, each with its reason. Nothing else patches it."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from wagtail_localize.locales.components import LOCALE_COMPONENTS
from wagtail_localize.models import LocaleSynchronization
from wagtail_localize.views import convert
from wagtail_localize.views.submit_translations import SubmitTranslationForm
from wagtail_localize.views.update_translations import UpdateTranslationsForm
from wagtail_localize.wagtail_hooks import ConvertToAliasPageActionMenuItem


def remove_locale_synchronisation() -> None:
    """“Sync from” makes live pages in one language hold another's text, as aliases."""
    LOCALE_COMPONENTS[:] = [
        component
        for component in LOCALE_COMPONENTS
        if component["model"] is not LocaleSynchronization
    ]


def remove_field(form: type[forms.Form], name: str) -> None:
    """Leaves a yes-or-no field of a form at no, whatever is posted, and shows it to nobody."""
    original = form.__init__

    def without_field(self, *args, **kwargs) -> None:
        original(self, *args, **kwargs)
        self.fields[name] = forms.BooleanField(
            required=False, disabled=True, initial=False, widget=forms.HiddenInput()
        )

    form.__init__ = without_field


def remove_include_subtree() -> None:
    """“Include subtree” corrupts the tree: translated parents end with `numchild` 0 (issue 773)."""
    remove_field(SubmitTranslationForm, "include_subtree")


def remove_publish_on_update() -> None:
    """“Publish immediately” publishes in every language, whether or not one may publish there."""
    remove_field(UpdateTranslationsForm, "publish_translations")


def remove_conversion_to_alias() -> None:
    """“Convert to alias page” puts a live page's text back to English without the right to publish.

    Who may edit a page may do it.
    """

    def not_offered(request: HttpRequest, page_id: int) -> HttpResponse:
        raise Http404

    convert.convert_to_alias = not_offered
    ConvertToAliasPageActionMenuItem.is_shown = lambda self, context: False


def apply() -> None:
    """Applies all of them; called once when the apps are ready."""
    remove_locale_synchronisation()
    remove_include_subtree()
    remove_publish_on_update()
    remove_conversion_to_alias()
