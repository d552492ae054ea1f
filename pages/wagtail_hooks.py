"""What editors find in Wagtail's admin: what readers said of pages."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from .models import PageFeedback


class ReadOnlyPolicy(ModelPermissionPolicy):
    """What readers wrote is read and deleted, never added or changed."""

    def user_has_permission(self, user, action: str) -> bool:
        return action not in ("add", "change") and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class FeedbackViewSet(ModelViewSet):
    """The list of readers' answers, by page and language."""

    model = PageFeedback
    icon = "comment"
    menu_label = _("Readers’ feedback")
    add_to_admin_menu = True
    menu_order = 350
    list_display = ["page", "language_code", "useful", "comment", "created_at"]
    list_filter = ["useful", "language_code", "created_at"]
    search_fields = ["comment"]
    inspect_view_enabled = True
    form_fields: list[str] = []
    permission_policy = ReadOnlyPolicy(PageFeedback)


@hooks.register("register_admin_viewset")
def register_feedback() -> FeedbackViewSet:
    """Puts the feedback into the admin's menu."""
    return FeedbackViewSet("readers_feedback")
