"""A piece of background work: a row in the database, before there is a message in the broker."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """How far a job has come."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    PAUSED = "paused", _("paused")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


# What is still to be done, or being done.
OPEN = (JobState.WAITING, JobState.RUNNING, JobState.PAUSED)


class Queue(models.TextChoices):
    """The queues that workers listen to: the quick work, and the heavy one."""

    TRANSLATIONS = "translations"
    MEDIA = "media"


class Job(models.Model):
    """What is to be done, how far it is, and what became of it.

    Of one kind and subject at most one is open: whoever asks again joins it.
    """

    kind = models.CharField(max_length=80)
    # What it is about, as a key; staff read the title.
    subject = models.CharField(max_length=200)
    title = models.CharField(max_length=255, blank=True)
    arguments = models.JSONField(default=dict)
    queue = models.CharField(max_length=20, choices=Queue.choices)
    # The lowest number goes first.
    priority = models.PositiveSmallIntegerField()
    state = models.CharField(
        _("state"), max_length=10, choices=JobState.choices, default=JobState.WAITING
    )
    # Asked for while it ran: it runs once more, since it may have read what was there before.
    again = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    # 0: not known yet, or one piece.
    total = models.PositiveIntegerField(default=0)
    # Since it last got anywhere.
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    # What it left as it was, and why: one line each.
    remarks = models.TextField(blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    asked_at = models.DateTimeField(default=timezone.now)
    # Not before: after a failure it waits a while.
    due_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    # When its worker was last heard of.
    seen_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # Who has it: a worker that no longer finds its mark here has lost it.
    held_by = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("background job")
        verbose_name_plural = _("background jobs")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"], condition=Q(state__in=OPEN), name="one_open_job_each"
            )
        ]
        indexes = [models.Index(fields=["state", "queue", "priority", "id"])]

    def __str__(self) -> str:
        return self.title or f"{self.kind} {self.subject}"

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done, or being done."""
        return self.state in OPEN

    def remark(self, line: str) -> None:
        """Notes something for staff; it is kept with the progress."""
        self.remarks += f"{line}\n"
