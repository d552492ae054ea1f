"""Work on translations that the `translations` queue does."""

from __future__ import annotations

from collections.abc import Iterator

from celery import shared_task
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from jobs.asking import ask_for
from jobs.kinds import job_kind
from jobs.models import Job, Queue

from .exchange.deliveries import DELIVERY, go_on
from .matrix.batches import BATCH, carry_out
from .notices.digest import DIGEST, readers, send_digest
from .places import follow_place
from .store import bring_in

BRING_IN = "translations.bring_in"
FOLLOW_PLACE = "translations.follow_place"


@job_kind(BRING_IN, _("Show translators what was published"), queue=Queue.TRANSLATIONS, priority=3)
def bring_in_page(job: Job) -> None:
    """Brings a source page, as it is live now, into the string store, for its translators to see.

    The job's subject is the page's id. Nothing happens for a page that has been deleted or taken
    down since.
    """
    with transaction.atomic():
        # Locked, so that of two workers at one page none writes an older version last.
        page = Page.objects.select_for_update().filter(pk=job.subject, live=True).first()
        if page is not None:
            bring_in(page)


@job_kind(
    FOLLOW_PLACE, _("Give translations their new address"), queue=Queue.TRANSLATIONS, priority=2
)
def bring_translations_along(job: Job) -> None:
    """Gives the translations of a source page, the job's subject, the address that it has now."""
    page = Page.objects.filter(pk=job.subject).first()
    if page is not None:
        follow_place(page)


@job_kind(BATCH, _("Many translations at once"), queue=Queue.TRANSLATIONS, priority=6)
def carry_out_batch(job: Job) -> Iterator[None]:
    """Does what somebody chose in the table of translations, page by page."""
    return carry_out(job)


@job_kind(DELIVERY, _("Take translated files in"), queue=Queue.TRANSLATIONS, priority=5)
def take_delivery_in(job: Job) -> Iterator[None]:
    """Takes in the files that somebody uploaded together, the job's subject, one by one."""
    return go_on(job)


@job_kind(DIGEST, _("Mail what waits for translators"), queue=Queue.TRANSLATIONS, priority=8)
def mail_digest(job: Job) -> None:
    """Mails one person what came to them since yesterday; the subject is their id and the day."""
    user = get_user_model().objects.filter(pk=job.subject.partition(" ")[0], is_active=True).first()
    if user is not None:
        send_digest(user)


@shared_task
def ask_for_digests() -> None:
    """Asks for today's mails, one job a person. Safe to run again: nobody gets two a day."""
    today = timezone.localdate().isoformat()
    subjects = {f"{user.pk} {today}": user for user in readers()}
    asked = Job.objects.filter(kind=DIGEST, subject__in=subjects).values_list("subject", flat=True)
    for subject in subjects.keys() - set(asked):
        ask_for(DIGEST, subject, title=str(subjects[subject]))
