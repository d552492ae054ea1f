"""Changes to wagtail-localize at run time, each with its reason. Nothing else patches it."""

from __future__ import annotations

from django import forms
from wagtail_localize.locales.components import LOCALE_COMPONENTS
from wagtail_localize.models import LocaleSynchronization
from wagtail_localize.views.submit_translations import SubmitTranslationForm


def remove_locale_synchronisation() -> None:
    """“Sync from” makes live pages in one language hold another's text, as aliases."""
    LOCALE_COMPONENTS[:] = [
        component
        for component in LOCALE_COMPONENTS
        if component["model"] is not LocaleSynchronization
    ]


def remove_include_subtree() -> None:
    """“Include subtree” corrupts the tree: translated parents end with `numchild` 0 (issue 773)."""
    original = SubmitTranslationForm.__init__

    def without_subtree(self, instance, *args, **kwargs) -> None:
        original(self, instance, *args, **kwargs)
        self.fields["include_subtree"] = forms.BooleanField(
            required=False, disabled=True, initial=False, widget=forms.HiddenInput()
        )

    SubmitTranslationForm.__init__ = without_subtree


def apply() -> None:
    """Applies all of them; called once when the apps are ready."""
    remove_locale_synchronisation()
    remove_include_subtree()
