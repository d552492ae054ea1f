"""Pictures and documents, as models of our own so that they can grow."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image
from wagtail.search import index

from .metadata import without_metadata
from .renditions import RENDITIONS

FOCAL_POINT = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")


class Picture(AbstractImage):
    """A picture in the library, with where it comes from."""

    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Who made the picture.")
    )
    licence = models.CharField(
        _("licence"), max_length=100, blank=True, help_text=_("Under which licence it may be used.")
    )

    admin_form_fields = (*Image.admin_form_fields, "credit", "licence")

    # Pictures that are shown with this one, itself among them: what one needs, all are asked for.
    peers: Sequence[Picture] = ()
    # Whether the last save changed what renditions are made of.
    renditions_due = False

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def save(self, *args, **kwargs) -> None:
        """Stores the picture; a new file is stored without its metadata."""
        new_file = bool(self.file) and not self.file._committed
        if new_file:
            if clean := without_metadata(self.file.file):
                self.file = ContentFile(clean, name=self.file.name)
            self._set_image_file_metadata()
        self.renditions_due = new_file or self.focal_point_moved()
        super().save(*args, **kwargs)

    def focal_point_moved(self) -> bool:
        """Whether what must stay in sight is another part of the picture than is stored."""
        stored = type(self).objects.filter(pk=self.pk).values_list(*FOCAL_POINT).first()
        return stored is not None and stored != tuple(getattr(self, name) for name in FOCAL_POINT)

    def ready_renditions(self, *specs: str) -> dict[str, PictureRendition]:
        """Those of the renditions that are there, by their specs and in their order. Makes none.

        One query for all pictures that are shown together, the first time one of them is asked.
        """
        if not hasattr(self, "prefetched_renditions"):
            renditions = PictureRendition.objects.filter(filter_spec__in=RENDITIONS)
            prefetch_related_objects(
                list(self.peers) or [self],
                Prefetch("renditions", renditions, to_attr="prefetched_renditions"),
            )
        found = self.find_existing_renditions(*map(Filter, specs))
        ready = {each.spec: rendition for each, rendition in found.items()}
        return {spec: ready[spec] for spec in specs if spec in ready}


class PictureRendition(AbstractRendition):
    """A picture in one size and format, made ahead by the media queue."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


def language_choices() -> list[tuple[str, str]]:
    """The languages that a document may be in, by their own names."""
    return settings.LANGUAGES


class Paper(AbstractDocument):
    """A document that visitors can download, and find by what it says."""

    language_code = models.CharField(
        _("language"),
        max_length=20,
        blank=True,
        choices=language_choices,
        help_text=_("The language that the document is in. Empty when it is in several."),
    )

    admin_form_fields = (*Document.admin_form_fields, "language_code")
    search_fields = [
        *AbstractDocument.search_fields,
        index.SearchField("search_text"),
        # The admin's lists and choosers look here.
        index.AutocompleteField("search_text"),
    ]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def search_text(self) -> str:
        """What the document says, for the index; empty until the media queue has read it."""
        contents = PaperContents.objects.filter(paper=self).first()
        return contents.text if contents else ""


class PaperContents(models.Model):
    """What a document says, read from its file. Apart from it, so that lists stay light."""

    paper = models.OneToOneField(
        Paper, on_delete=models.CASCADE, primary_key=True, related_name="contents"
    )
    text = models.TextField(blank=True)
    page_count = models.PositiveIntegerField(null=True, blank=True)
    # Of the file that it was read from; a document may be given another.
    file_hash = models.CharField(max_length=40)

    wagtail_reference_index_ignore = True
