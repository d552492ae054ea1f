"""One mail a day to whom something new waits for, instead of one for each page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import ngettext, override
from wagtail.admin.utils import get_admin_base_url

from accounts.admin_language import admin_language_of

from ..desk.queue import Waiting, reviews_for, work_for
from ..matrix.rights import languages_for, sends_to_translation
from ..review.policies import policy_of

DIGEST = "translations.digest"
DAY = timedelta(days=1)
LISTED = 20


@dataclass(frozen=True)
class Digest:
    """What came to a person since a time, the most urgent first, and how much waits in all."""

    reviews: list[Waiting]
    work: list[Waiting]
    overdue: list[Waiting]
    number: int

    @property
    def news(self) -> int:
        """How many there are to tell of."""
        return len(self.reviews) + len(self.work) + len(self.overdue)


def readers() -> Iterator:
    """Those who may get the mail: active, with an address, and with a language to work on."""
    for user in get_user_model().objects.filter(is_active=True).exclude(email="").order_by("pk"):
        if languages_for(user):
            yield user


def digest_for(user, since: datetime) -> Digest:
    """What came to the user since then: to review, to translate, and what is overdue since then.

    Who gives out work is told of a translation only if it was given to them.
    """
    reviews, work = reviews_for(user), work_for(user)
    if sends_to_translation(user):
        work = [each for each in work if each.mine]
    return Digest(
        reviews=[each for each in reviews if came(each) >= since],
        work=[each for each in work if came(each) >= since],
        overdue=[
            each for each in work if each.overdue and since <= due(each) and came(each) < since
        ],
        number=len(reviews) + len(work),
    )


def came(waiting: Waiting) -> datetime:
    """When it came to wait."""
    return waiting.state.since or timezone.now()


def due(waiting: Waiting) -> datetime:
    """When it became overdue, or will."""
    return came(waiting) + timedelta(days=policy_of(waiting.locale).days_until_overdue)


def send_digest(user) -> bool:
    """Mails what came to the user in the last day, in the language of their admin.

    Gives whether there was anything to tell. Raises OSError where the mail does not take it.
    """
    digest = digest_for(user, timezone.now() - DAY)
    if not digest.news:
        return False
    with override(admin_language_of(user)):
        subject = ngettext(
            "%(count)d translation is new or overdue",
            "%(count)d translations are new or overdue",
            digest.news,
        ) % {"count": digest.news}
        context = {
            "parts": [
                ("review", digest.reviews[:LISTED]),
                ("work", digest.work[:LISTED]),
                ("overdue", digest.overdue[:LISTED]),
            ],
            "number": digest.number,
            "base": get_admin_base_url() or "",
        }
        body = render_to_string("translations/digest.txt", context)
    EmailMessage(subject=f"[CLAIR] {subject}", body=body, to=[user.email]).send()
    return True
