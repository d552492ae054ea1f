"""Blocks that show or hand out something: pictures, documents, videos elsewhere, contacts."""

from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock

from .text import UntranslatedCharBlock


class PictureBlock(blocks.StructBlock):
    """A picture with what it shows in words."""

    image = ImageChooserBlock(label=_("picture"))
    alt_text = blocks.CharBlock(
        label=_("alternative text"),
        max_length=300,
        help_text=_("What one sees, for those who cannot see it."),
    )
    caption = blocks.CharBlock(label=_("caption"), max_length=300, required=False)

    def bulk_to_python(self, values: list[dict]) -> list[blocks.StructValue]:
        """The blocks of one stream; their pictures know of each other, to be looked up at once."""
        found = super().bulk_to_python(values)
        pictures = [value["image"] for value in found if value["image"]]
        for picture in pictures:
            picture.peers = pictures
        return found

    def get_preview_value(self) -> blocks.StructValue:
        """A picture of the library, or its words alone while there is none."""
        return self.normalize(
            {
                "image": get_image_model().objects.order_by("pk").first(),
                "alt_text": "Children in a classroom raise their hands.",
                "caption": "A morning at school",
            }
        )

    class Meta:
        label = _("Picture")
        icon = "image"
        group = _("Media")
        description = _("A picture with alternative text and a caption.")
        template = "pages/blocks/picture.html"


class DocumentBlock(blocks.StructBlock):
    """A document to download."""

    document = DocumentChooserBlock(label=_("document"))
    title = blocks.CharBlock(label=_("title"), max_length=200)
    text = blocks.TextBlock(label=_("what it is for"), required=False)

    def get_preview_value(self) -> blocks.StructValue:
        """A document of the library, or its words alone while there is none."""
        return self.normalize(
            {
                "document": get_document_model().objects.order_by("pk").first(),
                "title": "Evacuation plan",
                "text": "Where to go, and what to take with you.",
            }
        )

    class Meta:
        label = _("Document")
        icon = "doc-full"
        group = _("Media")
        description = _("A document to download, with its type and size.")
        template = "pages/blocks/document.html"


class VideoValue(blocks.StructValue):
    """A video elsewhere, with the name of where it is."""

    @property
    def host(self) -> str:
        """The host name that the reader goes to."""
        return urlsplit(self["url"]).hostname or ""


class VideoBlock(blocks.StructBlock):
    """A video on another site. Nothing is loaded from there until the reader goes."""

    url = blocks.URLBlock(label=_("web address"))
    title = blocks.CharBlock(label=_("title"), max_length=200)
    text = blocks.TextBlock(label=_("what it shows"), required=False)

    class Meta:
        label = _("Video elsewhere")
        icon = "media"
        group = _("Media")
        description = _("A link to a video on another site, without anything that follows readers.")
        template = "pages/blocks/video.html"
        value_class = VideoValue
        preview_value = {
            "url": "https://www.example.org/video",
            "title": "How an evacuation drill works",
            "text": "Six minutes, with subtitles.",
        }


class ContactBlock(blocks.StructBlock):
    """How to reach a section or an organisation."""

    name = blocks.CharBlock(label=_("name"), max_length=200)
    text = blocks.TextBlock(label=_("what for"), required=False)
    telephone = UntranslatedCharBlock(label=_("telephone"), max_length=40, required=False)
    fax = UntranslatedCharBlock(label=_("fax"), max_length=40, required=False)
    email = blocks.EmailBlock(label=_("e-mail"), required=False)
    website = blocks.URLBlock(label=_("website"), required=False)
    address = blocks.TextBlock(label=_("address"), required=False)

    class Meta:
        label = _("Contact details")
        icon = "mail"
        group = _("Media")
        description = _("Telephone, e-mail, website and address of a section or organisation.")
        template = "pages/blocks/contact.html"
        preview_value = {"name": "A section", "text": "What it is for", "telephone": "00-0000-0000"}
