"""The base of every page: what a listing, a search engine and a reader need of each."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from pages import drawings
from pages.addresses import public_path, public_url
from pages.blocks import BodyBlock
from pages.caching.headers import DAY
from pages.cards.shared import shared_picture
from pages.links import linked_page_ids, resolve_links
from pages.structured_data import breadcrumb_list, graph
from translations.editor_panel import TranslationsPanel
from translations.language_forms import active_language
from translations.languages import Language


class BasePage(Page):
    """What every page has. Concrete, so that one query lists pages of any type."""

    summary = models.TextField(
        _("summary"),
        blank=True,
        max_length=400,
        help_text=_("One or two sentences for listings, search engines and shared links."),
    )
    drawing = models.CharField(_("drawing"), max_length=60, blank=True, choices=drawings.choices)
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("picture for shared links"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    last_checked_on = models.DateField(
        _("last checked on"),
        null=True,
        blank=True,
        help_text=_("When somebody last held the text against its sources."),
    )
    emergency = models.BooleanField(
        _("needed in an emergency"),
        default=False,
        help_text=_("Readers’ browsers keep it, so that it can be read without a network."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldRowPanel(
            [FieldPanel("drawing"), FieldPanel("last_checked_on"), FieldPanel("emergency")]
        ),
        TranslationsPanel(heading=_("Translations")),
    ]
    body_panels = [FieldPanel("body")]
    promote_panels = [
        *Page.promote_panels,
        MultiFieldPanel([FieldPanel("image")], heading=_("Shared links")),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("search_text"),
        index.FilterField("alias_of"),
    ]
    api_fields = [APIField("summary"), APIField("last_checked_on"), APIField("body")]
    override_translatable_fields = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("show_in_menus", overridable=False),
        SynchronizedField("drawing", overridable=False),
        SynchronizedField("last_checked_on", overridable=False),
        SynchronizedField("emergency", overridable=False),
    ]

    pillar = ""
    # What the home page shows of a pillar beyond its name: a template, with `home_context`.
    home_template = ""
    schema_type = "WebPage"
    # False where `schema_type` is what the page is about, which has no language and no revisions.
    schema_is_page = True
    stream_fields: tuple[str, ...] = ("body",)
    link_fields: tuple[str, ...] = ()
    # What is shown to someone beside the Japanese, after the title.
    shown_fields: tuple[str, ...] = ("summary",)
    shown_streams: tuple[str, ...] = ("body",)
    # What listings and other pages show of the page. A change of these shows up there too.
    listed_fields: tuple[str, ...] = ("title", "url_path", "summary", "drawing")
    # Whether whoever found the page knows already that everyone may read it.
    known_public = False
    # How long caches may keep the page when nothing changes it; shorter where it shows the time.
    seconds_to_keep = DAY

    class Meta:
        verbose_name = _("page")

    @cached_property
    def address(self) -> str:
        """The page's path on the site, in the language in force (which is its own)."""
        return public_path(self.url_path, active_language().code)

    @property
    def description(self) -> str:
        """What search engines and shared links say of the page."""
        return self.search_description or self.summary

    def search_text(self) -> str:
        """All words of the page's streams and figures, for the index."""
        from pages.search.texts import page_text

        return page_text(self)

    def resolve_page_links(self, language: Language) -> dict:
        """The links of this page's streams and fields, by the id of the page that was chosen."""
        ids = {
            pk
            for name in self.stream_fields
            for pk in linked_page_ids(list(getattr(self, name).raw_data))
        }
        ids.update(filter(None, (getattr(self, name) for name in self.link_fields)))
        return resolve_links(ids, language)

    def listed_on(self, changed: set[str]) -> models.QuerySet[Page]:
        """The pages in the same language that show one of these `listed_fields` of this page.

        Here the one above it.
        """
        return Page.objects.parent_of(self)

    def addresses_below(self, path: str) -> list[str]:
        """Other paths that answer with what this page holds, for its own `path`."""
        return []

    def child_pages(
        self, model: type[BasePage] | None = None, *more_fields: str
    ) -> models.QuerySet[BasePage]:
        """The live pages right below, in the order of the tree, with what a listing shows of them.

        As base pages, or only those of one `model` with more of its fields. Bodies stay unread.
        """
        pages = (model or BasePage).objects.child_of(self).live().order_by("path")
        return pages.only("title", "url_path", "summary", "drawing", *more_fields)

    def pages_beside(self) -> models.QuerySet[BasePage]:
        """The other live pages of its type below the same page, as `child_pages` gives them."""
        pages = type(self).objects.live().exclude(pk=self.pk).order_by("path")
        beside = pages.filter(depth=self.depth, path__startswith=self.path[: -self.steplen])
        return beside.only("title", "url_path", "summary", "drawing")

    @classmethod
    def home_context(cls, page: BasePage) -> dict:
        """What `home_template` needs to know; `page` is this page as a listing has it."""
        return {}

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """What keeps some readers from this page, or from one above it. One query at most.

        A page that is an alias is as restricted as the one that it stands for.
        """
        if self.known_public:
            return PageViewRestriction.objects.none()
        above = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        return PageViewRestriction.objects.filter(
            Q(page__path__in=above) | Q(page__aliases__path__in=above)
        ).distinct()

    def structured_data(self) -> dict:
        """The page for machines, as schema.org describes such a thing (JSON-LD)."""
        data = {
            "@type": self.schema_type,
            "name": self.title,
            "url": public_url(self.address),
        }
        if self.description:
            data["description"] = self.description
        if not self.schema_is_page:
            return data
        data["inLanguage"] = active_language().tag
        if self.last_published_at:
            data["dateModified"] = self.last_published_at.date().isoformat()
        return data

    def described_things(self) -> list[dict]:
        """Things of schema.org beside the page itself that the page says something of."""
        return []

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        """What every template gets beyond the page: its links in the reader's language."""
        context = super().get_context(request, *args, **kwargs)
        language = active_language()
        context["links"] = self.resolve_page_links(language)
        steps = [(crumb.title, crumb.url) for crumb in request.surroundings.breadcrumbs]
        context["shared_picture"] = shared_picture(self, steps, language)
        context["structured_data"] = graph(
            self.structured_data(),
            *self.described_things(),
            *breadcrumb_list([*steps, (self.title, self.address)]),
        )
        return context

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The page as its readers would see it, in its own language, before it is published."""
        from pages.surroundings import surroundings_of_preview

        with override(self.locale.language_code):
            request.surroundings = surroundings_of_preview(self, active_language())
            return super().serve_preview(request, mode_name).render()
