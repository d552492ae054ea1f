"""What the staff find in Wagtail's admin of background work: the report, and a word of failures."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, re_path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from .controls import CONTROLS
from .models import Job, JobState
from .report import JobsView, control, retry_all


class JobsMenuItem(MenuItem):
    """Shown to those who may see the report."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("jobs.view_job")


@hooks.register("register_reports_menu_item")
def register_report_menu_item() -> MenuItem:
    """Puts the report among the others."""
    return JobsMenuItem(_("Background work"), reverse("jobs_report"), icon_name="cogs", order=1200)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """The addresses of the report and of what one can do there."""
    actions = "|".join(CONTROLS)
    return [
        path("reports/background-work/", JobsView.as_view(), name="jobs_report"),
        path(
            "reports/background-work/results/",
            JobsView.as_view(results_only=True),
            name="jobs_report_results",
        ),
        path("reports/background-work/retry-all/", retry_all, name="jobs_retry_all"),
        re_path(
            rf"^reports/background-work/(?P<pk>\d+)/(?P<action>{actions})/$",
            control,
            name="jobs_control",
        ),
    ]


class FailedJobsPanel(Component):
    """Says on the admin's home that work has failed for good, and leads there."""

    name = "failed_jobs"
    template_name = "jobs/failed_panel.html"
    order = 90

    def __init__(self, number: int) -> None:
        self.number = number

    def get_context_data(self, parent_context) -> dict:
        return {"number": self.number}


@hooks.register("construct_homepage_panels")
def add_failed_jobs(request: HttpRequest, panels: list) -> None:
    """Only where something has failed, for those who can do something about it."""
    if request.user.has_perm("jobs.change_job"):
        number = Job.objects.filter(state=JobState.FAILED).count()
        if number:
            panels.append(FailedJobsPanel(number))
