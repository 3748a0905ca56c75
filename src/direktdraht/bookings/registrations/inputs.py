"""The forms of the registrations' pages."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

from direktdraht.bookings.registrations import asking, typed_lines
from direktdraht.bookings.registrations.models import Entitlement, Mode, Offer, Presence, Series
from direktdraht.bookings.registrations.typed_lines import UnreadableLine
from direktdraht.foundation import clock
from direktdraht.foundation.money import cents_of
from direktdraht.people.models import Account, Unit
from direktdraht.questions.definition.errors import DefinitionError

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
OLDEST_YEARS = 120
QUESTION_LINES = _("Je Zeile: Frage | ja/nein, text, langer text oder Antworten mit Komma | freiwillig")


def moment(label: Any, help_text: Any = "") -> forms.DateTimeField:
    """A field for an instant, in Germany's time."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, help_text=help_text, widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])


def typed(label: Any, help_text: Any, rows: int = 4) -> forms.CharField:
    """A field that is typed line by line; may be empty."""
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": rows}))


def read_lines(form: forms.Form, found: dict[str, Any], **read: Callable[[str], Any]) -> None:
    """Read fields that are typed line by line; a line that cannot be read becomes an error of its field."""
    for name, reader in read.items():
        try:
            found[name] = reader(found.get(name, ""))
        except UnreadableLine as problem:
            form.add_error(name, str(problem))


def questions_in(text: str) -> list[dict[str, Any]]:
    """Questions as typed. Raises UnreadableLine, also for lines that make no questions together."""
    found = typed_lines.read_questions(text)
    try:
        asking.definition_of(found, "x")
    except DefinitionError as problem:
        raise UnreadableLine(_("Diese Fragen lassen sich so nicht stellen.")) from problem
    return found


