"""The staff form of a service. Texts are asked for in each language; the person writes lists one line each."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from direktdraht.foundation.texts import LocalText
from direktdraht.people.models import Unit
from direktdraht.services.entries import ServiceEntry, sentences
from direktdraht.services.models import Category, Law, Service, WrittenForm

# The end of a field's name for each language.
LANGUAGES = {"de": "de", "en": "en", "leicht": "de-x-leicht"}
PLAIN = ("legal_basis", "answer_days", "retention_months", "retention_basis", "duration_minutes", "form_key", "active", "popular")
TEXTS = ("title", "summary", "description", "cost")
CHOICES = ("category", "law", "written_form")


def line(label: Any, **rest: Any) -> forms.CharField:
    """A short text."""
    return forms.CharField(label=label, max_length=300, **rest)


def area(label: Any, rows: int = 3, **rest: Any) -> forms.CharField:
    """A longer text."""
    return forms.CharField(label=label, max_length=5_000, widget=forms.Textarea(attrs={"rows": rows}), **rest)


class ServiceForm(forms.Form):
    """Everything that a city says about one service."""

    key = forms.RegexField(
        r"^[a-z0-9][a-z0-9_-]*$",
        label=_("Kürzel"),
        max_length=60,
        help_text=_("Steht in der Adresse der Seite und bleibt immer gleich"),
    )
    title_de = forms.CharField(label=_("Titel"), max_length=120)
    title_en = forms.CharField(label=_("Titel auf Englisch"), max_length=120, required=False)
    title_leicht = forms.CharField(label=_("Titel in Leichter Sprache"), max_length=120, required=False)
    summary_de = line(_("Kurz gesagt"))
    summary_en = line(_("Kurz gesagt auf Englisch"), required=False)
    summary_leicht = line(_("Kurz gesagt in Leichter Sprache"), required=False)
    description_de = area(_("Beschreibung"), 5, required=False)
    description_en = area(_("Beschreibung auf Englisch"), 5, required=False)
    description_leicht = area(_("Beschreibung in Leichter Sprache"), 5, required=False)
    category = forms.ChoiceField(label=_("Lebenslage"), choices=Category.choices)
    unit = forms.ModelChoiceField(label=_("Stelle"), queryset=Unit.objects.none(), empty_label=None)
    answer_days = forms.IntegerField(label=_("Erste Antwort nach höchstens … Arbeitstagen"), min_value=1, max_value=365)
    cost_de = line(_("Kosten"), required=False)
    cost_en = line(_("Kosten auf Englisch"), required=False)
    cost_leicht = line(_("Kosten in Leichter Sprache"), required=False)
    needs_de = area(_("Was Sie brauchen"), required=False, help_text=_("Jede Unterlage in einer eigenen Zeile"))
    needs_en = area(_("Was Sie brauchen, auf Englisch"), required=False, help_text=_("Dieselbe Reihenfolge wie auf Deutsch"))
    needs_leicht = area(_("Was Sie brauchen, in Leichter Sprache"), required=False, help_text=_("Dieselbe Reihenfolge wie auf Deutsch"))
    duration_minutes = forms.IntegerField(label=_("Dauer in Minuten"), min_value=1, max_value=600)
    form_key = forms.RegexField(r"^([a-z0-9][a-z0-9_-]*)?$", label=_("Kürzel des Formulars"), max_length=60, required=False)
    keywords = area(_("Suchwörter"), required=False, help_text=_("Wörter, mit denen Menschen suchen, jedes in einer eigenen Zeile"))
    law = forms.ChoiceField(label=_("Verfahrensrecht"), choices=Law.choices)
    legal_basis = line(_("Rechtsgrundlage"), required=False)
    written_form = forms.ChoiceField(label=_("Schriftform"), choices=WrittenForm.choices)
    retention_months = forms.IntegerField(label=_("Aufbewahrung in Monaten"), min_value=1, max_value=1200)
    retention_basis = line(_("Grundlage der Aufbewahrung"), required=False)
    popular = forms.IntegerField(
        label=_("Platz unter den häufigen Dienstleistungen"), min_value=0, max_value=99, help_text=_("0 heißt: nicht darunter")
    )
    active = forms.BooleanField(label=_("Wird angeboten"), required=False)

    def __init__(self, *args: Any, units: list[Unit], key: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        if isinstance(unit, forms.ModelChoiceField):
            unit.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units]).order_by("name", "key")
        self.fixed_key = key
        if key:
            del self.fields["key"]
        self.entry: ServiceEntry | None = None

    def clean(self) -> dict[str, Any]:
        """Put the parts together; what the entry refuses is shown at its field."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return found
        try:
            self.entry = ServiceEntry.model_validate(self.parts(found))
        except ValidationError as problem:
            for name, sentence in sentences(problem):
                self.add_error(f"{name}_de" if f"{name}_de" in self.fields else name if name in self.fields else None, sentence)
        return found

    def parts(self, found: dict[str, Any]) -> dict[str, Any]:
        """The fields as the entry wants them."""
        texts = {name: {code: found[f"{name}_{end}"] for end, code in LANGUAGES.items()} for name in TEXTS}
        return {
            "key": self.fixed_key or found["key"],
            "unit": found["unit"].key,
            "needs": self.needs(found),
            "keywords": lines_of(found["keywords"]),
            **{name: found[name] for name in (*PLAIN, *CHOICES)},
            **texts,
        }

    def needs(self, found: dict[str, Any]) -> list[LocalText]:
        """The lines of all languages side by side; a language with another number of lines is an error."""
        columns = {code: lines_of(found[f"needs_{end}"]) for end, code in LANGUAGES.items()}
        for end, code in LANGUAGES.items():
            if columns[code] and len(columns[code]) != len(columns["de"]):
                self.add_error(f"needs_{end}", gettext("Bitte schreiben Sie so viele Zeilen wie auf Deutsch."))
                columns[code] = []
        return [{code: words[place] for code, words in columns.items() if words} for place in range(len(columns["de"]))]


def lines_of(text: str) -> list[str]:
    """The lines of a text that are not empty."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def initial_of(service: Service) -> dict[str, Any]:
    """The form's fields for a stored service."""
    texts = {f"{name}_{end}": getattr(service, name).get(code, "") for name in TEXTS for end, code in LANGUAGES.items()}
    needs = {
        f"needs_{end}": "\n".join(line[code] for line in service.needs if code in line)
        for end, code in LANGUAGES.items()
        if all(code in line for line in service.needs)
    }
    rest = {name: getattr(service, name) for name in (*PLAIN, *CHOICES)}
    return texts | needs | rest | {"unit": service.unit_id, "keywords": "\n".join(service.keywords)}
