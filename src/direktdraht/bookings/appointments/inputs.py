"""What people type and choose on the pages of appointments."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import phonenumbers
from django import forms
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from direktdraht.bookings.appointments import queries
from direktdraht.bookings.appointments.actions import Choice
from direktdraht.bookings.appointments.free_times import MOST_SERVICES
from direktdraht.bookings.appointments.models import WEEKDAYS, Occasion, Site
from direktdraht.foundation import clock
from direktdraht.foundation.texts import pick

LONGEST_TEXT = 5000
LAST_DAYS = 180


def day_input() -> forms.DateInput:
    """A date as browsers ask for it."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def time_input() -> forms.TimeInput:
    """A time of the day as browsers ask for it."""
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def title_of(occasion: Occasion) -> str:
    """An occasion in the reader's language, with its length."""
    title = pick(occasion.title, get_language() or "de")[0]
    return gettext("%(title)s (%(minutes)d Minuten)") % {"title": title, "minutes": occasion.minutes}


class SearchForm(forms.Form):
    """What for, where, from when on; read from the address, so nothing is ever wrong with it but a choice."""

    anlass = forms.MultipleChoiceField(
        label=_("Wofür kommen Sie?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Bis zu drei Anlässe in einem Termin"),
        error_messages={"required": _("Bitte wählen Sie mindestens einen Anlass.")},
    )
    standort = forms.ChoiceField(label=_("Ort"), required=False)
    ab = forms.DateField(label=_("Frühestens am"), required=False, widget=day_input())

    def __init__(self, *args: Any, occasions: Sequence[Occasion], sites: Sequence[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from(occasions, sites)

    def choose_from(self, occasions: Sequence[Occasion], sites: Sequence[Site]) -> None:
        """Fill the lists."""
        fields: Any = self.fields
        fields["anlass"].choices = [(str(one.pk), title_of(one)) for one in occasions]
        fields["standort"].choices = [("", gettext("alle Orte")), *((str(site.pk), site.name) for site in sites)]

    def clean_anlass(self) -> list[str]:
        """Three at most."""
        found: list[str] = self.cleaned_data["anlass"]
        if len(found) > MOST_SERVICES:
            raise forms.ValidationError(gettext("Bitte wählen Sie höchstens drei Anlässe. Für mehr buchen Sie einen zweiten Termin."))
        return found


class ContactForm(forms.Form):
    """Who comes and how we reach them."""

    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        required=False,
        max_length=320,
        help_text=_("Für Bestätigung, Erinnerung und Ihren Link"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Telefon"), required=False, max_length=40, widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"})
    )
    note = forms.CharField(
        label=_("Was sollen wir wissen?"),
        required=False,
        max_length=500,
        help_text=_("Zum Beispiel: Rollstuhl, Gebärdensprache, zwei Kinder"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_phone(self) -> str:
        """A number that can be called, as people in Germany write it."""
        text = str(self.cleaned_data["phone"]).strip()
        if not text:
            return ""
        try:
            number = phonenumbers.parse(text, "DE")
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_possible_number(number):
            raise forms.ValidationError(gettext("Das ist keine Telefonnummer. Beispiel: 0511 123456."))
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))

    def clean(self) -> dict[str, Any]:
        """One way to reach the person is enough, none is not."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not found.get("email") and not found.get("phone") and not self.errors:
            self.add_error("email", gettext("Bitte geben Sie eine E-Mail-Adresse oder eine Telefonnummer an."))
        return found


class WishForm(ContactForm):
    """A request for a time: when one can come, and who asks."""

    form_token = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)
    note = None  # type: ignore[assignment]  # Django's way to leave a field out
    sites = forms.MultipleChoiceField(label=_("Wohin können Sie kommen?"), widget=forms.CheckboxSelectMultiple)
    first_day = forms.DateField(label=_("Frühestens am"), widget=day_input())
    last_day = forms.DateField(label=_("Spätestens am"), widget=day_input())
    weekdays = forms.TypedMultipleChoiceField(
        label=_("An welchen Tagen?"), choices=WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple, initial=[0, 1, 2, 3, 4]
    )
    from_time = forms.TimeField(label=_("Nicht vor"), widget=time_input())
    until_time = forms.TimeField(label=_("Fertig um spätestens"), widget=time_input())
    field_order = ("sites", "first_day", "last_day", "weekdays", "from_time", "until_time", "name", "email", "phone")

    def __init__(self, *args: Any, places: Sequence[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["sites"].choices = [(str(site.pk), site.name) for site in places]

    def clean(self) -> dict[str, Any]:
        """Days and times in their order, not in the past, not further than half a year."""
        found = super().clean()
        first, last = found.get("first_day"), found.get("last_day")
        if first and last and not clock.today() <= last <= clock.today() + timedelta(days=LAST_DAYS):
            self.add_error("last_day", gettext("Bitte wählen Sie einen Tag im nächsten halben Jahr."))
        elif first and last and last < first:
            self.add_error("last_day", gettext("Das Ende liegt vor dem Anfang."))
        begins, ends = found.get("from_time"), found.get("until_time")
        if begins and ends and ends <= begins:
            self.add_error("until_time", gettext("Das Ende liegt vor dem Anfang."))
        return found


class MessageForm(forms.Form):
    """A message to the city about an appointment."""

    text = forms.CharField(
        label=_("Ihre Nachricht"), widget=forms.Textarea(attrs={"rows": 5}), validators=[MaxLengthValidator(LONGEST_TEXT)]
    )


def keys_of(data: QueryDict, name: str = "anlass") -> list[int]:
    """The numbers of a repeated parameter, each once, three at most; what is no number is left out."""
    found = [int(text) for text in data.getlist(name) if text.isascii() and text.isdigit() and len(text) < 10]
    return list(dict.fromkeys(found))[:MOST_SERVICES]


def day_of(text: str) -> date | None:
    """A day as addresses write it, or nothing; only days that a calendar can reach."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    today = clock.today()
    return found if today - timedelta(days=400) <= found <= today + timedelta(days=800) else None


def time_of(word: str) -> tuple[int, datetime] | None:
    """Site and instant of a button's value, see ``queries.word_of``; nothing for anything else."""
    site, _at, text = word.partition("@")
    try:
        starts_at = datetime.strptime(text, "%Y-%m-%dT%H:%M").replace(tzinfo=UTC)
    except ValueError:
        return None
    if not (site.isascii() and site.isdigit() and len(site) < 10) or starts_at.second or starts_at.minute % 5:
        return None
    return int(site), starts_at


def choice_of(word: str, occasions: Sequence[Occasion]) -> Choice | None:
    """The time that a button names, at a site where the occasions are done; nothing for anything else."""
    found = time_of(word)
    if found is None or not occasions or day_of(found[1].date().isoformat()) is None:
        return None
    sites = {site.pk: site for site in queries.sites_for(occasions)}
    return Choice(occasions, sites[found[0]], found[1]) if found[0] in sites else None
