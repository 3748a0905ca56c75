"""Forms of this room's pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from direktdraht.foundation import codes


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
