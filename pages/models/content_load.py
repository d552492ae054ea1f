"""When the starting content was loaded, so that it is not loaded over what staff have made."""

from django.db import models


class ContentLoad(models.Model):
    """One complete run of `load_content`."""

    finished_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        get_latest_by = "finished_at"
