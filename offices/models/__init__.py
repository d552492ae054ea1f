"""The overseas offices, their events, their research and the people who worked there."""

from .events import EventIndexPage, EventPage
from .office import OfficeIndexPage, OfficePage
from .reports import ReportIndexPage, ReportPage
from .voices import VoiceIndexPage, VoicePage

__all__ = [
    "EventIndexPage",
    "EventPage",
    "OfficeIndexPage",
    "OfficePage",
    "ReportIndexPage",
    "ReportPage",
    "VoiceIndexPage",
    "VoicePage",
]
