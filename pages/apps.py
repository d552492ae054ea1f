"""What every page of the site shares."""

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_delete, post_migrate

# Wagtail's page table lacks the indexes that finding a page and the menu in one query need.
# Made after every migration, since a change of that table on SQLite rebuilds it without them.
INDEXES = (
    "CREATE INDEX IF NOT EXISTS clair_page_url_path ON wagtailcore_page (url_path)",
    "CREATE INDEX IF NOT EXISTS clair_page_menu ON wagtailcore_page (locale_id, depth)"
    " WHERE show_in_menus",
)


def make_indexes(using: str, **kwargs) -> None:
    """Makes the indexes where they are missing."""
    with connections[using].cursor() as cursor:
        for statement in INDEXES:
            cursor.execute(statement)


class PagesConfig(AppConfig):
    name = "pages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .caching import purging
        from .cards import signals as cards
        from .furigana import signals as furigana
        from .routing import forget_roots

        post_migrate.connect(make_indexes, sender=self)
        post_delete.connect(
            forget_roots, sender="wagtailcore.Page", dispatch_uid="routing.forget_roots"
        )
        purging.connect()
        cards.connect()
        furigana.connect()
