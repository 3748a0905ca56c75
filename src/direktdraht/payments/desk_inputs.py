"""The forms of the finance desk."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from direktdraht.payments.inputs import DAY, EurosField
from direktdraht.payments.ledger_file import ColumnChoice, Profile, WrongColumns, columns_of, text_of
from direktdraht.payments.setup import clean_iban
from direktdraht.people.models import Unit

MOST_FILE_BYTES = 200 * 1024 * 1024
ACCOUNT_NUMBER = r"^[A-Za-z0-9.-]{1,40}$"


class ReasonForm(forms.Form):
    """Why something is done; it stands in the books for ever."""

    reason = forms.CharField(label=_("Grund"), max_length=300, help_text=_("Er steht dauerhaft im Buch."))


class DayReasonForm(ReasonForm):
    """A later day to pay, and why."""

    due_on = forms.DateField(label=_("Neue Frist"), widget=DAY)

    field_order = ("due_on", "reason")


class RefundForm(ReasonForm):
    """How much goes back, why, and to which account if it goes by transfer."""

    amount = EurosField(label=_("Betrag in Euro"))
    payee_name = forms.CharField(label=_("Name"), max_length=140, required=False)
    payee_iban = forms.CharField(
        label=_("IBAN"), max_length=42, required=False, help_text=_("Nur für eine Überweisung. Sie kann auch später folgen.")
    )

    field_order = ("amount", "reason", "payee_name", "payee_iban")

    def clean_payee_iban(self) -> str:
        """Nothing, or an IBAN whose check digits hold."""
        text = self.cleaned_data["payee_iban"]
        found = clean_iban(text)
        if text.strip() and not found:
            raise forms.ValidationError(_("Diese IBAN stimmt nicht. Bitte vergleichen Sie jede Stelle."))
        return found


class AssignForm(forms.Form):
    """The order that a movement is for, and a part of it if not all."""

    reference = forms.CharField(label=_("Kassenzeichen"), max_length=60)
    amount = EurosField(label=_("Betrag in Euro"), required=False, help_text=_("Leer heißt: alles."))


class BankFileForm(forms.Form):
    """A file from the bank."""

    file = forms.FileField(
        label=_("Bankdatei"),
        help_text=_("Eine XML-Datei nach camt.053 oder camt.054 oder ein ZIP-Archiv davon, höchstens 200 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xml,.zip,application/xml,text/xml,application/zip"}),
    )

    def clean_file(self) -> Any:
        """A file that is not too large."""
        file = self.cleaned_data["file"]
        if file.size > MOST_FILE_BYTES:
            raise forms.ValidationError(_("Die Datei ist zu groß."))
        return file


class CloseForm(forms.Form):
    """The day to close."""

    day = forms.DateField(label=_("Tag"), widget=DAY)


class LedgerForm(forms.Form):
    """Which days of the ledger are shown; empty means from the beginning, or to the end."""

    von = forms.DateField(label=_("Von"), required=False, widget=DAY)
    bis = forms.DateField(label=_("Bis"), required=False, widget=DAY)

    def days(self) -> tuple[date | None, date | None]:
        """First and last day."""
        return self.cleaned_data.get("von"), self.cleaned_data.get("bis")


class DrawerForm(forms.Form):
    """Name and unit of a drawer."""

    name = forms.CharField(label=_("Name"), max_length=120)
    unit = forms.ModelChoiceField(label=_("Stelle"), queryset=Unit.objects.order_by("name"), empty_label=None)


class NewDrawerForm(DrawerForm):
    """A drawer with the key by which the books call it."""

    key = forms.SlugField(label=_("Kürzel"), max_length=40, help_text=_("Zum Beispiel rathaus. Es bleibt für immer."))

    field_order = ("name", "key", "unit")


class AccountForm(forms.Form):
    """Name and number of an account of the ledger."""

    name = forms.CharField(label=_("Name"), max_length=120)
    number = forms.RegexField(
        ACCOUNT_NUMBER,
        label=_("Sachkonto"),
        max_length=40,
        required=False,
        help_text=_("So heißt das Konto im Haushalt der Stadt. Zum Beispiel 331100"),
        error_messages={"invalid": _("Erlaubt sind Buchstaben, Ziffern, Punkt und Strich.")},
    )


class NewAccountForm(AccountForm):
    """An account of revenue; its number is its key too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The number is needed."""
        super().__init__(*args, **kwargs)
        self.fields["number"].required = True


SEPARATORS = [(";", _("Semikolon")), (",", _("Komma")), ("\t", _("Tabulator")), ("|", _("senkrechter Strich"))]
DATE_FORMS = [("iso", "2026-11-30"), ("german", "30.11.2026"), ("compact", "20261130"), ("short", "3011")]
ENCODINGS = [
    ("utf-8-sig", _("UTF-8 mit Kennung (für Tabellenprogramme)")),
    ("utf-8", _("UTF-8 ohne Kennung")),
    ("cp1252", _("Windows-1252 (ältere Programme)")),
    ("iso8859-15", _("ISO 8859-15")),
]


class ProfileForm(forms.Form):
    """How the ledger's file looks; ``profile`` is what a valid form says."""

    name = forms.CharField(label=_("Name dieser Ausgabe"), max_length=80)
    columns = forms.CharField(
        label=_("Spalten"),
        max_length=4000,
        help_text=_("Eine Spalte je Zeile, in der Reihenfolge der Datei. Hinter = steht ihr Name in der Datei: Sachkonto = Konto"),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )
    separator = forms.ChoiceField(label=_("Zeichen zwischen den Spalten"), choices=SEPARATORS)
    decimal = forms.ChoiceField(label=_("Zeichen vor den Cent"), choices=[(",", _("Komma")), (".", _("Punkt"))])
    dates = forms.ChoiceField(label=_("So steht ein Tag da"), choices=DATE_FORMS)
    encoding = forms.ChoiceField(label=_("Zeichensatz"), choices=ENCODINGS)
    with_head = forms.BooleanField(label=_("Die erste Zeile nennt die Spalten"), required=False)

    def clean_columns(self) -> tuple[ColumnChoice, ...]:
        """Columns that there are."""
        try:
            return columns_of(self.cleaned_data["columns"])
        except WrongColumns as problem:
            line = str(problem)
            said = _("Diese Zeile verstehen wir nicht: %(line)s") % {"line": line} if line else _("Bitte nennen Sie 1 bis 40 Spalten.")
            raise forms.ValidationError(said) from problem

    def profile(self) -> Profile:
        """What the form says; call it on a valid one."""
        return Profile(**{name: value for name, value in self.cleaned_data.items() if name != "name"})


def profile_initial(name: str, profile: Profile) -> dict[str, Any]:
    """A form of the file as it stands in the fields."""
    return {**profile.model_dump(), "columns": text_of(profile.columns), "name": name}
