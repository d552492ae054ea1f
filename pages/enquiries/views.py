"""The form, what happens with what is sent, and the page of thanks."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from jobs.queueing import enqueue_after_commit
from pages.form_guard import from_this_site, like_a_program
from pages.models import Enquiry
from pages.rate_limits import ENQUIRY, seconds_to_wait
from pages.routing import find_place
from pages.surroundings import language_links, surroundings_elsewhere
from pages.tasks import mail_enquiry
from translations.language_forms import active_language
from translations.languages import LANGUAGES

from .forms import EnquiryForm

# The same words again within this time are one message that was sent twice.
SAME = timedelta(hours=1)


@csrf_exempt  # A token would need a cookie; where the form was sent from is checked instead.
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """The form; what was sent is kept and passed on, or shown again with what to do about it."""
    language = active_language()
    if request.method != "POST":
        return show(request, EnquiryForm(language_code=language.code))
    if not from_this_site(request):
        # Empty: nobody sends on what another site has written for them.
        note = _("It did not come from a page of ours. Please write it here, then send it.")
        return show(request, EnquiryForm(language_code=language.code), note, 403)
    form = EnquiryForm(request.POST, language_code=language.code)
    if not form.is_valid():
        return show(request, form, status=400)
    # Nothing says which of these it was, so that programs do not learn from it.
    if like_a_program(request, form.instance.message) or not form.came_in_time():
        note = _("Please look at it once more, leave out web addresses, then send it again.")
        return show(request, form, note, 400)
    if wait := seconds_to_wait(request, ENQUIRY):
        note = _("Many messages came from your network. Please send yours again in an hour.")
        response = show(request, form, note, 429)
        response["Retry-After"] = str(wait)
        return response
    if not sent_before(form.instance):
        with transaction.atomic():
            enquiry = form.save()
            enqueue_after_commit(mail_enquiry, enquiry.pk)
    return HttpResponseRedirect(reverse("enquiry_sent"))


def sent_before(enquiry: Enquiry) -> bool:
    """Whether the same came a short while ago, as from pressing the button twice."""
    return Enquiry.objects.filter(
        created_at__gt=timezone.now() - SAME,
        subject=enquiry.subject,
        message=enquiry.message,
        email=enquiry.email,
    ).exists()


def show(
    request: HttpRequest, form: EnquiryForm, note: str = "", status: int = 200
) -> HttpResponse:
    """The form as it stands, in the language in force."""
    surround(request, "write_enquiry")
    context = {"form": form, "note": note, "kept_days": Enquiry.kept_days()}
    return render(request, "pages/enquiry.html", context, status=status)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Thanks, and what happens next."""
    surround(request, "enquiry_sent")
    return render(request, "pages/enquiry_sent.html", {"kept_days": Enquiry.kept_days()})


def surround(request: HttpRequest, name: str) -> None:
    """Menu and languages for a page that is not in the tree."""
    language = active_language()
    request.surroundings = surroundings_elsewhere(find_place(language.code, ""), language)
    below = reverse(name).removeprefix(f"/{language.code}/")
    request.surroundings.languages = language_links(
        {code: f"/{code}/{below}" for code in LANGUAGES}, language
    )
