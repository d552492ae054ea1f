"""Work on pages and on what visitors send, done by the `translations` queue, the quick one."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from structlog import get_logger

from translations.furigana.dictionary import installed
from translations.languages import LANGUAGES, SOURCE_CODE

from .addresses import public_url
from .models import Enquiry

logger = get_logger(__name__)

# What is younger is left to the task that was queued with it.
WAITING_AFTER = timedelta(minutes=5)


@shared_task
def mail_enquiry(enquiry_id: int) -> None:
    """Passes a visitor's message on by e-mail, once. It stays in the admin in any case.

    Nothing happens where no recipient is named in the settings. A failure is left to
    `mail_waiting_enquiries`.
    """
    enquiry = Enquiry.objects.filter(pk=enquiry_id, mailed_at__isnull=True).first()
    if enquiry is not None and settings.CONTACT_RECIPIENTS:
        mail(enquiry)


@shared_task
def mail_waiting_enquiries() -> None:
    """Mails what could not be mailed before, until the mail fails again. Safe to run again.

    The ones that failed least come first, so that one that is always refused keeps none back.
    """
    if not settings.CONTACT_RECIPIENTS:
        return
    waiting = Enquiry.objects.filter(
        mailed_at=None, handled=False, created_at__lt=timezone.now() - WAITING_AFTER
    )
    for enquiry in waiting.order_by("mail_attempts", "created_at"):
        if not mail(enquiry):
            return


def mail(enquiry: Enquiry) -> bool:
    """Sends one message to staff and notes it. Gives whether the mail took it.

    Of what its writer typed only the address to answer to, which was checked, stands in a header.
    """
    with override(SOURCE_CODE):
        subject = f"[CLAIR] {enquiry.get_subject_display()} ({enquiry.language_code})"
    lines = [enquiry.message, "", "--", f"{enquiry.created_at:%Y-%m-%d %H:%M} UTC"]
    if enquiry.email:
        language = LANGUAGES.get(enquiry.answer_language)
        answer = language.english_name if language else enquiry.answer_language
        lines.append(f"Answer wanted, in {answer}: {enquiry.name} <{enquiry.email}>")
    lines.append(public_url(reverse("enquiries:edit", args=[enquiry.pk])))
    row = Enquiry.objects.filter(pk=enquiry.pk)
    try:
        EmailMessage(
            subject=subject,
            body="\n".join(lines),
            to=settings.CONTACT_RECIPIENTS,
            reply_to=[enquiry.email] if enquiry.email else None,
        ).send()
    except (OSError, ValueError) as error:
        # The error's own words may hold an address.
        logger.warning("enquiry_not_mailed", enquiry=enquiry.pk, error=type(error).__name__)
        row.update(mail_attempts=F("mail_attempts") + 1)
        return False
    row.update(mailed_at=timezone.now())
    return True


@shared_task
def forget_enquiries() -> None:
    """Deletes messages from visitors whose time is up. Safe to run again."""
    oldest = timezone.now() - timedelta(days=Enquiry.kept_days())
    Enquiry.objects.filter(created_at__lt=oldest).delete()


@shared_task
def make_readings(page_id: int) -> None:
    """Makes the readings of a page that was published. Safe to run again.

    Nothing happens for a page that has been deleted or taken down since.
    """
    if installed():
        from .furigana.making import make_published

        make_published(page_id)


@shared_task
def make_missing_readings(every_page: bool = False) -> None:
    """Makes the readings that lack or are outdated, or those of every page. Safe to run again."""
    if installed():
        from .furigana.making import make_missing

        make_missing(every_page)
