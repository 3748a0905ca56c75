"""The forms of the finance desk."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from direktdraht.payments.inputs import DAY, EurosField
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
        help_text=_("Eine XML-Datei nach camt.053 oder camt.054, höchstens 200 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xml,application/xml,text/xml"}),
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
