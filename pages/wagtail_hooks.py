"""What staff find in Wagtail's admin: what readers said of pages, and what visitors wrote."""

from __future__ import annotations

from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django_filters import ModelChoiceFilter
from django_filters.fields import ModelChoiceField
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy

from .addresses import public_path
from .models import Enquiry, PageFeedback
from .models.enquiry import Handled

# A spreadsheet takes a cell that begins so for a formula (OWASP: CSV injection).
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class ReceivedPolicy(ModelPermissionPolicy):
    """What visitors sent is read, ticked off and deleted, never added."""

    def user_has_permission(self, user, action: str) -> bool:
        return action != "add" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class TickOffForm(WagtailAdminModelForm):
    """Notes who ticked something off, and when."""

    def save(self, commit: bool = True) -> Handled:
        if "handled" in self.changed_data:
            self.instance.tick_off(self.cleaned_data["handled"], self.for_user)
        return super().save(commit)


def as_words(value: str) -> str:
    """What a visitor typed, for a cell of a CSV file that a spreadsheet would reckon with."""
    return f"'{value}" if value.startswith(FORMULA_SIGNS) else value


class ReceivedList(generic.IndexView):
    """A list whose export is safe to open in a spreadsheet."""

    custom_field_preprocess = {
        name: {SpreadsheetExportMixin.FORMAT_CSV: as_words}
        for name in ("comment", "message", "name", "email")
    }

    def get_base_queryset(self) -> QuerySet:
        related = ["page__locale"] if self.model is PageFeedback else []
        return super().get_base_queryset().select_related("handled_by", *related)


class ReceivedViewSet(ModelViewSet):
    """What visitors sent, to read, narrow down, tick off and export."""

    index_view_class = ReceivedList
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    # Of references to a page, editors look for those that readers see.
    add_to_reference_index = False
    list_per_page = 50
    shown: tuple[str, ...] = ()

    @property
    def permission_policy(self) -> ReceivedPolicy:
        return ReceivedPolicy(self.model)

    def get_edit_handler(self) -> ObjectList:
        panels = [FieldPanel(name, read_only=True) for name in self.shown]
        handler = ObjectList([*panels, FieldPanel("handled")], base_form_class=TickOffForm)
        return handler.bind_to_model(self.model)


class PageChoiceField(ModelChoiceField):
    """A page by its title and language."""

    def label_from_instance(self, page: Page) -> str:
        return f"{page.title} ({page.locale.language_code})"


class PageFilter(ModelChoiceFilter):
    field_class = PageChoiceField


def pages_with_answers(request: HttpRequest) -> QuerySet[Page]:
    """The pages that somebody has answered about."""
    answered = PageFeedback.objects.order_by().values("page")
    return Page.objects.filter(pk__in=answered).select_related("locale").order_by("title", "pk")


class FeedbackFilters(WagtailFilterSet):
    """Only pages that have answers can be chosen, not all of the site."""

    page = PageFilter(label=_("page"), queryset=pages_with_answers)

    class Meta:
        model = PageFeedback
        fields = ["handled", "useful", "language_code", "created_at", "page"]


def page_address(feedback: PageFeedback) -> str:
    """Where the page that an answer is about stands on the site."""
    return public_path(feedback.page.url_path, feedback.language_code)


class FeedbackViewSet(ReceivedViewSet):
    """Readers' answers, the newest first."""

    model = PageFeedback
    name = "readers_feedback"
    icon = "comment"
    menu_label = _("Readers’ feedback")
    menu_order = 350
    list_display = [
        *("page", "language_code", "useful", "comment", "created_at", "handled"),
        TitleColumn("address", label=_("address"), accessor=page_address, get_url=page_address),
    ]
    filterset_class = FeedbackFilters
    list_export = [
        *("page", "language_code", "useful", "comment", "created_at"),
        *("handled", "handled_by", "handled_at"),
    ]
    export_filename = "feedback"
    search_fields = ["comment"]
    shown = ("page", "language_code", "useful", "comment", "created_at", "handled_by", "handled_at")


