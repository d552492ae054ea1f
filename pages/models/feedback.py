"""What readers say of a page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class PageFeedback(models.Model):
    """One reader's answer to 'Was this useful?'. Nothing in it says who they are."""

    page = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )
    language_code = models.CharField(_("language"), max_length=16)
    useful = models.BooleanField(_("useful"))
    comment = models.TextField(_("comment"), blank=True, max_length=2000)
    created_at = models.DateTimeField(_("sent at"), auto_now_add=True)

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["-created_at"]
