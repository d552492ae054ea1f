"""The form that pictures are uploaded and changed with."""

from django.db import transaction
from wagtail.images.forms import BaseImageForm


class PictureForm(BaseImageForm):
    """Wagtail's form, in one transaction.

    It stores a new file first and deletes the old file's renditions after that; in between, the
    worker might already have made those of the new one.
    """

    @transaction.atomic
    def save(self, commit=True):
        return super().save(commit=commit)
