"""What waits for the user, on the admin's home page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from ..desk.queue import reviews_for, work_for

SHOWN = 5


class WorkPanel(Component):
    """The first of what waits to be reviewed and to be translated. Nothing where nothing waits."""

    name = "translation_work"
    template_name = "translations/work_panel.html"
    order = 150

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        waiting = [*reviews_for(user), *work_for(user)]
        return {
            "waiting": waiting[:SHOWN],
            "number": len(waiting),
            "more": max(0, len(waiting) - SHOWN),
        }