class EnquiryViewSet(ReceivedViewSet):
    """Visitors' messages, the newest first."""

    model = Enquiry
    name = "enquiries"
    icon = "mail"
    menu_label = _("Messages from visitors")
    menu_order = 340
    list_display = [
        *("subject", "message", "language_code", "answer_language", "created_at", "handled"),
    ]
    list_filter = ["handled", "subject", "language_code", "answer_language", "created_at"]
    list_export = [
        *("subject", "message", "name", "email", "answer_language", "language_code"),
        *("created_at", "mailed_at", "handled", "handled_by", "handled_at"),
    ]
    export_filename = "messages"
    search_fields = ["message", "name", "email"]
    shown = (
        *("subject", "message", "name", "email", "answer_language", "language_code"),
        *("created_at", "mailed_at", "handled_by", "handled_at"),
    )


def answers_of(row: dict) -> str:
    """The list of the answers about one page, those first that nobody has taken care of."""
    return f"{reverse('readers_feedback:index')}?page={row['page_id']}&ordering=handled"


class FeedbackByPageView(ReportView):
    """How many readers of each page and language found it useful, the least useful first."""

    page_title = _("Usefulness by page")
    header_icon = "comment"
    index_url_name = "feedback_by_page"
    index_results_url_name = "feedback_by_page_results"
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    permission_policy = ReceivedPolicy(PageFeedback)
    permission_required = "view"
    any_permission_required = ["view", "change"]
    default_ordering = "-no"
    paginate_by = 50
    columns = [
        TitleColumn("page__title", label=_("page"), get_url=answers_of),
        Column("language_code", label=_("language")),
        Column("yes", label=_("Yes, it was")),
        Column("no", label=_("No, it was not")),
        Column("comments", label=_("comments")),
        Column("latest", label=_("the latest")),
    ]
    list_export = ["page__title", "language_code", "yes", "no", "comments", "latest"]
    export_headings = {
        "page__title": _("page"),
        "language_code": _("language"),
        "yes": _("Yes, it was"),
        "no": _("No, it was not"),
        "comments": _("comments"),
        "latest": _("the latest"),
    }

    def get_base_queryset(self) -> QuerySet:
        return (
            PageFeedback.objects.values("page__title", "page_id", "language_code")
            .annotate(
                yes=Count("pk", filter=Q(useful=True)),
                no=Count("pk", filter=Q(useful=False)),
                comments=Count("pk", filter=~Q(comment="")),
                latest=Max("created_at"),
            )
            .order_by("-no", "yes", "page__title", "language_code")
        )

    def get_filename(self) -> str:
        return "usefulness-by-page"


@hooks.register("register_admin_viewset")
def register_received() -> list[ModelViewSet]:
    """Puts what visitors sent into the admin's menu."""
    return [FeedbackViewSet(), EnquiryViewSet()]


@hooks.register("register_admin_urls")
def register_report_urls() -> list:
    """The addresses of the report."""
    return [
        path("reports/usefulness/", FeedbackByPageView.as_view(), name="feedback_by_page"),
        path(
            "reports/usefulness/results/",
            FeedbackByPageView.as_view(results_only=True),
            name="feedback_by_page_results",
        ),
    ]


class FeedbackReportMenuItem(MenuItem):
    """Shown to whoever may read the answers."""

    def is_shown(self, request) -> bool:
        return ReceivedPolicy(PageFeedback).user_has_any_permission(
            request.user, ["view", "change"]
        )


@hooks.register("register_reports_menu_item")
def register_report_menu_item() -> MenuItem:
    """The report in the menu of reports."""
    return FeedbackReportMenuItem(
        _("Usefulness by page"), reverse("feedback_by_page"), icon_name="comment", order=900
    )
