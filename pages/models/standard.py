"""A page of text that needs nothing of its own."""

from django.utils.translation import gettext_lazy as _

from .base import BasePage


class StandardPage(BasePage):
    """A page with a body and nothing else."""

    content_panels = [*BasePage.content_panels, *BasePage.body_panels]

    class Meta:
        verbose_name = _("standard page")
