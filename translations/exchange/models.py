"""What translators sent back, and what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Delivery(models.Model):
    """Files that somebody uploaded together."""

    name = models.CharField(_("file"), max_length=255)
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class DeliveredFile(models.Model):
    """One file of a delivery. Its content goes once it is dealt with, and the report stays."""

    delivery = models.ForeignKey(
        Delivery, verbose_name=_("delivery"), on_delete=models.CASCADE, related_name="files"
    )
    name = models.CharField(_("file"), max_length=255)
    data = models.BinaryField(_("content"), null=True)
    # As `FileReport.stored` gives it; null while the file waits.
    report = models.JSONField(_("report"), null=True)

    class Meta:
        verbose_name = _("delivered file")
        verbose_name_plural = _("delivered files")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
