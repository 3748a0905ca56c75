"""The form of the city's settings. The schema is ``foundation.city.settings.City``."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from direktdraht.foundation.city import contrast
from direktdraht.foundation.city.settings import City, Logo
from direktdraht.portal.logos import MOST_BYTES, LogoRefused, checked_logo

STATES = [
    ("BW", "Baden-Württemberg"),
    ("BY", "Bayern"),
    ("BE", "Berlin"),
    ("BB", "Brandenburg"),
    ("HB", "Bremen"),
    ("HH", "Hamburg"),
    ("HE", "Hessen"),
    ("MV", "Mecklenburg-Vorpommern"),
    ("NI", "Niedersachsen"),
    ("NW", "Nordrhein-Westfalen"),
    ("RP", "Rheinland-Pfalz"),
    ("SL", "Saarland"),
    ("SN", "Sachsen"),
    ("ST", "Sachsen-Anhalt"),
    ("SH", "Schleswig-Holstein"),
    ("TH", "Thüringen"),
]
MAP_KINDS = [("own", _("nur die eigenen Straßen")), ("wms", _("WMS der Stadt")), ("wmts", _("WMTS der Stadt"))]
GENDER_STYLES = [(":", _("Bürger:innen")), ("*", _("Bürger*innen")), ("pair", _("Bürgerinnen und Bürger"))]


def wide() -> forms.TextInput:
    """A one-line field of full width."""
    return forms.TextInput(attrs={"class": "dd-width-20"})


class CityForm(forms.Form):
    """What staff change about the city; ``city`` and ``new_logo`` hold the checked result."""

    name = forms.CharField(label=_("Name, wie er oben auf jeder Seite steht"), min_length=2, max_length=80, widget=wide())
    place = forms.CharField(label=_("Ort"), min_length=2, max_length=80, widget=wide())
    state = forms.ChoiceField(label=_("Bundesland"), choices=STATES, help_text=_("Danach richten sich Feiertage und Rechtsbehelfe."))
    accent = forms.CharField(
        label=_("Farbe der Stadt"),
        widget=forms.TextInput(attrs={"class": "dd-width-8", "spellcheck": "false"}),
        help_text=_("Als Farbwert mit sechs Stellen, zum Beispiel #003c90. Auf Weiß muss man sie gut lesen können."),
    )
    logo = forms.FileField(label=_("Logo oder Wappen"), required=False, help_text=_("PNG oder SVG, höchstens 200 KB."))
    remove_logo = forms.BooleanField(label=_("Eigenes Logo entfernen"), required=False)
    gender_style = forms.ChoiceField(label=_("Schreibweise für alle Geschlechter"), choices=GENDER_STYLES, widget=forms.RadioSelect)
    address = forms.CharField(label=_("Anschrift"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    represented_by = forms.CharField(label=_("Vertreten durch"), max_length=200, widget=wide())
    phone = forms.CharField(label=_("Telefon"), max_length=60, widget=wide())
    email = forms.EmailField(label=_("E-Mail-Adresse der Stadt"), widget=forms.EmailInput(attrs={"class": "dd-width-20"}))
    vat_id = forms.CharField(label=_("Umsatzsteuer-Identifikationsnummer"), max_length=30, required=False, widget=wide())
    privacy_email = forms.EmailField(label=_("E-Mail-Adresse für den Datenschutz"), widget=forms.EmailInput(attrs={"class": "dd-width-20"}))
    supervisory_authority = forms.CharField(label=_("Aufsichtsbehörde für den Datenschutz"), max_length=300)
    accessibility_email = forms.EmailField(label=_("E-Mail-Adresse für Barrieren"), widget=forms.EmailInput(attrs={"class": "dd-width-20"}))
    enforcement_body = forms.CharField(label=_("Schlichtungs- oder Durchsetzungsstelle"), max_length=300)
    accessibility_checked_on = forms.DateField(
        label=_("Barrierefreiheit zuletzt geprüft am"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    security_email = forms.EmailField(
        label=_("E-Mail-Adresse für Sicherheitslücken"), widget=forms.EmailInput(attrs={"class": "dd-width-20"})
    )
    map_kind = forms.ChoiceField(
        label=_("Hintergrund der Karten"),
        choices=MAP_KINDS,
        widget=forms.RadioSelect,
        help_text=_("Bei einem Kartendienst sieht dieser Dienst die Netzadresse der Menschen, die eine Karte ansehen."),
    )
    map_address = forms.CharField(
        label=_("Adresse des Kartendienstes"),
        max_length=500,
        required=False,
        widget=wide(),
        help_text=_("Mit https. Bei WMTS mit {z}, {x} und {y} an den Stellen für die Kacheln."),
    )
    map_layers = forms.CharField(
        label=_("Ebenen des WMS"), max_length=200, required=False, widget=wide(), help_text=_("Mehrere mit Komma getrennt.")
    )
    map_source = forms.CharField(label=_("Quelle, wie sie auf der Karte steht"), max_length=200, required=False, widget=wide())

    city: City | None = None
    new_logo: Logo | None = None

    def clean_accent(self) -> str:
        """A colour that text and buttons can use on white; the error names the measured contrast."""
        colour = str(self.cleaned_data["accent"]).strip().lower()
        if not contrast.HEX.fullmatch(colour):
            raise forms.ValidationError(_("Bitte schreiben Sie # und sechs Stellen, zum Beispiel #003c90."))
        measured = contrast.ratio(colour, "#ffffff")
        if measured < contrast.LEAST_FOR_TEXT:
            shown = f"{int(measured * 10) / 10:.1f}".replace(".", ",")
            raise forms.ValidationError(
                _("Diese Farbe ist auf Weiß zu hell: Kontrast %(ratio)s zu 1. Nötig sind mindestens 4,5 zu 1."), params={"ratio": shown}
            )
        return colour

    def clean_accessibility_checked_on(self) -> str:
        """The day as it is stored."""
        return str(self.cleaned_data["accessibility_checked_on"].isoformat())

    def clean_logo(self) -> object:
        """A logo that can be shown safely."""
        upload = self.cleaned_data.get("logo")
        if isinstance(upload, UploadedFile):
            try:
                self.new_logo = checked_logo(upload.read(MOST_BYTES + 1))
            except LogoRefused as problem:
                raise forms.ValidationError(str(problem)) from problem
            return upload
        return None

    def clean(self) -> dict[str, Any]:
        """Build the settings; what the schema refuses is named at its field."""
        super().clean()
        if self.cleaned_data.get("remove_logo") and self.new_logo is None:
            self.new_logo = Logo(b"", "")
        values = {name: value for name, value in self.cleaned_data.items() if name in City.model_fields}
        if not self.errors:
            try:
                self.city = City.model_validate(values)
            except ValidationError as problem:
                for error in problem.errors():
                    self.add_error(str(error["loc"][0]), _("Diese Angabe passt nicht."))
        return self.cleaned_data
