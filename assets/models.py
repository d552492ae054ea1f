"""Pictures and documents, as models of our own so that they can grow."""

from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from .metadata import without_metadata


class Picture(AbstractImage):
    """A picture in the library, with where it comes from."""

    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Who made the picture.")
    )
    licence = models.CharField(
        _("licence"), max_length=100, blank=True, help_text=_("Under which licence it may be used.")
    )

    admin_form_fields = (*Image.admin_form_fields, "credit", "licence")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def save(self, *args, **kwargs) -> None:
        """Stores the picture; a new file is stored without its metadata."""
        if self.file and not self.file._committed and (clean := without_metadata(self.file.file)):
            self.file = ContentFile(clean, name=self.file.name)
            self._set_image_file_metadata()
        super().save(*args, **kwargs)


class PictureRendition(AbstractRendition):
    """A picture in one size and format, made ahead by the media queue."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class Paper(AbstractDocument):
    """A document that visitors can download."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
