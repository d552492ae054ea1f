"""Work that beat starts by the clock."""

from __future__ import annotations

from celery import shared_task
from django.core.management import call_command


@shared_task
def publish_scheduled() -> None:
    """Publishes and takes down the pages whose time has come. Safe to run again."""
    call_command("publish_scheduled")


@shared_task
def clear_sessions() -> None:
    """Deletes the sessions that have ended. Safe to run again."""
    call_command("clearsessions")
