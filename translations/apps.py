"""Languages and the life of a translation."""

from django.apps import AppConfig


class TranslationsConfig(AppConfig):
    name = "translations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import localize_patches, signals

        localize_patches.apply()
        signals.connect()
