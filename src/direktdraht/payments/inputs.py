"""The forms of this room's pages."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from direktdraht.foundation import clock
from direktdraht.foundation.money import cents_of
from direktdraht.payments.models import CashDrawer
from direktdraht.payments.setup import Setup, clean_iban

MOST_EUROS = Decimal("1000000")


class EurosField(forms.Field):
    """An amount in euros, typed as people write it (``12,50``); the cleaned value is whole cents."""

    def __init__(self, *, label: Any, least: Decimal = Decimal("0.01"), required: bool = True, help_text: Any = "") -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "dd-width-10"})
        super().__init__(label=label, required=required, help_text=help_text, widget=widget)
        self.least = least

    def clean(self, value: Any) -> int | None:
        """The amount in whole cents; ``1.234,50``, ``1234,5`` and ``12.50 €`` are understood."""
        text = re.sub(r"[\s€]", "", str(super().clean(value) or ""))
        if not text:
            return None
        if "," in text:
            text = text.replace(".", "").replace(",", ".")
        if not re.fullmatch(r"\d{1,9}(\.\d{1,2})?", text, re.ASCII):
            raise forms.ValidationError(_("Bitte schreiben Sie den Betrag so: 12,50"))
        amount = Decimal(text)
        if not self.least <= amount <= MOST_EUROS:
            raise forms.ValidationError(_("Dieser Betrag ist nicht möglich. Bitte prüfen Sie die Zahl."))
        return cents_of(amount)


class EnterForm(forms.Form):
    """Reference and key of an order."""

    reference = forms.CharField(label=_("Kassenzeichen"), max_length=60, help_text=_("Zum Beispiel 26.0000412.7"))
    key = forms.CharField(
        label=_("Schlüssel"),
        max_length=80,
        help_text=_("Es ist der Schlüssel aus Ihrer Eingangsbestätigung."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class PayeeForm(forms.Form):
    """The account that a transfer goes to."""

    name = forms.CharField(label=_("Wem das Konto gehört"), max_length=140, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    iban = forms.CharField(label=_("IBAN"), max_length=42, widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}))

    def clean_iban(self) -> str:
        """An IBAN whose check digits hold."""
        found = clean_iban(self.cleaned_data["iban"])
        if not found:
            raise forms.ValidationError(_("Diese IBAN stimmt nicht. Bitte vergleichen Sie jede Stelle."))
        return found


class DrawerForm(forms.Form):
    """Which drawer is taken over, with how much in it."""

    drawer = forms.ModelChoiceField(label=_("Barkasse"), queryset=CashDrawer.objects.none(), empty_label=None)
    float_cents = EurosField(label=_("Gezähltes Wechselgeld in Euro"), least=Decimal(0), help_text=_("Zum Beispiel 150,00"))


class CashForm(forms.Form):
    """Cash for an order, with a one-time token against double clicks."""

    reference = forms.CharField(label=_("Kassenzeichen"), max_length=60)
    cents = EurosField(label=_("Betrag in Euro"), required=False, help_text=_("Leer: alles, was offen ist."))
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class PickupForm(forms.Form):
    """Cash that is brought to the bank."""

    cents = EurosField(label=_("Betrag in Euro"))
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class CountForm(forms.Form):
    """What was counted at the end."""

    counted_cents = EurosField(label=_("Gezählt, in Euro"), least=Decimal(0))
    note = forms.CharField(
        label=_("Bemerkung"), max_length=300, required=False, help_text=_("Nötig, wenn der Betrag nicht zum Buch passt.")
    )


METHOD_CHOICES = [("luhn", _("Luhn (eine Ziffer)")), ("mod11", _("Modulo 11 (eine Ziffer)")), ("mod97", _("Modulo 97 (zwei Ziffern)"))]


REMIND_NEVER = _("Eine Mail an alle, die eine Adresse haben. Leer: keine Erinnerung.")


class SetupForm(forms.Form):
    """The city's settings; what fits together is for ``setup.Setup`` to say."""

    payee = forms.CharField(label=_("Empfänger"), max_length=70)
    iban = forms.CharField(label=_("IBAN"), max_length=42, required=False, help_text=_("Leer: niemand kann überweisen."))
    bic = forms.CharField(label=_("BIC"), max_length=11, required=False)
    bank_name = forms.CharField(label=_("Bank"), max_length=70, required=False)
    reference_pattern = forms.CharField(
        label=_("Muster der Kassenzeichen"),
        max_length=40,
        help_text=_("J Jahr, N laufende Nummer (mindestens sechs Stellen), P Prüfziffer am Ende. Zum Beispiel JJ.NNNNNNN.P"),
    )
    reference_method = forms.ChoiceField(label=_("Prüfziffer"), choices=METHOD_CHOICES)
    due_days = forms.IntegerField(label=_("Tage bis zur Fälligkeit"), min_value=1, max_value=365)
    grace_days = forms.IntegerField(
        label=_("Tage, die wir auf Kontoauszüge warten"),
        min_value=0,
        max_value=30,
        help_text=_("Erst danach läuft ein Auftrag ab, der überwiesen werden kann."),
    )
    remind_before_days = forms.IntegerField(
        label=_("Tage vor der Fälligkeit, an denen wir erinnern"), min_value=1, max_value=60, required=False, help_text=REMIND_NEVER
    )
    remind_after_days = forms.IntegerField(
        label=_("Tage nach der Fälligkeit und dem Warten, an denen wir erinnern"),
        min_value=0,
        max_value=60,
        required=False,
        help_text=REMIND_NEVER,
    )
    fee_account = forms.CharField(label=_("Ertragskonto für Gebühren"), max_length=40)
    fee_cost_centre = forms.CharField(
        label=_("Kostenstelle für Gebühren"), max_length=40, required=False, help_text=_("Leer: das Kürzel der Stelle.")
    )

    def clean(self) -> dict[str, Any]:
        """Check that everything fits together."""
        given = super().clean() or {}
        if not self.errors:
            try:
                Setup.model_validate(given)
            except ValidationError as error:
                for problem in error.errors():
                    name = str(problem["loc"][0])
                    self.add_error(FIELD_OF.get(name, name), str(WRONG.get(name, _("Diese Angabe passt nicht."))))
        return given

    def setup(self) -> Setup:
        """The settings of a valid form."""
        return Setup.model_validate(self.cleaned_data)


