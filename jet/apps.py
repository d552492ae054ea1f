"""Pillar 2: the JET Programme."""

from django.apps import AppConfig


class JetConfig(AppConfig):
    name = "jet"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import signals

        signals.connect()
