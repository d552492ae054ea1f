"""Background work over Celery."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = _("background work")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Every process knows all kinds of jobs, so that any of them can ask, show and work."""
        autodiscover_modules("tasks")
