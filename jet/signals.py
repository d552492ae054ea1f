"""What happens when numbers of participants change."""

from django.db.models.signals import post_delete, post_save

from pages.caching.purging import purge_pages

from .models import ParticipantCount, ParticipantsPage


def purge_charts(sender, **kwargs) -> None:
    """The chart is another one now, in every language."""
    purge_pages(ParticipantsPage.objects.all())


def connect() -> None:
    """Connects the handler; called once when the apps are ready."""
    for signal in (post_save, post_delete):
        signal.connect(purge_charts, sender=ParticipantCount, dispatch_uid="jet.purge_charts")
