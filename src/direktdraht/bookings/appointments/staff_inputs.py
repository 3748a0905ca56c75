"""What staff type: reasons, sites, occasions, counters, hours, exceptions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from direktdraht.bookings.appointments.inputs import day_input, time_input
from direktdraht.bookings.appointments.models import MOST_SEATS, RASTERS, WEEKDAYS, Counter, DayException, Occasion, Site
from direktdraht.foundation import clock
from direktdraht.people.models import Unit


class ReasonForm(forms.Form):
    """Why the city changes something; the person reads it."""

    reason = forms.CharField(
        label=_("Grund"), max_length=500, help_text=_("Die Person bekommt ihn mitgeteilt."), widget=forms.Textarea(attrs={"rows": 3})
    )


class CloseForm(ReasonForm):
    """Which day a counter is closed, and why."""

    day = forms.DateField(label=_("Tag"), widget=day_input())
    field_order = ("day", "reason")

    def clean_day(self) -> date:
        """Not in the past."""
        found: date = self.cleaned_data["day"]
        if found < clock.today():
            raise forms.ValidationError(gettext("Dieser Tag ist vorbei."))
        return found


class OfUnit(forms.Form):
    """Something that belongs to a unit and is offered or not."""

    unit = forms.ChoiceField(label=_("Zuständige Stelle"))
    active = forms.BooleanField(label=_("Termine anbieten"), required=False, initial=True)

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["unit"].choices = [(unit.pk, unit.name) for unit in units]


class SiteForm(OfUnit):
    """A site."""

    name = forms.CharField(label=_("Name"), max_length=120)
    address = forms.CharField(label=_("Anschrift"), max_length=200)
    note = forms.CharField(
        label=_("Zugang"), max_length=300, required=False, help_text=_("Zum Beispiel: stufenfrei, Aufzug am Haupteingang")
    )
    field_order = ("name", "address", "note", "unit", "active")

    def site(self, known: Site) -> Site:
        """The site with what was typed; only after ``is_valid``."""
        found = self.cleaned_data
        known.name, known.address, known.note = found["name"], found["address"], found["note"]
        known.unit_id, known.active = found["unit"], found["active"]
        return known


class OccasionForm(OfUnit):
    """An occasion."""

    title_de = forms.CharField(label=_("Name auf Deutsch"), max_length=120)
    title_en = forms.CharField(label=_("Name auf Englisch"), max_length=120, required=False)
    minutes = forms.IntegerField(label=_("Dauer in Minuten"), min_value=5, max_value=480, step_size=5, initial=15)
    buffer_minutes = forms.IntegerField(label=_("Pause danach in Minuten"), min_value=0, max_value=120, step_size=5, initial=0)
    lead_minutes = forms.IntegerField(label=_("Buchbar bis so viele Minuten vorher"), min_value=0, max_value=43200, initial=60)
    days_ahead = forms.IntegerField(label=_("Buchbar so viele Tage im Voraus"), min_value=1, max_value=366, initial=60)
    bring_de = forms.CharField(
        label=_("Bitte mitbringen, auf Deutsch"), required=False, max_length=1000, help_text=_("Eine Sache je Zeile"), widget=forms.Textarea
    )
    bring_en = forms.CharField(label=_("Bitte mitbringen, auf Englisch"), required=False, max_length=1000, widget=forms.Textarea)
    by_request = forms.BooleanField(label=_("Knapp: Zeiten nur über die Wunschliste vergeben"), required=False)
    field_order = (
        *("title_de", "title_en", "minutes", "buffer_minutes", "lead_minutes", "days_ahead", "bring_de", "bring_en", "by_request"),
        *("unit", "active"),
    )

    def occasion(self, known: Occasion) -> Occasion:
        """The occasion with what was typed; only after ``is_valid``."""
        found = self.cleaned_data
        known.title = {key: found[f"title_{key}"] for key in ("de", "en") if found[f"title_{key}"]}
        known.bring = {key: found[f"bring_{key}"] for key in ("de", "en") if found[f"bring_{key}"]}
        for name in ("minutes", "buffer_minutes", "lead_minutes", "days_ahead", "by_request", "active"):
            setattr(known, name, found[name])
        known.unit_id = found["unit"]
        return known


class CounterForm(forms.Form):
    """A counter of a site."""

    name = forms.CharField(label=_("Name"), max_length=80)
    occasions = forms.MultipleChoiceField(label=_("Anlässe"), widget=forms.CheckboxSelectMultiple)
    seats = forms.IntegerField(label=_("Plätze gleichzeitig"), min_value=1, max_value=MOST_SEATS, initial=1)
    raster_minutes = forms.TypedChoiceField(label=_("Beginn alle so viele Minuten"), choices=RASTERS, coerce=int, initial=15)
    active = forms.BooleanField(label=_("Termine anbieten"), required=False, initial=True)

    def __init__(self, *args: Any, known_occasions: Sequence[Occasion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_occasions = {str(one.pk): one for one in known_occasions}
        fields: Any = self.fields
        fields["occasions"].choices = [(key, str(one)) for key, one in self.known_occasions.items()]

    def counter(self, known: Counter) -> Counter:
        """The counter with what was typed; only after ``is_valid``."""
        found = self.cleaned_data
        known.name, known.seats = found["name"], found["seats"]
        known.raster_minutes, known.active = found["raster_minutes"], found["active"]
        return known

    def chosen(self) -> list[Occasion]:
        """The chosen occasions."""
        return [self.known_occasions[key] for key in self.cleaned_data["occasions"]]


class OfSite(forms.Form):
    """A rule of a site: for all its counters or for one."""

    counter = forms.ChoiceField(label=_("Gilt für"), required=False)

    def __init__(self, *args: Any, counters: Sequence[Counter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counters = {str(one.pk): one for one in counters}
        fields: Any = self.fields
        fields["counter"].choices = [("", gettext("alle Schalter")), *((key, one.name) for key, one in self.counters.items())]

    def ordered(self, first: str, last: str) -> None:
        """Put an error on ``last`` when it does not come after ``first``."""
        begins, ends = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if begins and ends and ends <= begins:
            self.add_error(last, gettext("Das Ende liegt vor dem Anfang."))


class HoursForm(OfSite):
    """Opening hours on some weekdays."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("Wochentage"), choices=WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple, initial=[0, 1, 2, 3, 4]
    )
    opens = forms.TimeField(label=_("Öffnet um"), widget=time_input())
    closes = forms.TimeField(label=_("Schließt um"), widget=time_input())
    valid_from = forms.DateField(label=_("Gilt ab"), widget=day_input())
    valid_to = forms.DateField(label=_("Gilt bis"), required=False, widget=day_input())

    def clean(self) -> dict[str, Any]:
        """Times and days in their order."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        self.ordered("opens", "closes")
        begins, ends = found.get("valid_from"), found.get("valid_to")
        if begins and ends and ends < begins:
            self.add_error("valid_to", gettext("Das Ende liegt vor dem Anfang."))
        return found


class EndForm(forms.Form):
    """The last day of opening hours."""

    last_day = forms.DateField(label=_("Letzter Tag"), widget=day_input())


class ExceptionForm(OfSite):
    """A day that is different."""

    day = forms.DateField(label=_("Tag"), widget=day_input())
    is_open = forms.TypedChoiceField(
        label=_("Was gilt an diesem Tag?"),
        choices=(("closed", _("geschlossen")), ("open", _("zusätzlich geöffnet"))),
        coerce=lambda word: word == "open",
        widget=forms.RadioSelect,
        initial="closed",
    )
    opens = forms.TimeField(label=_("Von"), required=False, widget=time_input(), help_text=_("Leer heißt: den ganzen Tag geschlossen"))
    closes = forms.TimeField(label=_("Bis"), required=False, widget=time_input())
    note = forms.CharField(label=_("Notiz"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """Both times or none; extra hours need them."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        self.ordered("opens", "closes")
        if bool(found.get("opens")) != bool(found.get("closes")) or (found.get("is_open") and not found.get("opens")):
            self.add_error("closes", gettext("Bitte geben Sie Anfang und Ende an."))
        if found.get("day") and found["day"] < clock.today():
            self.add_error("day", gettext("Dieser Tag ist vorbei."))
        return found

    def exception(self, site: Site) -> DayException:
        """The exception that was typed; only after ``is_valid``."""
        found = self.cleaned_data
        return DayException(
            site=site,
            counter=self.counters.get(found["counter"]),
            **{name: found[name] for name in ("day", "is_open", "opens", "closes", "note")},
        )
