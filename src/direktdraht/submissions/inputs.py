"""Forms of this room's pages."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from direktdraht.foundation import clock, codes
from direktdraht.foundation.texts import pick
from direktdraht.services import queries as services
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


class PayFirstForm(forms.Form):
    """A new rule: which service, on what legal ground, when."""

    service = forms.ChoiceField(label=_("Dienst"))
    legal_basis = forms.CharField(
        label=_("Rechtsgrundlage"), max_length=300, help_text=_("Zum Beispiel der Paragraph der Gebührensatzung.")
    )
    valid_from = forms.DateField(label=_("Gilt ab"), widget=forms.DateInput(attrs={"type": "date"}))
    valid_to = forms.DateField(label=_("Gilt bis"), widget=forms.DateInput(attrs={"type": "date"}), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Offer all services by name."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they are
        self.fields["service"].choices = sorted(service_titles().items(), key=lambda one: one[1])  # type: ignore[attr-defined]  # a ChoiceField

    def clean_valid_from(self) -> object:
        """Not in the past: who began to pay afterwards would be held to another rule."""
        day = self.cleaned_data["valid_from"]
        if day < clock.today():
            raise forms.ValidationError(gettext("Die Regel kann frühestens heute beginnen."))
        return day

    def clean(self) -> dict[str, object]:
        """A rule does not end before it begins."""
        found = super().clean() or {}
        begins, ends = found.get("valid_from"), found.get("valid_to")
        if begins and ends and ends < begins:
            self.add_error("valid_to", gettext("Die Regel endet, bevor sie beginnt."))
        return found