class ContactForm(forms.Form):
    """Who speaks for the party, and what minors need."""

    name = forms.CharField(label=_("Ihr Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        max_length=320,
        help_text=_("Dorthin schicken wir den Link zu Ihrer Anmeldung und jede Nachricht."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(label=_("Telefon"), max_length=40, required=False, widget=forms.TextInput(attrs={"autocomplete": "tel"}))
    emergency_name = forms.CharField(
        label=_("Notfallkontakt: Name"), max_length=200, required=False, help_text=_("Nötig, wenn Minderjährige dabei sind.")
    )
    emergency_phone = forms.CharField(label=_("Notfallkontakt: Telefon"), max_length=40, required=False)
    pickup = forms.CharField(
        label=_("Wer darf abholen?"),
        max_length=500,
        required=False,
        help_text=_("Namen, durch Komma getrennt. Sie selbst dürfen immer abholen."),
    )
    consents = forms.BooleanField(
        label=_("Ich bin sorgeberechtigt und willige ein, dass die angemeldeten Minderjährigen teilnehmen."), required=False
    )


class PersonForm(forms.Form):
    """One participant."""

    name = forms.CharField(label=_("Name"), max_length=200)
    born_on = forms.DateField(label=_("Geburtsdatum"), widget=DAY)
    entitlement = forms.ModelChoiceField(
        label=_("Gehört zu einer Gruppe?"), queryset=Entitlement.objects.none(), required=False, empty_label=_("keine")
    )
    health = forms.CharField(
        label=_("Hinweise zur Gesundheit"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Zum Beispiel Allergien. Nur die Leitung des Angebots liest sie. Wir speichern sie verschlüsselt, bis 14 Tage nach dem Ende."
        ),
    )

    def __init__(self, *args: Any, series: Series, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = series.entitlements.order_by("label")
        self.fields["entitlement"].queryset = groups  # type: ignore[attr-defined]  # a ModelChoiceField
        if not groups:
            del self.fields["entitlement"]

    def clean_born_on(self) -> Any:
        """A day of birth that can be."""
        day = self.cleaned_data["born_on"]
        if not 0 <= clock.today().year - day.year <= OLDEST_YEARS or day > clock.today():
            raise forms.ValidationError(_("Bitte prüfen Sie das Geburtsdatum."))
        return day


class AddWishForm(forms.Form):
    """Which offer is wished for next."""

    offer = forms.ModelChoiceField(label=_("Angebot"), queryset=Offer.objects.none())


class CancelForm(forms.Form):
    """Where a refund goes."""

    payee_name = forms.CharField(label=_("Kontoinhaber/in"), max_length=140, required=False)
    payee_iban = forms.CharField(label="IBAN", max_length=42, required=False, help_text=_("Ohne IBAN fragen wir Sie später danach."))

    def clean_payee_iban(self) -> str:
        """An IBAN whose check digits hold."""
        text: str = self.cleaned_data["payee_iban"]
        try:
            return str(IBAN(text)) if text.strip() else ""
        except SchwiftyException as problem:
            raise forms.ValidationError(_("Diese IBAN enthält einen Tippfehler.")) from problem


class ReasonForm(forms.Form):
    """Why staff do something; the person reads it."""

    reason = forms.CharField(
        label=_("Grund"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Die Person kann ihn lesen.")
    )


class MoveForm(ReasonForm):
    """To which offer a person is moved, and why."""

    to = forms.ModelChoiceField(label=_("Angebot"), queryset=Offer.objects.none())
    field_order = ("to", "reason")


class AnnounceForm(forms.Form):
    """A message to the participants."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    subject = forms.CharField(label=_("Betreff"), max_length=200)
    text = forms.CharField(label=_("Nachricht"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 8}))
    waiting_too = forms.BooleanField(label=_("Auch an die Warteliste"), required=False)


class TickForm(forms.Form):
    """One press on an attendance list: for whom, what, and what the page showed before; empty: nothing noted."""

    booking = forms.IntegerField(min_value=1)
    presence = forms.TypedChoiceField(choices=Presence.choices, required=False, coerce=Presence, empty_value=None)
    seen = forms.TypedChoiceField(choices=Presence.choices, required=False, coerce=Presence, empty_value=None)


class RestForm(forms.Form):
    """Whom an attendance list showed without a note: keys of places, separated by commas."""

    bookings = forms.RegexField(regex=r"^\d{1,18}(,\d{1,18})*$", max_length=40_000)

    def clean_bookings(self) -> list[int]:
        """The keys as numbers."""
        return [int(key) for key in self.cleaned_data["bookings"].split(",")]


class EventForm(forms.Form):
    """The result of the announced public event."""

    event = forms.CharField(label=_("Ergebnis des Ereignisses"), max_length=200, required=False)


class CopyForm(forms.Form):
    """Name and address of the copy of a series."""

    title = forms.CharField(label=_("Name"), max_length=200)
    key = forms.SlugField(label=_("Kurzname für die Adresse"), max_length=60, help_text=_("Zum Beispiel ferienpass-2027"))

    def clean_key(self) -> str:
        """An address that is free."""
        key: str = self.cleaned_data["key"].lower()
        if Series.objects.filter(pk=key).exists():
            raise forms.ValidationError(_("Diesen Kurznamen gibt es schon."))
        return key


class SeriesForm(forms.Form):
    """Everything about a series."""

    title = forms.CharField(label=_("Name"), max_length=200)
    intro = forms.CharField(label=_("Beschreibung"), required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 4}))
    mode = forms.ChoiceField(label=_("Wie die Plätze vergeben werden"), choices=Mode.choices, widget=forms.RadioSelect)
    opens_at = moment(_("Anmeldung ab"))
    closes_at = moment(_("Anmeldung bis"))
    answer_hours = forms.IntegerField(
        label=_("Stunden zum Antworten"),
        min_value=1,
        max_value=720,
        initial=72,
        help_text=_("So lange wird ein frei gewordener Platz angeboten."),
    )
    pay_days = forms.IntegerField(label=_("Tage zum Bezahlen"), min_value=1, max_value=90, initial=14)
    remind_days = forms.IntegerField(
        label=_("Tage vor dem ersten Termin, an denen wir erinnern"),
        required=False,
        min_value=1,
        max_value=60,
        initial=2,
        help_text=_("Leer: Wir erinnern nicht."),
    )
    public_event = forms.CharField(
        label=_("Öffentliches Ereignis für die Verlosung"),
        required=False,
        max_length=200,
        help_text=_("Zum Beispiel: Lottozahlen vom 16. Mai 2026. Ihr Ergebnis kommt zum Startwert dazu."),
    )
    revenue_account = forms.RegexField(
        label=_("Sachkonto"), regex=r"^[A-Za-z0-9.-]{1,40}$", required=False, help_text=_("Nötig für Angebote mit Preis.")
    )
    cost_centre = forms.RegexField(label=_("Kostenstelle"), regex=r"^[A-Za-z0-9.-]{1,40}$", required=False)
    rules = typed(_("Erstattung bei Absage"), _("Je Zeile: Tage vor dem ersten Termin, Doppelpunkt, Prozent. Zum Beispiel 14: 100"))
    groups = typed(_("Gruppen mit Ermäßigung oder eigenen Plätzen"), _("Je Zeile: Name | Ermäßigung in Prozent | Nachweis"))
    questions = typed(_("Fragen zu jeder Person"), QUESTION_LINES)

    def clean(self) -> dict[str, Any]:
        """Read what was typed line by line."""
        found = super().clean() or {}
        if found.get("opens_at") and found.get("closes_at") and found["closes_at"] <= found["opens_at"]:
            self.add_error("closes_at", str(_("Das Ende muss nach dem Anfang liegen.")))
        read_lines(self, found, rules=typed_lines.read_rules, groups=typed_lines.read_groups, questions=questions_in)
        return found


class NewSeriesForm(SeriesForm):
    """A new series with its address and unit."""

    key = CopyForm.base_fields["key"]
    unit = forms.ModelChoiceField(label=_("Stelle"), queryset=Unit.objects.none())
    field_order = ("title", "key", "unit")
    clean_key = CopyForm.clean_key

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # a ModelChoiceField


class OfferForm(forms.Form):
    """Everything about an offer."""

    title = forms.CharField(label=_("Name"), max_length=200)
    text = forms.CharField(label=_("Beschreibung"), required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 5}))
    topic = forms.CharField(label=_("Thema"), required=False, max_length=60, help_text=_("Zum Beispiel Sport, Natur, Kunst"))
    place = forms.CharField(label=_("Ort"), required=False, max_length=200)
    age_from = forms.IntegerField(label=_("Alter ab"), required=False, min_value=0, max_value=120)
    age_to = forms.IntegerField(label=_("Alter bis"), required=False, min_value=0, max_value=120)
    places = forms.IntegerField(label=_("Plätze"), min_value=0, max_value=2_000)
    reserved = typed(_("Davon für Gruppen"), _("Je Zeile: Name der Gruppe, Doppelpunkt, Zahl. Zum Beispiel Familienpass: 3"), 2)
    price = forms.DecimalField(label=_("Preis in Euro"), min_value=0, max_value=10_000, decimal_places=2, initial=0)
    sessions = typed(_("Termine"), _("Je Zeile ein Termin. Zum Beispiel 20.07.2026 09:00-12:00"))
    certificate_sessions = forms.IntegerField(
        label=_("Termine für eine Bescheinigung"),
        required=False,
        min_value=1,
        max_value=200,
        help_text=_("So oft muss jemand da gewesen sein. Leer: Es gibt keine Bescheinigung."),
    )
    questions = typed(_("Eigene Fragen dieses Angebots"), QUESTION_LINES)
    leaders = forms.ModelMultipleChoiceField(
        label=_("Leitung"),
        queryset=Account.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nur sie liest Hinweise zur Gesundheit."),
    )

    def __init__(self, *args: Any, series: Series, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.labels = list(series.entitlements.order_by("label").values_list("label", flat=True))
        self.fields["leaders"].queryset = members  # type: ignore[attr-defined]  # a ModelMultipleChoiceField
        if not self.labels:
            del self.fields["reserved"]

    def clean(self) -> dict[str, Any]:
        """Read what was typed line by line; the price in whole cents."""
        found = super().clean() or {}
        reserved = partial(typed_lines.read_reserved, labels=self.labels)
        read_lines(self, found, sessions=typed_lines.read_sessions, reserved=reserved, questions=questions_in)
        if len(found.get("sessions") or ()) < (found.get("certificate_sessions") or 0):
            self.add_error("certificate_sessions", str(_("So viele Termine hat dieses Angebot nicht.")))
        if found.get("age_from") is not None and found.get("age_to") is not None and found["age_to"] < found["age_from"]:
            self.add_error("age_to", str(_("Das höchste Alter liegt unter dem niedrigsten.")))
        found["price_cents"] = cents_of(found.pop("price", None) or Decimal(0))
        return found
