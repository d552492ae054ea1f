"""Work on pictures and documents that the `media` queue does."""

from __future__ import annotations

from celery import shared_task
from django.db.models import Count, F, Q
from structlog import get_logger
from wagtail.images import get_image_model
from wagtail.search import index

from jobs.queueing import enqueue_after_commit

from .models import Paper, PaperContents
from .reading import read_paper
from .renditions import RENDITIONS
from .signals import renditions_made

logger = get_logger(__name__)

MAX_LEFT_BEHIND = 100


@shared_task
def make_renditions(picture_id: int) -> None:
    """Makes the sizes and formats of a picture that templates use. Safe to run again.

    Nothing happens for a picture that has been deleted since, or for an SVG, which needs none.
    """
    picture = get_image_model().objects.filter(pk=picture_id).first()
    if picture is None or picture.is_svg():
        return
    ready = picture.ready_renditions(*RENDITIONS)
    if missing := [spec for spec in RENDITIONS if spec not in ready]:
        picture.get_renditions(*missing)
        renditions_made.send(sender=type(picture), instance=picture)


@shared_task
def make_missing_renditions() -> None:
    """Queues the pictures that lack some: those that were lost, and all when the list grows."""
    made = Count("renditions", filter=Q(renditions__filter_spec__in=RENDITIONS))
    pictures = get_image_model().objects.annotate(made=made).exclude(file__iendswith=".svg")
    for pk in pictures.filter(made__lt=len(RENDITIONS)).values_list("pk", flat=True):
        make_renditions.delay(pk)


@shared_task
def read_document(paper_id: int) -> None:
    """Keeps what a document says, so that it is found by that. Safe to run again.

    Nothing happens for one that has been deleted since, or whose file has been read already.
    """
    paper = Paper.objects.filter(pk=paper_id).first()
    if paper is None:
        return
    try:
        file_hash = paper.get_file_hash()
        if PaperContents.objects.filter(paper=paper, file_hash=file_hash).exists():
            return
        found = read_paper(paper)
        paper.get_file_size()
    except OSError as error:
        logger.warning("document_not_there", document=paper_id, error=str(error))
        return
    if not Paper.objects.filter(pk=paper_id, file_hash=file_hash).exists():
        # Deleted, or given another file meanwhile, which has been queued itself.
        return
    PaperContents.objects.update_or_create(
        paper=paper,
        defaults={"text": found.text, "page_count": found.pages, "file_hash": file_hash},
    )
    index.insert_or_update_object(paper)


@shared_task
def read_documents_left_behind() -> None:
    """Queues the documents that nobody has read, as after a broker was away. Safe to run again."""
    left = Paper.objects.exclude(contents__file_hash=F("file_hash"))
    for pk in left.order_by("-pk").values_list("pk", flat=True)[:MAX_LEFT_BEHIND]:
        enqueue_after_commit(read_document, pk)
