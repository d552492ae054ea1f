"""Blocks of words: prose, notices, questions and answers, steps, quotations, cards."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page

PROSE_FEATURES = ["h2", "h3", "bold", "ol", "ul", "link", "document-link"]
INLINE_FEATURES = ["bold", "link"]


class ProseBlock(blocks.RichTextBlock):
    """Running text with headings, lists and links."""

    def __init__(self, features: list[str] | None = None, **kwargs) -> None:
        super().__init__(features=features or PROSE_FEATURES, **kwargs)

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        group = _("Words")
        description = _("Paragraphs with headings, lists, bold words and links.")
        template = "pages/blocks/prose.html"
        preview_value = "<h2>Before you move</h2><p>Ask your town hall which papers to bring.</p>"


class UntranslatedCharBlock(blocks.CharBlock):
    """Characters that are the same in every language: a telephone number, a code."""

    def get_translatable_segments(self, value: str) -> list:
        return []

    def restore_translated_segments(self, value: str, segments: list) -> str:
        return value


class NoticeBlock(blocks.StructBlock):
    """A short notice that stands out from the text around it."""

    kind = blocks.ChoiceBlock(
        choices=[
            ("information", _("Information")),
            ("warning", _("Warning")),
            ("urgent", _("Urgent: act now")),
        ],
        default="information",
        label=_("kind"),
    )
    title = blocks.CharBlock(label=_("title"), max_length=120)
    text = blocks.TextBlock(label=_("text"), required=False)

    class Meta:
        label = _("Notice")
        icon = "warning"
        group = _("Words")
        description = _("One thing that a reader must not miss.")
        template = "pages/blocks/notice.html"
        preview_value = {
            "kind": "warning",
            "title": "Do not use lifts",
            "text": "They can stop between floors after an earthquake.",
        }


class StepBlock(blocks.StructBlock):
    """One step of several."""

    title = blocks.CharBlock(label=_("title"), max_length=160)
    text = blocks.TextBlock(label=_("text"), required=False)


class StepsBlock(blocks.ListBlock):
    """What to do, in order."""

    def __init__(self, **kwargs) -> None:
        super().__init__(StepBlock(), **kwargs)

    class Meta:
        label = _("Steps")
        icon = "list-ol"
        group = _("Words")
        description = _("Numbered steps, in the order in which to take them.")
        template = "pages/blocks/steps.html"
        preview_value = [
            {"title": "Drop to the floor", "text": "Get under a strong table."},
            {"title": "Wait until the shaking stops", "text": ""},
        ]


class AnswerBlock(blocks.StructBlock):
    """A question and its answer, folded away until asked for."""

    title = blocks.CharBlock(label=_("question"), max_length=160)
    text = ProseBlock(features=["bold", "ol", "ul", "link"], label=_("answer"))


class AccordionBlock(blocks.ListBlock):
    """Questions that open to their answers."""

    def __init__(self, **kwargs) -> None:
        super().__init__(AnswerBlock(), **kwargs)

    class Meta:
        label = _("Questions and answers")
        icon = "help"
        group = _("Words")
        description = _("Questions whose answers open when clicked. Works without JavaScript.")
        template = "pages/blocks/accordion.html"
        preview_value = [
            {"title": "What if I do not speak Japanese?", "text": "<p>Ask for an interpreter.</p>"}
        ]


class QuotationBlock(blocks.StructBlock):
    """What somebody said, and who."""

    text = blocks.TextBlock(label=_("words"))
    name = blocks.CharBlock(label=_("name"), max_length=120)
    role = blocks.CharBlock(label=_("role"), max_length=200, required=False)

    class Meta:
        label = _("Quotation")
        icon = "openquote"
        group = _("Words")
        description = _("Words that somebody said or wrote, with the name.")
        template = "pages/blocks/quotation.html"
        preview_value = {
            "text": "The bonds remain.",
            "name": "A former member of staff",
            "role": "",
        }


class PageLinkBlock(blocks.PageChooserBlock):
    """A chosen page, of which templates need only which one it is: no query until more is asked."""

    def bulk_to_python(self, values: list[int | None]) -> list[Page | None]:
        return [None if pk is None else Page.from_db(None, ["id"], [pk]) for pk in values]

    def get_translatable_segments(self, value: Page | None) -> list:
        """Nothing: the link leads to the reader's language by itself."""
        return []

    def restore_translated_segments(self, value: Page | None, segments: list) -> Page | None:
        return value

    def get_form_state(self, value: Page | None) -> dict | None:
        """What the editor sees of the page; nothing when it has been deleted."""
        return super().get_form_state(Page.objects.filter(pk=value.pk).first() if value else None)


class CardBlock(blocks.StructBlock):
    """A short way to another page."""

    title = blocks.CharBlock(label=_("title"), max_length=120)
    text = blocks.TextBlock(label=_("text"), required=False)
    page = PageLinkBlock(label=_("page"), required=False)
    drawing = UntranslatedCharBlock(
        label=_("drawing"),
        required=False,
        max_length=60,
        help_text=_("The name of one of the site's drawings, such as guide-help."),
    )


class CardsBlock(blocks.ListBlock):
    """A few ways on, side by side."""

    def __init__(self, **kwargs) -> None:
        super().__init__(CardBlock(), **kwargs)

    class Meta:
        label = _("Cards")
        icon = "grip"
        group = _("Words")
        description = _("Short ways to other pages, each with a drawing.")
        template = "pages/blocks/cards.html"
        preview_value = [
            {"title": "Where to ask", "text": "Desks that help.", "drawing": "guide-help"}
        ]
