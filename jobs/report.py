"""The report of background work: what waits, what runs and how far, what failed and why."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django_filters import ChoiceFilter, ModelChoiceFilter
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, UserColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from .controls import CONTROLS, retry
from .kinds import kinds
from .models import Job, JobState

# What needs somebody first, then what is going on, then what is over.
ORDER = [
    JobState.FAILED,
    JobState.RUNNING,
    JobState.WAITING,
    JobState.PAUSED,
    JobState.DONE,
    JobState.CANCELLED,
]
OFFERED = {
    JobState.WAITING: [("pause", gettext_lazy("Pause")), ("cancel", gettext_lazy("Cancel"))],
    JobState.RUNNING: [("pause", gettext_lazy("Pause")), ("cancel", gettext_lazy("Cancel"))],
    JobState.PAUSED: [("resume", gettext_lazy("Resume")), ("cancel", gettext_lazy("Cancel"))],
    JobState.FAILED: [("retry", gettext_lazy("Try again"))],
}


def kind_label(job: Job) -> str:
    """What kind of work it is, in the reader's language."""
    return str(kinds[job.kind].label) if job.kind in kinds else job.kind


def may_control(user) -> bool:
    """Whether the user may pause, cancel and retry jobs."""
    return user.has_perm("jobs.change_job")


def kind_choices() -> list[tuple[str, str]]:
    """Every kind of work, by what staff read."""
    return [(kind.name, str(kind.label)) for kind in kinds.values()]


class JobFilters(WagtailFilterSet):
    """Narrows the report."""

    kind = ChoiceFilter(label=gettext_lazy("Work"), choices=kind_choices)
    asked_by = ModelChoiceFilter(
        label=gettext_lazy("Asked for by"),
        queryset=lambda request: get_user_model().objects.filter(
            pk__in=Job.objects.order_by().values("asked_by")
        ),
    )

    class Meta:
        model = Job
        fields = ["state", "kind", "asked_by"]


class WorkColumn(Column):
    """What is done, and about what."""

    cell_template_name = "jobs/work_cell.html"


class ProgressColumn(Column):
    """How far it is, what failed, what it left and why."""

    cell_template_name = "jobs/progress_cell.html"


class ControlsColumn(Column):
    """What one can do with it."""

    cell_template_name = "jobs/controls_cell.html"

    def get_value(self, instance: Job) -> list[tuple[str, str]]:
        return OFFERED.get(instance.state, [])


class JobsView(ReportView):
    """The report, with what needs somebody on top."""

    page_title = gettext_lazy("Background work")
    header_icon = "cogs"
    template_name = "jobs/report.html"
    results_template_name = "jobs/report_results.html"
    index_url_name = "jobs_report"
    index_results_url_name = "jobs_report_results"
    permission_policy = ModelPermissionPolicy(Job)
    permission_required = "view"
    filterset_class = JobFilters
    list_export = ["kind", "subject", "title", "state", "attempts", "error", "asked_at", "ended_at"]
    is_searchable = True
    search_fields = ["title"]
    search_backend_name = None
    no_results_message = gettext_lazy("Nothing waits, and nothing has failed.")

    @property
    def columns(self) -> list[Column]:
        """The last column only for those who may use it."""
        columns: list[Column] = [
            WorkColumn("work", label=_("Work"), accessor=kind_label),
            ProgressColumn("state", label=_("State"), accessor="get_state_display"),
            DateColumn("asked_at", label=_("Asked for")),
            UserColumn("asked_by", label=_("Asked for by"), blank_display_name="–"),
        ]
        if may_control(self.request.user):
            columns.append(ControlsColumn("controls", label=_("What to do")))
        return columns

    def get_queryset(self) -> QuerySet[Job]:
        """All jobs, the ones that need somebody first."""
        place = Case(
            *(When(state=state, then=Value(number)) for number, state in enumerate(ORDER)),
            output_field=IntegerField(),
        )
        self.queryset = (
            Job.objects.select_related("asked_by__wagtail_userprofile")
            .annotate(place=place)
            .order_by("place", "priority", "-pk")
        )
        return super().get_queryset()

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """How many jobs there are in each state that is not over."""
        numbers = dict(Job.objects.values_list("state").annotate(Count("pk")).order_by())
        return super().get_context_data(
            numbers=[
                (state.label, numbers[state])
                for state in ORDER
                if numbers.get(state) and state not in (JobState.DONE, JobState.CANCELLED)
            ],
            any_moves=bool(numbers.get(JobState.RUNNING) or numbers.get(JobState.WAITING)),
            may_retry_all=numbers.get(JobState.FAILED, 0) > 1 and may_control(self.request.user),
            **kwargs,
        )


@require_POST
def control(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Pauses, resumes, cancels or retries one job."""
    if not may_control(request.user):
        raise PermissionDenied
    job = get_object_or_404(Job, pk=pk)
    if CONTROLS[action](job):
        job.refresh_from_db()
        said = _("“%(job)s” is now: %(state)s.")
        messages.success(request, said % {"job": job, "state": job.get_state_display()})
    else:
        messages.warning(request, _("“%(job)s” has gone on meanwhile.") % {"job": job})
    return redirect(reverse("jobs_report"))


@require_POST
def retry_all(request: HttpRequest) -> HttpResponse:
    """Lets all failed jobs try again."""
    if not may_control(request.user):
        raise PermissionDenied
    for job in Job.objects.filter(state=JobState.FAILED):
        retry(job)
    messages.success(request, _("All that failed waits to be tried again."))
    return redirect(reverse("jobs_report"))