# The method is checked together with the pattern, which is where a person mends it.
FIELD_OF = {"reference_method": "reference_pattern"}
WRONG = {
    "iban": _("Diese IBAN enthält einen Tippfehler."),
    "bic": _("Eine BIC hat 8 oder 11 Zeichen."),
    "reference_method": _("Dieses Muster passt nicht zur Prüfziffer. Zum Beispiel: JJ.NNNNNNN.P"),
}


DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RuleForm(forms.Form):
    """What every new rule needs: its legal ground and its days. ``FIRST_DAY`` is in how many days it can begin at the earliest."""

    FIRST_DAY = 0

    legal_basis = forms.CharField(
        label=_("Rechtsgrundlage"), max_length=300, help_text=_("Zum Beispiel der Paragraph der Gebührensatzung.")
    )
    valid_from = forms.DateField(label=_("Gilt ab"), widget=DAY)
    valid_to = forms.DateField(label=_("Gilt bis"), widget=DAY, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The first day that is possible stands there already."""
        super().__init__(*args, **kwargs)
        self.first_day = clock.today() + timedelta(days=self.FIRST_DAY)
        self.fields["valid_from"].initial = self.first_day
        self.order_fields([name for name in self.fields if name not in RuleForm.base_fields])

    def clean_valid_from(self) -> date:
        """Not in the past: what has begun keeps the rule under which it began."""
        day: date = self.cleaned_data["valid_from"]
        if day < self.first_day:
            raise forms.ValidationError(
                _("Die Regel kann frühestens morgen beginnen.") if self.FIRST_DAY else _("Die Regel kann frühestens heute beginnen.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        """A rule does not end before it begins."""
        found = super().clean() or {}
        begins, ends = found.get("valid_from"), found.get("valid_to")
        if begins and ends and ends < begins:
            self.add_error("valid_to", str(_("Die Regel endet, bevor sie beginnt.")))
        return found
