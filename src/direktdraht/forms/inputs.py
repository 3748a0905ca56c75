"""Django forms of the editor: a page's texts, the legal facts, a new form, settling a proposal."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from direktdraht.forms.editing.document import Document, Node
from direktdraht.forms.panels import IN_LANGUAGE, LANGUAGES, lines_of
from direktdraht.people.models import Unit
from direktdraht.services.models import Law, Service, WrittenForm

LEVELS = (
    ("none", _("Niemand muss sich ausweisen")),
    ("low", _("niedrig")),
    ("substantial", _("substanziell")),
    ("high", _("hoch")),
)


def text_boxes(name: str, label: Any, *, needed: bool, rows: int = 0) -> dict[str, forms.CharField]:
    """The boxes of a text, one a language."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return {
        f"{name}_{end}": forms.CharField(label=f"{label} ({language})", max_length=2_000, required=needed and end == "de", widget=widget)
        for end, language in IN_LANGUAGE.items()
    }


def texts_of(value: Any, name: str) -> dict[str, str]:
    """A text as the boxes show it."""
    return {f"{name}_{end}": (value or {}).get(code, "") for end, code in LANGUAGES.items()}


def joined(cleaned: Mapping[str, Any], name: str) -> dict[str, str]:
    """The boxes as a text by language, without empty ones."""
    words = {code: " ".join(str(cleaned[f"{name}_{end}"]).split()) for end, code in LANGUAGES.items()}
    return {code: text for code, text in words.items() if text}


class PageForm(forms.Form):
    """Title and introduction of a page."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id="feld_%s")
        self.fields.update(text_boxes("title", _("Titel der Seite"), needed=True))
        self.fields.update(text_boxes("intro", _("Einleitung"), needed=False, rows=2))

    @classmethod
    def of(cls, page: Node) -> "PageForm":
        """The form with a page's present texts."""
        return cls(initial={**texts_of(page.get("title"), "title"), **texts_of(page.get("intro"), "intro")})

    def texts(self) -> dict[str, dict[str, str]]:
        """Both texts by language."""
        return {"title": joined(self.cleaned_data, "title"), "intro": joined(self.cleaned_data, "intro")}


class FactsForm(forms.Form):
    """The legal facts of a form."""

    service = forms.ChoiceField(label=_("Dienstleistung"))
    unit = forms.ChoiceField(label=_("Zuständige Stelle"))
    answer_days = forms.IntegerField(label=_("Erste Antwort nach höchstens … Arbeitstagen"), min_value=1, max_value=365)
    law = forms.ChoiceField(label=_("Verfahrensrecht"), choices=Law.choices)
    legal_basis = forms.CharField(label=_("Rechtsgrundlage"), max_length=500, required=False)
    written_form = forms.ChoiceField(label=_("Schriftform"), choices=WrittenForm.choices)
    level = forms.ChoiceField(label=_("Wie sicher muss feststehen, wer spricht?"), choices=LEVELS)
    attributes = forms.CharField(
        label=_("Angaben aus der Anmeldung"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Jede Zeile ist eine Angabe, zum Beispiel name oder address."),
    )
    retention_months = forms.IntegerField(label=_("Aufbewahrung in Monaten"), min_value=0, max_value=1200)
    retention_basis = forms.CharField(label=_("Grundlage der Aufbewahrung"), max_length=500)

    def __init__(
        self, document: Document, data: Mapping[str, Any] | None = None, *, units: Sequence[Unit], services: Sequence[Service]
    ) -> None:
        super().__init__(data, initial=self.initial_of(document), auto_id="feld_%s")
        self.document = document
        boxes = {**text_boxes("title", _("Titel"), needed=True), **text_boxes("intro", _("Einleitung"), needed=False, rows=2)}
        self.fields = {**boxes, **self.fields}
        self.offer("unit", [(unit.pk, unit.name) for unit in units])
        self.offer("service", [(service.pk, str(service)) for service in services])

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Choices of a field; the present value stays possible, so that a gap from an import can be seen."""
        present = str(self.document.get(name, ""))
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            known = {key for key, _name in choices}
            field.choices = [*([] if present in known else [(present, f"{present} (?)")]), *choices]

    @staticmethod
    def initial_of(document: Document) -> dict[str, Any]:
        """The present facts."""
        retention, identification = document.get("retention", {}), document.get("identification", {})
        return {
            **texts_of(document.get("title"), "title"),
            **texts_of(document.get("intro"), "intro"),
            **{name: document.get(name, "") for name in ("service", "unit", "answer_days", "law", "legal_basis")},
            "written_form": document.get("written_form", {}).get("rule", "none"),
            "level": identification.get("level", "none"),
            "attributes": "\n".join(identification.get("attributes", [])),
            "retention_months": retention.get("months"),
            "retention_basis": retention.get("basis", ""),
        }

    def changed(self) -> dict[str, Any]:
        """The facts as a definition writes them."""
        found = self.cleaned_data
        plain = {name: found[name] for name in ("service", "unit", "answer_days", "law", "legal_basis")}
        return {
            **plain,
            "title": joined(found, "title"),
            "intro": joined(found, "intro") or None,
            "written_form": {"rule": found["written_form"]},
            "identification": {"level": found["level"], "attributes": lines_of(found["attributes"])},
            "retention": {"months": found["retention_months"], "basis": found["retention_basis"]},
        }


class NewForm(forms.Form):
    """A form from empty."""

    title = forms.CharField(
        label=_("Titel"), max_length=120, help_text=_("Was Menschen damit erledigen, zum Beispiel: Hund zur Steuer anmelden")
    )
    service = forms.ChoiceField(label=_("Dienstleistung"))
    unit = forms.ChoiceField(label=_("Zuständige Stelle"))

    def __init__(self, data: Mapping[str, Any] | None = None, *, units: Sequence[Unit], services: Sequence[Service]) -> None:
        super().__init__(data)
        for name, offered in (("unit", [(unit.pk, unit.name) for unit in units]), ("service", [(one.pk, str(one)) for one in services])):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = offered
