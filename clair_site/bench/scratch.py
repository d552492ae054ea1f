"""A database of its own for a measurement, dropped at its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from celery import current_app
from django.conf import settings
from django.db import connection


@contextmanager
def scratch_database(name: str, *, keep: bool = False) -> Iterator[None]:
    """Everything within happens in an empty database; `keep` leaves it for the next time.

    What it asks of workers is for nobody: it goes into a broker of this process alone.
    """
    current_app.conf.update(broker_url="memory://", broker_transport_options={})
    if connection.vendor == "sqlite":
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        connection.settings_dict["TEST"]["NAME"] = str(settings.DATA_DIR / f"{name}.sqlite3")
    else:
        connection.settings_dict["TEST"]["NAME"] = name
        # A pool would keep the database from being dropped.
        connection.settings_dict["OPTIONS"].pop("pool", None)
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=keep)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0, keepdb=keep)
