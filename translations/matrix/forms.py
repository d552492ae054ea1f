"""What one chooses in the table of translations: which pages to see, and what to do to them."""

from __future__ import annotations

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from ..exchange.exporting import FileFormat
from ..state.states import State
from .actions import Action
from .listing import source_pages


def language_choices(locales: list[Locale]) -> list[tuple[str, str]]:
    """Choices of languages that are at hand already, so that none is read again."""
    return [(str(locale.pk), str(locale)) for locale in locales]


class TableFilter(forms.Form):
    """Narrows the table; whatever is not understood narrows nothing."""

    q = forms.CharField(label=_("Title"), required=False)
    section = forms.ChoiceField(label=_("Section"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All")), *State.choices], required=False
    )
    overdue = forms.BooleanField(label=_("Only what is overdue"), required=False)
    mine = forms.BooleanField(label=_("Only what was given to me"), required=False)

    def __init__(self, *args, locales: list[Locale], sections: list[Page], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        everything = ("", _("All"))
        self.fields["section"].choices = [
            everything,
            *((str(page.pk), page.title) for page in sections),
        ]
        self.fields["language"].choices = [everything, *language_choices(locales)]


class TableAction(forms.Form):
    """An action, and the pages and languages that it is for.

    With `hand_on_only` it is what a translator may do: say that something is ready.
    """

    action = forms.ChoiceField(label=_("Action"), choices=Action.choices)
    # To download them instead.
    file_format = forms.ChoiceField(
        label=_("Format"), choices=FileFormat.choices, required=False, initial=FileFormat.PO
    )
    pages = forms.ModelMultipleChoiceField(queryset=Page.objects.none(), required=False)
    # Those on other parts of the table as well.
    everything = forms.BooleanField(required=False)
    languages = forms.TypedMultipleChoiceField(
        label=_("Languages"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one language.")},
    )
    translator = forms.ModelChoiceField(
        label=_("Translator"),
        queryset=get_user_model().objects.none(),
        required=False,
        empty_label=_("Everybody"),
    )

    def __init__(self, *args, locales: list[Locale], hand_on_only: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if hand_on_only:
            self.fields["action"].choices = [(Action.HAND_ON.value, Action.HAND_ON.label)]
            del self.fields["translator"]
        known = {str(locale.pk): locale for locale in locales}
        self.fields["pages"].queryset = source_pages()
        self.fields["languages"].choices = language_choices(locales)
        self.fields["languages"].coerce = known.__getitem__
        if not hand_on_only:
            self.fields["translator"].queryset = (
                get_user_model()
                .objects.filter(Q(groups__name__startswith="translator-"), is_active=True)
                .distinct()
                .order_by("username")
            )

    def clean(self) -> dict:
        """Something must be chosen."""
        chosen = super().clean()
        if not chosen.get("pages") and not chosen.get("everything"):
            self.add_error("pages", _("Choose at least one page."))
        return chosen
