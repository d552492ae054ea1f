"""Orders that are too large for a request: one job a language, so that workers share them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import translation
from django.utils.translation import ngettext
from wagtail.models import Locale, Page

from accounts.admin_language import admin_language_of
from jobs.asking import ask_for
from jobs.models import Job

from .actions import Action, Order, parents_first, refusal

BATCH = "translations.batch"


@transaction.atomic
def ask_for_batches(order: Order, pages: Iterable[Page], locales: Iterable[Locale]) -> list[Job]:
    """Asks for the order to be carried out by the workers: a job for each language."""
    ids = [page.pk for page in parents_first(pages)]
    translator = order.translator.pk if order.translator else None
    whose = repr((order.action.value, order.user.pk, translator, ids)).encode()
    number = ngettext("%(count)d page", "%(count)d pages", len(ids)) % {"count": len(ids)}
    return [
        ask_for(
            BATCH,
            f"{locale.language_code} {hashlib.sha256(whose).hexdigest()}",
            title=f"{order.action.label}: {locale}, {number}",
            arguments={
                "action": order.action.value,
                "translator": translator,
                "locale": locale.pk,
                "pages": ids,
            },
            user=order.user,
        )
        for locale in locales
    ]


def carry_out(job: Job) -> Iterator[None]:
    """Does a job's part of an order, page by page, and goes on where it was left.

    What is left as it was is remarked, in the language of whoever asked. Raises LookupError where
    that person, the language or the translator is no longer there.
    """
    chosen = job.arguments
    people = get_user_model().objects.filter(is_active=True)
    user = people.filter(pk=job.asked_by_id).first()
    locale = Locale.objects.filter(pk=chosen["locale"]).first()
    translator = people.filter(pk=chosen["translator"]).first() if chosen["translator"] else None
    if user is None or locale is None or (chosen["translator"] and translator is None):
        raise LookupError("Whoever asked for it, the language or the translator is gone.")
    order = Order(Action(chosen["action"]), user, translator)
    job.total = len(chosen["pages"])
    places = {pk: number for number, pk in enumerate(chosen["pages"], start=1)}
    left = Page.objects.filter(pk__in=chosen["pages"][job.done :], live=True)
    for page, _locale in order.to_do(sorted(left, key=lambda page: places[page.pk]), [locale]):
        with translation.override(admin_language_of(user)):
            if reason := order.do(page, locale):
                job.remark(refusal(page, locale, reason))
        job.done = places[page.pk]
        yield
    job.done = job.total
