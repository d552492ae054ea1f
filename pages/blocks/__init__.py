"""The blocks that bodies of pages are made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .data import FiguresBlock, TableBlock
from .media import ContactBlock, DocumentBlock, PictureBlock, VideoBlock
from .text import (
    AccordionBlock,
    CardBlock,
    CardsBlock,
    NoticeBlock,
    PageLinkBlock,
    ProseBlock,
    QuotationBlock,
    StepsBlock,
    UntranslatedCharBlock,
)

__all__ = ["BodyBlock", "CardBlock", "PageLinkBlock", "ProseBlock", "UntranslatedCharBlock"]


class BodyBlock(blocks.StreamBlock):
    """Everything that can stand in the body of a page."""

    text = ProseBlock()
    notice = NoticeBlock()
    steps = StepsBlock()
    accordion = AccordionBlock()
    cards = CardsBlock()
    quotation = QuotationBlock()
    figures = FiguresBlock()
    table = TableBlock()
    image = PictureBlock()
    document = DocumentBlock()
    video = VideoBlock()
    contact = ContactBlock()

    class Meta:
        label = _("Body")
        required = False
