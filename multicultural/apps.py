"""Pillar 4: living together."""

from django.apps import AppConfig


class MulticulturalConfig(AppConfig):
    name = "multicultural"
    default_auto_field = "django.db.models.BigAutoField"
