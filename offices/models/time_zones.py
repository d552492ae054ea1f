"""Time zones by their IANA names."""

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def validate_time_zone(name: str) -> None:
    """Raises ValidationError unless `name` is an IANA time zone such as Asia/Tokyo."""
    if name not in available_timezones():
        raise ValidationError(_("There is no time zone of that name."))
