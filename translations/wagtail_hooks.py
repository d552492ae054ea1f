"""What the staff find in Wagtail's admin of translations: the table, the glossary, policies."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from .desk.views import DESK, QUEUE, CheckView, DeskView, MatchesView, QueueView
from .exchange.views import DeliveriesView, DeliveryView
from .explorer import TranslatedPageViewSet
from .furigana.viewsets import ReadingViewSet
from .glossary.viewsets import GlossaryTermViewSet
from .life_cycle import delete_translations_in_bulk, pages_that_follow
from .matrix.rights import languages_for
from .matrix.views import MatrixView
from .notices.panel import WorkPanel
from .review.viewsets import LanguagePolicyViewSet

register_snippet(GlossaryTermViewSet)


@hooks.register("register_admin_viewset")
def register_readings() -> ReadingViewSet:
    """Puts the readings into the admin's menu."""
    return ReadingViewSet("readings")


@hooks.register("register_admin_viewset")
def register_language_policies() -> LanguagePolicyViewSet:
    """Puts the policies of languages among the settings."""
    return LanguagePolicyViewSet("language_policies")


@hooks.register("register_admin_viewset")
def register_explorer() -> TranslatedPageViewSet:
    """Puts the column of translations into the page explorer."""
    return TranslatedPageViewSet()


hooks.register("construct_translated_pages_to_cascade_actions", pages_that_follow)
hooks.register("before_bulk_action", delete_translations_in_bulk)


class TranslationsMenuItem(MenuItem):
    """Shown to those who translate, and to those who send pages to translation."""

    def is_shown(self, request) -> bool:
        return bool(languages_for(request.user))


@hooks.register("register_admin_menu_item")
def register_matrix_menu_item() -> MenuItem:
    """Puts the table of translations into the menu, below the pages."""
    return TranslationsMenuItem(
        _("Translations"),
        reverse("translations_matrix"),
        icon_name="wagtail-localize-language",
        order=110,
    )


@hooks.register("construct_homepage_panels")
def add_work_panel(request, panels: list) -> None:
    """Puts what waits for the user on the admin's home page."""
    panels.append(WorkPanel())


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    """The addresses of what is ours in the admin."""
    return [
        path("translations/", MatrixView.as_view(), name="translations_matrix"),
        path("translations/mine/", QueueView.as_view(), name=QUEUE),
        path("translations/desk/<int:pk>/", DeskView.as_view(), name=DESK),
        path("translations/desk/<int:pk>/check/", CheckView.as_view(), name=f"{DESK}_check"),
        path("translations/desk/<int:pk>/matches/", MatchesView.as_view(), name=f"{DESK}_matches"),
        path("translations/files/", DeliveriesView.as_view(), name="translations_deliveries"),
        path("translations/files/<int:pk>/", DeliveryView.as_view(), name="translations_delivery"),
    ]
