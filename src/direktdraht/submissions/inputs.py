"""Forms of this room's pages."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from direktdraht.foundation import clock, codes
from direktdraht.foundation.texts import pick
from direktdraht.payments.inputs import RuleForm
from direktdraht.payments.models import Law as ClaimLaw
from direktdraht.services import queries as services
from direktdraht.services.models import Law
from direktdraht.writtenform.actions import Evidence

MOST_SCAN_BYTES = 20_000_000
SCAN_TYPES = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png"}


class ResumeForm(forms.Form):
    """Asks for a resume code."""

    code = forms.CharField(
        label=_("Ihr Code"),
        help_text=_("Er hat 28 Zeichen. Groß oder klein, mit oder ohne Striche ist gleich."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class CheckForm(forms.Form):
    """Asks for the number and check code of a receipt."""

    number = forms.CharField(label=_("Vorgangsnummer"), help_text=_("Zum Beispiel 26-48213-K"), max_length=30)
    code = forms.CharField(
        label=_("Prüfcode"),
        help_text=_("Steht auf der Quittung unter „Beweis“."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_number(self) -> str:
        """The number in its normal writing."""
        try:
            return codes.check_case_number(self.cleaned_data["number"])
        except codes.WrongCaseNumber as problem:
            raise forms.ValidationError(_("Diese Nummer stimmt nicht. Bitte vergleichen Sie sie mit Ihrer Quittung.")) from problem


class CodeForm(forms.Form):
    """Asks for the code of a frozen declaration."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("Er steht oben rechts auf dem Brief. Zum Beispiel T7KQ-9MXD-4HPA"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class LetterForm(forms.Form):
    """What a clerk states about a signed letter."""

    received_on = forms.DateField(label=_("Tag des Eingangs"), widget=forms.DateInput(attrs={"type": "date"}))
    signed = forms.BooleanField(label=_("Der Brief ist von Hand unterschrieben, der Text ist nicht verändert."))
    scan = forms.FileField(label=_("Scan des Briefs"), required=False, help_text=_("PDF, JPG oder PNG, höchstens 20 MB."))

    def clean_received_on(self) -> object:
        """Not a day that is still to come."""
        day = self.cleaned_data["received_on"]
        if day > clock.today():
            raise forms.ValidationError(_("Dieser Tag liegt in der Zukunft."))
        return day

    def clean_scan(self) -> Evidence | None:
        """The scan as evidence, by its content."""
        file: UploadedFile[bytes] | None = self.cleaned_data["scan"]
        if file is None:
            return None
        if (file.size or 0) > MOST_SCAN_BYTES:
            raise forms.ValidationError(_("Diese Datei ist größer als 20 MB."))
        content = file.read()
        kind = next((kind for head, kind in SCAN_TYPES.items() if content.startswith(head)), "")
        if not kind:
            raise forms.ValidationError(_("Bitte wählen Sie ein PDF oder ein Bild (JPG, PNG)."))
        return Evidence("letter", file.name or "brief", content, kind)


class CounterForm(forms.Form):
    """What a clerk states about a person at the counter."""

    document = forms.ChoiceField(
        label=_("Ausgewiesen mit"),
        choices=[("id_card", _("Personalausweis")), ("passport", _("Reisepass")), ("residence", _("Aufenthaltstitel"))],
    )
    confirmed = forms.BooleanField(label=_("Die Person hat die Erklärung gelesen und bestätigt."))


class SignedFileForm(forms.Form):
    """A declaration that comes back signed."""

    file = forms.FileField(
        label=_("Unterschriebene Datei"), help_text=_("PDF, oder die Signatur in einer eigenen Datei (p7s). Höchstens 20 MB.")
    )

    def clean_file(self) -> bytes:
        """The bytes of the file."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_SCAN_BYTES:
            raise forms.ValidationError(_("Diese Datei ist größer als 20 MB."))
        content: bytes = file.read()
        return content


def service_titles() -> dict[str, str]:
    """The name of every service by its key."""
    return {one.key: pick(one.title, "de")[0] for one in services.for_staff()}


ORDERED, BY_NOTICE = _("gleich nach dem Eingang zu zahlen"), _("durch eigenen Bescheid")


class ServiceRuleForm(RuleForm):
    """A new rule about a service."""

    service = forms.ChoiceField(label=_("Dienst"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer all services by name."""
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = sorted(service_titles().items(), key=lambda one: one[1])  # type: ignore[attr-defined]  # a ChoiceField


class FeeForm(ServiceRuleForm):
    """Where the fee of a service goes, and by which law it is claimed."""

    account = forms.RegexField(
        r"^[A-Za-z0-9.-]{1,40}$",
        label=_("Ertragskonto"),
        help_text=_("Zum Beispiel 331100"),
        error_messages={"invalid": _("Erlaubt sind Buchstaben, Ziffern, Punkt und Strich.")},
    )
    cost_centre = forms.RegexField(
        r"^[A-Za-z0-9.-]{0,40}$",
        label=_("Kostenstelle"),
        required=False,
        help_text=_("Leer: das Kürzel der Stelle."),
        error_messages={"invalid": _("Erlaubt sind Buchstaben, Ziffern, Punkt und Strich.")},
    )
    law = forms.ChoiceField(label=_("Recht der Forderung"), choices=ClaimLaw.choices)


class OrderingForm(RuleForm):
    """Whether fees under a law of procedure are ordered at once."""

    FIRST_DAY = 1

    law = forms.ChoiceField(label=_("Verfahrensrecht"), choices=Law.choices)
    ordered = forms.TypedChoiceField(
        label=_("Gebühr"),
        choices=[("yes", ORDERED), ("no", BY_NOTICE)],
        coerce=lambda word: word == "yes",
    )
