"""Deliveries from the upload to the report: small ones at once, large ones by the workers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.utils import translation

from accounts.admin_language import admin_language_of
from jobs.asking import ask_for
from jobs.models import Job

from .delivering import files_of, take_file
from .models import DeliveredFile, Delivery

DELIVERY = "translations.delivery"
# More than these files the workers take in: the answer would take long.
MOST_AT_ONCE = 12


@transaction.atomic
def deliver(uploads: Iterable[tuple[str, bytes]], user) -> Delivery:
    """Takes in what somebody uploaded, or asks the workers to where it is much.

    Raises UnreadableFileError for a zip file that cannot be opened: nothing is taken then.
    """
    uploads = list(uploads)
    name = ", ".join(name for name, _data in uploads)
    delivery = Delivery.objects.create(name=name[:255], uploaded_by=user)
    DeliveredFile.objects.bulk_create(
        DeliveredFile(delivery=delivery, name=name[:255], data=data)
        for upload in uploads
        for name, data in files_of(*upload)
    )
    waiting = list(delivery.files.all()[: MOST_AT_ONCE + 1])
    if len(waiting) > MOST_AT_ONCE:
        ask_for(DELIVERY, delivery.pk, title=delivery.name, user=user)
    else:
        for file in waiting:
            deal_with(file, user)
    return delivery


def go_on(job: Job) -> Iterator[None]:
    """Takes in the files of a large delivery, the job's subject, from where it was left."""
    delivery = Delivery.objects.select_related("uploaded_by").filter(pk=job.subject).first()
    if delivery is None:
        return
    user = delivery.uploaded_by
    job.total = delivery.files.count()
    waiting = delivery.files.filter(report__isnull=True).values_list("pk", flat=True)
    job.done = job.total - len(waiting)
    with translation.override(admin_language_of(user)):
        for pk in list(waiting):
            deal_with(DeliveredFile.objects.get(pk=pk), user)
            job.done += 1
            yield


@transaction.atomic
def deal_with(file: DeliveredFile, user) -> None:
    """Takes one file in, or refuses it, and keeps the report of that in place of the file."""
    file.report = take_file(file.name, bytes(file.data), user).stored()
    file.data = None
    file.save(update_fields=["report", "data"])
