"""Days and instants in words, German and English, always in Berlin's time."""

from datetime import date, datetime

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from direktdraht.foundation.clock import BERLIN


def day_words(day: date) -> str:
    """Return "Mo., 23. November 2026"; English: "Mon, 23 November 2026"."""
    local = day.astimezone(BERLIN) if isinstance(day, datetime) else day
    pattern = "D, j F Y" if (get_language() or "de").startswith("en") else "D., j. F Y"
    return formats.date_format(local, pattern)


def short_day(day: date) -> str:
    """Return "23.11.2026" for narrow columns; English: "23/11/2026"."""
    return day.strftime("%d/%m/%Y" if (get_language() or "de").startswith("en") else "%d.%m.%Y")


def time_words(at: datetime) -> str:
    """Return "14:07 Uhr"; English: "14:07"."""
    return _("%(time)s Uhr") % {"time": at.astimezone(BERLIN).strftime("%H:%M")}


def moment_words(at: datetime) -> str:
    """Return "Mo., 23. November 2026, 14:07 Uhr"."""
    return f"{day_words(at)}, {time_words(at)}"
