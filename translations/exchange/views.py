"""Where translated files are uploaded, and where one reads what became of them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..matrix.rights import languages_for, sends_to_translation
from .deliveries import deliver
from .forms import DeliveryForm
from .models import Delivery
from .units import UnreadableFileError

DELIVERIES_ON_A_PAGE = 20
# Files that are dealt with and of which nothing was taken.
REFUSED = Q(files__report__isnull=False) & ~Q(files__report__problems=[])


class ExchangeView(WagtailAdminTemplateMixin, TemplateView):
    """What both pages share: only for those who translate, or send pages to translation."""

    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not languages_for(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def deliveries(self) -> QuerySet[Delivery]:
        """What the user may read of: their own, and everybody's for those who give out work."""
        found = (
            Delivery.objects.select_related("uploaded_by")
            .annotate(
                number=Count("files"),
                dealt_with=Count("files", filter=Q(files__report__isnull=False)),
                refused=Count("files", filter=REFUSED),
            )
            .order_by("-uploaded_at", "-pk")
        )
        if sends_to_translation(self.request.user):
            return found
        return found.filter(uploaded_by=self.request.user)


class DeliveriesView(ExchangeView):
    """Uploads files, and lists what was uploaded before."""

    page_title = gettext_lazy("Translated files")
    template_name = "translations/deliveries.html"
    breadcrumbs_items = [
        {"url": reverse_lazy("wagtailadmin_home"), "label": gettext_lazy("Home")},
        {"url": reverse_lazy("translations_matrix"), "label": gettext_lazy("Translations")},
        {"url": "", "label": gettext_lazy("Translated files")},
    ]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        pages = Paginator(self.deliveries(), DELIVERIES_ON_A_PAGE)
        return super().get_context_data(
            form=kwargs.pop("form", None) or DeliveryForm(),
            page_obj=pages.get_page(self.request.GET.get("p")),
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Takes the files, or lets the workers do it, and shows the report."""
        form = DeliveryForm(request.POST, request.FILES)
        if form.is_valid():
            uploads = [(file.name, file.read()) for file in form.cleaned_data["files"]]
            try:
                delivery = deliver(uploads, request.user)
            except UnreadableFileError as error:
                form.add_error("files", error.problem.reason)
            else:
                return redirect("translations_delivery", delivery.pk)
        return self.render_to_response(self.get_context_data(form=form))


class DeliveryView(ExchangeView):
    """The report of one upload: file by file, line by line."""

    template_name = "translations/delivery.html"

    def get_page_title(self) -> str:
        return _("Report of an upload")

    def get_breadcrumbs_items(self) -> list[dict]:
        return [
            *DeliveriesView.breadcrumbs_items[:-1],
            {"url": reverse("translations_deliveries"), "label": _("Translated files")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        delivery = get_object_or_404(self.deliveries(), pk=self.kwargs["pk"])
        files = delivery.files.defer("data")
        refused_first = sorted(files, key=lambda file: not (file.report or {}).get("problems"))
        return super().get_context_data(delivery=delivery, files=refused_first, **kwargs)
