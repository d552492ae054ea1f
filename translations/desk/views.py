"""The queue, one translation beside its source, and what its script asks while somebody types."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import Translation

from ..checks.translation import limit_of
from ..matrix.rights import languages_for, sends_to_translation
from ..memory.history import history_of
from ..memory.matching import matches_for
from ..review.gate import obstacles
from ..review.handing_on import NotReadyError, hand_on
from ..segments.reading import Segment
from ..segments.rights import may_edit, refusal
from ..segments.writing import segments_at
from .queue import reviews_for, work_for
from .reviewing import decide, reason_of, review_actions
from .rows import model_of, rows_of
from .saving import Saving, UnfitTextError, findings_for, save
from .tokens import as_typed

DESK = "translations_desk"
QUEUE = "translations_queue"
VERSIONS_SHOWN = 10


class QueueView(WagtailAdminTemplateMixin, TemplateView):
    """What waits for the user to translate or to review, the most urgent first."""

    page_title = gettext_lazy("My translations")
    header_icon = "wagtail-localize-language"
    template_name = "translations/queue.html"
    breadcrumbs_items = [
        {"url": reverse_lazy("wagtailadmin_home"), "label": gettext_lazy("Home")},
        {"url": reverse_lazy("translations_matrix"), "label": gettext_lazy("Translations")},
        {"url": "", "label": gettext_lazy("My translations")},
    ]

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Only for those who translate into a language, or send pages to translation."""
        if not languages_for(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(work=work_for(user), reviews=reviews_for(user), **kwargs)


class OneTranslation:
    """The translation at the address, for those who may edit its page."""

    request: HttpRequest
    kwargs: dict

    @cached_property
    def translation(self) -> Translation:
        return get_object_or_404(
            Translation.objects.select_related("source__locale", "target_locale__policy"),
            pk=self.kwargs["pk"],
        )

    @cached_property
    def target(self) -> TranslatableMixin:
        """The translated page or snippet. Raises Http404 while it is not there."""
        try:
            return self.translation.get_target_instance()
        except ObjectDoesNotExist:
            raise Http404 from None

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """For those who may edit the page; who gives out work may read what became of it."""
        self.request, self.kwargs = request, kwargs
        if not may_edit(request.user, self.target) and not sends_to_translation(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def segment(self, values) -> tuple[Segment, int | None]:
        """The segment that was named, and how many characters its field holds."""
        try:
            key = (int(values["string"]), int(values["context"]))
            segment = segments_at(self.translation, [key])[key]
        except (KeyError, ValueError, OverflowError):  # ForeignSegmentError is a ValueError
            raise Http404 from None
        limit = limit_of(model_of(self.translation), segment.field_path or segment.path)
        return segment, limit


class DeskView(OneTranslation, WagtailAdminTemplateMixin, TemplateView):
    """All texts of a translation, each beside its source."""

    template_name = "translations/desk.html"
    header_icon = "wagtail-localize-language"

    def get_page_title(self) -> str:
        return self.translation.source.object_repr

    def get_page_subtitle(self) -> str:
        return str(self.translation.target_locale)

    def get_breadcrumbs_items(self) -> list[dict]:
        return [
            *QueueView.breadcrumbs_items[:-1],
            {"url": reverse(QUEUE), "label": _("My translations")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        rows = rows_of(self.translation)
        is_page = isinstance(self.target, Page)
        return super().get_context_data(
            translation=self.translation,
            target=self.target,
            is_page=is_page,
            rows=rows,
            number=len(rows),
            left=sum(row.waits for row in rows),
            refusal=refusal(self.request.user, self.translation),
            obstacles=obstacles(self.translation),
            review=review_actions(self.target, self.request.user) if is_page else (),
            reason=reason_of(self.target) if is_page else "",
            failed=kwargs.pop("failed", None),
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keeps a text, hands the page on, or ends its review."""
        match request.POST.get("do"):
            case "hand_on":
                return self.hand_on()
            case "approve" | "reject" as action:
                return self.decide(action)
            case _:
                return self.save()

    def save(self) -> HttpResponse:
        """Answers the script with what the checks say, and a browser without it with the page."""
        posted = self.request.POST
        segment, limit = self.segment(posted)
        typed = posted.get("target", "")
        saving = Saving.DRAFT if posted.get("do") == Saving.DRAFT else Saving.FINAL
        reason = refusal(self.request.user, self.translation)
        if not reason:
            try:
                save(
                    self.translation,
                    segment,
                    typed,
                    saving,
                    note=posted.get("note", "").strip(),
                    max_length=limit,
                    user=self.request.user,
                )
            except UnfitTextError as error:
                reason = str(error)
        by_script = self.request.headers.get("accept", "") == "application/json"
        if by_script and reason:
            return JsonResponse({"reason": reason}, status=400)
        if reason:
            messages.error(self.request, reason)
            failed = {"name": f"{segment.string_id}-{segment.context_id}", "typed": typed}
            return self.render_to_response(self.get_context_data(failed=failed), status=400)
        rows = rows_of(self.translation)
        number = next(
            (place for place, row in enumerate(rows) if row.segment.key == segment.key), None
        )
        if by_script:
            row = rows[number] if number is not None else None
            return JsonResponse(
                {
                    "state": row.state if row else "",
                    "label": str(row.state.label) if row else "",
                    "findings": said_of(row.findings if row else []),
                    "left": sum(each.waits for each in rows),
                }
            )
        after = rows[number + 1 :] if number is not None else rows
        following = next((row for row in after if row.waits), None)
        anchor = f"#text-{following.name}" if following else "#hand-on"
        return redirect(reverse(DESK, args=[self.translation.pk]) + anchor)

    def hand_on(self) -> HttpResponse:
        """Sends the page to review, or live, and leads to what waits next."""
        if reason := refusal(self.request.user, self.translation):
            messages.error(self.request, reason)
            return redirect(DESK, self.translation.pk)
        if not isinstance(self.target, Page):
            raise Http404
        try:
            handed = hand_on(self.translation, self.request.user)
        except NotReadyError as error:
            for reason in error.reasons:
                messages.error(self.request, reason)
            return redirect(DESK, self.translation.pk)
        said = _("“%(title)s” is live.") if handed.live else _("“%(title)s” awaits its review.")
        messages.success(self.request, said % {"title": handed.page.title})
        return redirect(QUEUE)

    def decide(self, action: str) -> HttpResponse:
        """Approves the page, or sends it back with a reason, which is then needed."""
        if not isinstance(self.target, Page):
            raise Http404
        reason = self.request.POST.get("reason", "").strip()
        if action == "reject" and not reason:
            messages.error(self.request, _("Say why it goes back, so that it can be mended."))
            return redirect(DESK, self.translation.pk)
        decide(self.target, self.request.user, action, reason)
        said = (
            _("“%(title)s” is approved.")
            if action == "approve"
            else _("“%(title)s” went back to its translator.")
        )
        messages.success(self.request, said % {"title": self.target.title})
        return redirect(QUEUE)


class CheckView(OneTranslation, View):
    """What the checks say of a text while somebody types it. Keeps nothing."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        segment, limit = self.segment(request.POST)
        typed = request.POST.get("target", "")
        return JsonResponse(
            {"findings": said_of(findings_for(self.translation, segment, typed, limit))}
        )


class MatchesView(OneTranslation, View):
    """What the memory has for a text, and what stood at its place before: a piece of the page."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        segment, _limit = self.segment(request.GET)
        found = matches_for(
            [segment],
            source_locale_id=self.translation.source.locale_id,
            target_locale_id=self.translation.target_locale_id,
            object_key=self.translation.source.object_id,
        )[segment.key]
        return render(
            request,
            "translations/desk_matches.html",
            {
                "translation": self.translation,
                "matches": [
                    {"match": match, "typed": as_typed(match.target, segment.source)}
                    for match in found
                ],
                "versions": history_of(self.translation, segment.path)[:VERSIONS_SHOWN],
            },
        )


def said_of(findings) -> list[dict]:
    """Findings as the script shows them."""
    return [{"severity": each.severity, "message": each.message} for each in findings]
