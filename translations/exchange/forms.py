"""What somebody uploads."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SeveralFilesInput(forms.ClearableFileInput):
    """A field in which one may choose several files."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Several files, each of which must be one."""

    widget = SeveralFilesInput

    def clean(self, data, initial=None) -> list:
        single = super().clean
        chosen = data if isinstance(data, list | tuple) else [data]
        return [single(each, initial) for each in chosen or [None]]


class DeliveryForm(forms.Form):
    """Takes PO and XLIFF files, and zip files of them."""

    files = SeveralFilesField(
        label=_("Files"),
        help_text=_("PO, XLIFF 1.2 or XLIFF 2.0; one or several, or zip files of them."),
        widget=SeveralFilesInput(attrs={"accept": ".po,.xlf,.xliff,.zip"}),
    )
