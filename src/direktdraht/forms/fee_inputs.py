"""The boxes for one part of a fee, and the part as a definition writes it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from direktdraht.forms.editing import fees
from direktdraht.forms.panels import lines_of
from direktdraht.forms.subjects import WrongValue, amount, in_words
from direktdraht.questions.definition import FormDefinition
from direktdraht.questions.elements.base import Element
from direktdraht.questions.elements.choice import Choice

Tree = dict[str, Any]
SHAPES = (
    ("", _("nichts hinzufügen")),
    ("fixed", _("ein fester Betrag")),
    ("unit", _("ein Betrag je Stück, Tag, Meter …")),
    ("answer", _("ein Betrag nach der Antwort auf eine Frage")),
    ("entry", _("ein Betrag für jeden Eintrag einer Gruppe")),
    ("position", _("Beträge für den ersten, zweiten … Eintrag einer Gruppe")),
    ("steps", _("ein Betrag nach Stufen, zum Beispiel nach dem Einkommen")),
    ("value", _("der Betrag, den eine andere Frage ergibt")),
)


class WrongAmount(ValueError):
    """A part of a fee that cannot be read; the sentence says what to write."""


class FeePartForm(forms.Form):
    """One part of a fee. Which boxes count depends on its shape."""

    shape = forms.ChoiceField(label=_("Was kommt dazu?"), choices=SHAPES, required=False)
    amount = forms.CharField(label=_("Betrag in Euro"), max_length=30, required=False, help_text=_("Zum Beispiel 12,50"))
    question = forms.ChoiceField(label=_("Frage"), required=False)
    group = forms.ChoiceField(label=_("Gruppe"), required=False)
    amounts = forms.CharField(
        label=_("Beträge, jede Zeile einer"),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Nach der Antwort: „Antwort = 12,50“. Nach der Reihenfolge: der letzte gilt für alle weiteren. "
            "Nach Stufen: „unter 20000 = 0“, zuletzt „sonst = 310“."
        ),
    )
    only_if = forms.ChoiceField(label=_("Nur wenn"), required=False)
    basis = forms.CharField(label=_("Rechtsgrundlage der Gebühr"), max_length=500, required=False)

    def __init__(
        self, definition: FormDefinition, data: Mapping[str, Any] | None = None, *, without: str = "", initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial, auto_id="feld_%s")
        self.elements = {key: place.element for key, place in definition.outline.places.items() if key != without}
        self.groups_of = {key: place.groups for key, place in definition.outline.places.items()}
        usable = {"number", "money", "choice", "bool"}
        self.offer("question", [(key, self.name_of(key)) for key, one in self.elements.items() if one.kind in usable])
        self.offer("group", [(key, self.name_of(key)) for key, one in self.elements.items() if one.kind == "rows"])
        self.offer("only_if", self.answers())

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Choices of a field behind an empty one."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", gettext("immer") if name == "only_if" else "–"), *choices]

    def name_of(self, key: str) -> str:
        """The label of a question, with the groups around it."""
        around = [in_words(self.elements[group].label) for group in self.groups_of[key] if group in self.elements]
        return ": ".join([*around, in_words(self.elements[key].label)])

    def answers(self) -> list[tuple[str, str]]:
        """Every answer outside groups that a part may depend on, as ``question=answer``."""
        found: list[tuple[str, str]] = []
        for key, one in self.elements.items():
            if self.groups_of[key]:
                continue
            if one.kind == "bool":
                found += [
                    (f"{key}=true", f"{self.name_of(key)}: {gettext('Ja')}"),
                    (f"{key}=false", f"{self.name_of(key)}: {gettext('Nein')}"),
                ]
            elif isinstance(one, Choice):
                found += [(f"{key}={option.value}", f"{self.name_of(key)}: {in_words(option.label)}") for option in one.options]
        return found

    def part(self) -> Tree | None:
        """The part, ``None`` if nothing is added. Raises WrongAmount."""
        if not self.is_valid():
            raise WrongAmount(gettext("Bitte prüfen Sie die Auswahl."))
        shape = self.cleaned_data["shape"]
        if not shape:
            return None
        try:
            return fees.only_if(self.condition(), getattr(self, f"{shape}_part")())
        except WrongValue as wrong:
            raise WrongAmount(str(wrong)) from wrong

    def condition(self) -> Tree | None:
        """What the part depends on, ``None``: nothing."""
        key, _sign, answer = self.cleaned_data["only_if"].partition("=")
        if not key:
            return None
        value: Any = {"true": True, "false": False}[answer] if self.elements[key].kind == "bool" else answer
        return {"field": key, "op": "is", "value": value}

    def fixed_part(self) -> Tree:
        """A fixed amount."""
        return {"money": amount(self.cleaned_data["amount"])}

    def unit_part(self) -> Tree:
        """An amount for each unit of a number; inside a group it is added up over its entries."""
        element = self.the_question("number")
        return self.over_groups(element, fees.per_unit(element.key, amount(self.cleaned_data["amount"])))

    def answer_part(self) -> Tree:
        """An amount for each answer to a question."""
        element = self.the_question("choice", "bool")
        amounts: dict[str, str] = {}
        for line in lines_of(self.cleaned_data["amounts"]):
            words, sign, written = line.rpartition("=")
            value = value_named(element, words.strip())
            if not sign or value is None:
                raise WrongAmount(gettext("Diese Zeile passt zu keiner Antwort: %(line)s") % {"line": line})
            amounts[value] = amount(written.strip())
        if not amounts:
            raise WrongAmount(gettext("Bitte schreiben Sie für jede Antwort eine Zeile."))
        return self.over_groups(element, fees.by_answer(element.key, amounts))

    def entry_part(self) -> Tree:
        """An amount for each entry of a group."""
        return fees.per_entry(self.the_group(), {"money": amount(self.cleaned_data["amount"])})

    def position_part(self) -> Tree:
        """Amounts by the place of an entry."""
        amounts = [amount(line) for line in lines_of(self.cleaned_data["amounts"])]
        if not amounts:
            raise WrongAmount(gettext("Bitte schreiben Sie mindestens einen Betrag."))
        return fees.by_position(self.the_group(), amounts)

    def steps_part(self) -> Tree:
        """An amount by steps of a number or an amount; the last line says what counts above all steps."""
        element = self.the_question("number", "money")
        *below, last = [line.rpartition("=") for line in lines_of(self.cleaned_data["amounts"])] or [("", "", "")]
        if not below or not last[0].strip().casefold().startswith("sonst"):
            raise WrongAmount(gettext("Bitte schreiben Sie Zeilen wie „unter 20000 = 0“ und zuletzt „sonst = 310“."))
        steps = [(words.strip().casefold().removeprefix("unter").strip(), written.strip()) for words, _sign, written in below]
        found = [{"below": amount(limit), "value": amount(written)} for limit, written in steps]
        table = {"of": {"field": element.key}, "steps": found, "else": amount(last[2].strip())}
        return self.over_groups(element, {"table": table})

    def value_part(self) -> Tree:
        """The amount that another question gives."""
        element = self.the_question("money")
        return self.over_groups(element, {"field": element.key})

    def the_question(self, *kinds: str) -> Element:
        """The chosen question. Raises WrongAmount if none or one of another kind was chosen."""
        element = self.elements.get(self.cleaned_data["question"])
        if element is None or element.kind not in kinds:
            raise WrongAmount(gettext("Bitte wählen Sie eine Frage, deren Antwort dazu passt."))
        return element

    def the_group(self) -> str:
        """The chosen group. Raises WrongAmount."""
        group = str(self.cleaned_data["group"])
        if not group:
            raise WrongAmount(gettext("Bitte wählen Sie eine Gruppe."))
        return group

    def over_groups(self, element: Element, each: Tree) -> Tree:
        """The part added up over the groups around a question, from the inside out."""
        for group in reversed(self.groups_of[element.key]):
            each = fees.per_entry(group, each)
        return each


def value_named(element: Element, words: str) -> str | None:
    """The value of the answer with these words, ``None`` if there is none."""
    if element.kind == "bool":
        return {"ja": "true", "nein": "false", gettext("Ja").casefold(): "true", gettext("Nein").casefold(): "false"}.get(words.casefold())
    options = element.options if isinstance(element, Choice) else []
    return next((one.value for one in options if words.casefold() in {one.value.casefold(), in_words(one.label).casefold()}), None)
