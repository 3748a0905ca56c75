"""Answers in words: days, numbers, money and sizes, in German and English, always the same."""

from datetime import date, time
from decimal import Decimal

from direktdraht.foundation.marking import N_
from direktdraht.foundation.money import with_separators
from direktdraht.foundation.texts import pick
from direktdraht.questions.messages import say

_WEEKDAYS = {"de": ("Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So."), "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
_MONTHS = {
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
}
_YES, _NO = N_("Ja"), N_("Nein")

THOUSAND = 1000


def _spoken(language: str) -> str:
    return "en" if language.startswith("en") else "de"


def yes_or_no(answer: bool, language: str) -> str:
    """Yes or no in the language."""
    return say(_YES if answer else _NO, language)


def day_in_figures(day: date, language: str) -> str:
    """A day with its month in words.

    >>> day_in_figures(date(2026, 12, 26), "de")
    '26. Dezember 2026'
    """
    spoken = _spoken(language)
    month = _MONTHS[spoken][day.month - 1]
    return f"{day.day}. {month} {day.year}" if spoken == "de" else f"{day.day} {month} {day.year}"


def day_in_words(day: date, language: str) -> str:
    """A day with weekday and month in words.

    >>> day_in_words(date(2026, 11, 23), "de"), day_in_words(date(2026, 11, 23), "en")
    ('Mo., 23. November 2026', 'Mon, 23 November 2026')
    """
    spoken = _spoken(language)
    return f"{_WEEKDAYS[spoken][day.weekday()]}, {day_in_figures(day, language)}"


def time_in_words(hour: time, language: str) -> str:
    """A time of day.

    >>> time_in_words(time(9, 5), "de"), time_in_words(time(9, 5), "en")
    ('9:05 Uhr', '9:05')
    """
    written = f"{hour.hour}:{hour.minute:02}"
    return f"{written} Uhr" if _spoken(language) == "de" else written


def number_in_words(number: int | Decimal, language: str, suffix: dict[str, str] | None) -> str:
    """A number with the language's separators, and its unit.

    >>> number_in_words(1234567, "de", {"de": "m²"})
    '1.234.567 m²'
    """
    plain = f"{number:,}" if abs(Decimal(number)) >= THOUSAND * 10 else f"{number}"
    written = with_separators(plain, language)
    return f"{written} {pick(suffix, language)[0]}" if suffix else written


def size_in_words(size_bytes: int, language: str) -> str:
    """The size of a file.

    >>> size_in_words(2_200_000, "de"), size_in_words(12, "en")
    ('2,1 MB', '1 KB')
    """
    if size_bytes >= 1024 * 1024:
        return with_separators(f"{size_bytes / (1024 * 1024):.1f} MB", language)
    return f"{max(1, round(size_bytes / 1024))} KB"
