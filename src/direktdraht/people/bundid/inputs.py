"""What staff enter about BundID."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from direktdraht.people.bundid.setting_up import MOST_BYTES


class MetadataForm(forms.Form):
    """The provider's metadata as a file."""

    file = forms.FileField(label=_("Metadaten des Nutzerkontos"), help_text=_("XML-Datei vom Betrieb des Nutzerkontos, höchstens 1 MB."))

    def clean_file(self) -> bytes:
        """The bytes of the file."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("Diese Datei ist größer als 1 MB."))
        content: bytes = file.read()
        return content


class ServiceForm(forms.Form):
    """The number of this service."""

    service_id = forms.CharField(
        label=_("Nummer dieses Onlinedienstes"),
        max_length=60,
        required=False,
        help_text=_("So hat BundID diesen Dienst benannt, zum Beispiel BMI-0000. Leer, wenn es keine gibt."),
        widget=forms.TextInput(attrs={"class": "dd-width-20", "spellcheck": "false"}),
    )
