"""The boxes for one part of a fee, and the part as a definition writes it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from direktdraht.forms.editing import fees
from direktdraht.forms.panels import lines_of
from direktdraht.forms.selectable import Selectable, selectable
from direktdraht.forms.subjects import WrongValue, amount
from direktdraht.questions.definition import FormDefinition

Tree = dict[str, Any]
ADDED = (
    ("fixed", _("ein fester Betrag")),
    ("unit", _("ein Betrag je Stück, Tag, Meter …")),
    ("span", _("ein Betrag je Tag, Monat oder Jahr zwischen zwei Tagen")),
    ("answer", _("ein Betrag nach der Antwort auf eine Frage")),
    ("entry", _("ein Betrag für jeden Eintrag einer Gruppe")),
    ("position", _("Beträge für den ersten, zweiten … Eintrag einer Gruppe")),
    ("steps", _("ein Betrag nach Stufen, zum Beispiel nach dem Einkommen")),
    ("value", _("der Betrag, den eine andere Frage ergibt")),
)
COUNTED = (("between", _("die Zahl der Tage, Monate oder Jahre zwischen zwei Tagen")),)
"""What only a calculation can be: a number that is no amount."""
WRAPPED = (
    ("at_most", _("höchstens ein Betrag")),
    ("at_least", _("mindestens ein Betrag")),
    ("rounded", _("gerundet")),
)
"""What changes a part that is there already."""
SHAPES = (("", _("nichts")), *ADDED, *COUNTED, *WRAPPED)
BOXES: dict[str, tuple[str, ...]] = {
    "fixed": ("amount",),
    "unit": ("question", "amount"),
    "span": ("begin", "end", "unit", "amount"),
    "between": ("begin", "end", "unit"),
    "answer": ("question", "amounts"),
    "entry": ("group", "amount"),
    "position": ("group", "amounts"),
    "steps": ("question", "amounts"),
    "value": ("question",),
    "at_most": ("amount",),
    "at_least": ("amount",),
    "rounded": ("digits", "mode"),
}
"""The boxes that count for a shape."""
ASKED_OF = {"unit": {"number"}, "answer": {"choice", "bool"}, "steps": {"number", "money"}, "value": {"money"}}
"""Kinds of questions that a shape can use."""
AMOUNTS_HINTS = {
    "answer": _("„Antwort = 12,50“, zuletzt vielleicht „sonst = 5“."),
    "position": _("Der letzte Betrag gilt für alle weiteren."),
    "steps": _("„unter 20000 = 0“, zuletzt „sonst = 310“."),
}
TODAY = "today"


class WrongAmount(ValueError):
    """A part of a fee that cannot be read; the sentence says what to write."""


class FeePartForm(forms.Form):
    """One part of a fee, or a change of one. Which boxes count depends on its shape."""

    shape = forms.ChoiceField(label=_("Was kommt dazu?"), choices=SHAPES, required=False, widget=forms.HiddenInput)
    question = forms.ChoiceField(label=_("Frage"), required=False)
    group = forms.ChoiceField(label=_("Gruppe"), required=False)
    begin = forms.ChoiceField(label=_("Vom Tag"), required=False)
    end = forms.ChoiceField(label=_("Bis zum Tag"), required=False)
    unit = forms.ChoiceField(
        label=_("Gezählt werden"),
        choices=(("days", _("Tage")), ("months", _("volle Monate")), ("years", _("volle Jahre"))),
        required=False,
    )
    amount = forms.CharField(label=_("Betrag in Euro"), max_length=30, required=False, help_text=_("Zum Beispiel 12,50"))
    amounts = forms.CharField(
        label=_("Beträge, jede Zeile einer"), max_length=5_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    digits = forms.ChoiceField(
        label=_("Gerundet auf"),
        choices=(("0", _("ganze Zahlen")), ("1", _("eine Stelle nach dem Komma")), ("2", _("zwei Stellen nach dem Komma"))),
        required=False,
    )
    mode = forms.ChoiceField(
        label=_("Richtung"),
        choices=(("half_up", _("kaufmännisch")), ("up", _("immer auf")), ("down", _("immer ab"))),
        required=False,
    )
    only_if = forms.ChoiceField(label=_("Nur wenn"), required=False)
    place = forms.ChoiceField(label=_("Wohin?"), required=False)

    def __init__(
        self,
        definition: FormDefinition,
        data: Mapping[str, Any] | None = None,
        *,
        without: str = "",
        shape: str = "",
        parts: Sequence[str] = (),
    ) -> None:
        super().__init__(data, initial={"shape": shape}, auto_id="feld_%s")
        self.chosen = str(self["shape"].value() or "")
        self.has_parts = bool(parts)
        for name in BOXES.get(self.chosen, ()):
            self.fields[name].required = True
        self.questions = selectable(definition, without=without)
        asked = ASKED_OF.get(self.chosen, {"number", "money", "choice", "bool"})
        days = [(key, one.name) for key, one in self.questions.items() if one.element.kind == "date" and not one.groups]
        self.offer("question", "–", [(key, one.name) for key, one in self.questions.items() if one.element.kind in asked])
        self.offer("group", "–", [(key, one.name) for key, one in self.questions.items() if one.element.kind == "rows"])
        self.offer("begin", "–", [(TODAY, gettext("heute")), *days])
        self.offer("end", "–", [(TODAY, gettext("heute")), *days])
        self.offer("only_if", gettext("immer"), self.answers())
        self.offer("place", *self.places(parts))
        self.fields["amounts"].help_text = str(AMOUNTS_HINTS.get(self.chosen, ""))

    def offer(self, name: str, empty: str, choices: list[tuple[str, str]]) -> None:
        """Choices of a field behind an empty one."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", empty), *choices]

    def places(self, parts: Sequence[str]) -> tuple[str, list[tuple[str, str]]]:
        """Where the part can go: beside the others or in place of one; what changes a part needs to know which."""
        if self.chosen in dict(WRAPPED):
            named, empty = gettext("nur: %(part)s"), gettext("alles zusammen")
        else:
            named, empty = gettext("statt, wenn das gilt: %(part)s"), gettext("kommt dazu")
        return empty, [(str(place), named % {"part": words}) for place, words in enumerate(parts)]

    def boxes(self) -> list[forms.BoundField]:
        """The boxes for the chosen shape, in the order in which one thinks."""
        more = [] if self.chosen in dict(WRAPPED) else ["only_if"]
        where = ["place"] if self.has_parts else []
        return [self[name] for name in (*BOXES.get(self.chosen, ()), *more, *where)]

    def answers(self) -> list[tuple[str, str]]:
        """Every answer outside groups that a part may depend on, as ``question=answer``."""
        return [
            (f"{key}={value}", f"{one.name}: {words}")
            for key, one in self.questions.items()
            if not one.groups and one.element.kind in {"bool", "choice"}
            for value, words in one.answers()
        ]

    def changed(self, present: Tree | None) -> Tree | None:
        """The expression with what was chosen: a part more, another part in a case, or a part with a limit. Raises WrongAmount, Refused."""
        if not self.is_valid():
            raise WrongAmount(gettext("Bitte prüfen Sie die Auswahl."))
        shape, place = self.cleaned_data["shape"], self.cleaned_data["place"]
        if not shape:
            return present
        try:
            if shape in dict(WRAPPED):
                return fees.change(present, int(place) if place else None, self.limit())
            part, condition = getattr(self, f"{shape}_part")(), self.condition()
        except WrongValue as wrong:
            raise WrongAmount(str(wrong)) from wrong
        if not place:
            return fees.add(present, fees.only_if(condition, part))
        if condition is None:
            raise WrongAmount(gettext("Bitte wählen Sie, wann der neue Betrag gilt."))
        return fees.change(present, int(place), fees.instead(condition, part))

    def limit(self) -> Callable[[Tree], Tree]:
        """What is done to a part that is there. Raises WrongValue."""
        match self.cleaned_data["shape"]:
            case "at_most":
                return fees.at_most(amount(self.cleaned_data["amount"]))
            case "at_least":
                return fees.at_least(amount(self.cleaned_data["amount"]))
            case _:
                return fees.rounded(int(self.cleaned_data["digits"] or 0), self.cleaned_data["mode"] or "half_up")

    def condition(self) -> Tree | None:
        """What the part depends on, ``None``: nothing."""
        key, _sign, answer = self.cleaned_data["only_if"].partition("=")
        if not key:
            return None
        value: Any = answer == "true" if self.questions[key].element.kind == "bool" else answer
        return {"field": key, "op": "is", "value": value}

    def fixed_part(self) -> Tree:
        """A fixed amount."""
        return {"money": amount(self.cleaned_data["amount"])}

    def between_part(self) -> Tree:
        """How many days, full months or full years lie between two days."""
        begin, end = (self.cleaned_data[name] for name in ("begin", "end"))
        if not begin or not end or begin == end:
            raise WrongAmount(gettext("Bitte wählen Sie zwei verschiedene Tage."))
        days = [one if one == TODAY else {"field": one} for one in (begin, end)]
        return fees.between(self.cleaned_data["unit"] or "days", *days)

    def span_part(self) -> Tree:
        """An amount for each day, month or year between two days."""
        return {"mul": [self.between_part(), {"money": amount(self.cleaned_data["amount"])}]}

    def unit_part(self) -> Tree:
        """An amount for each unit of a number; inside a group it is added up over its entries."""
        question = self.the_question()
        return self.over_groups(question, fees.per_unit(question.key, amount(self.cleaned_data["amount"])))

    def answer_part(self) -> Tree:
        """An amount for each answer to a question."""
        question, otherwise = self.the_question(), ""
        amounts: dict[str, str] = {}
        for line in lines_of(self.cleaned_data["amounts"]):
            words, sign, written = line.rpartition("=")
            value = question.value_named(words)
            if sign and value is None and words.strip().casefold() == "sonst":
                otherwise = amount(written.strip())
            elif not sign or value is None:
                raise WrongAmount(gettext("Diese Zeile passt zu keiner Antwort: %(line)s") % {"line": line})
            else:
                amounts[value] = amount(written.strip())
        if not amounts:
            raise WrongAmount(gettext("Bitte schreiben Sie für jede Antwort eine Zeile."))
        return self.over_groups(question, fees.by_answer(question.key, amounts, otherwise))

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
        question = self.the_question()
        *below, last = [line.rpartition("=") for line in lines_of(self.cleaned_data["amounts"])] or [("", "", "")]
        if not below or not last[0].strip().casefold().startswith("sonst"):
            raise WrongAmount(gettext("Bitte schreiben Sie Zeilen wie „unter 20000 = 0“ und zuletzt „sonst = 310“."))
        steps = [(words.strip().casefold().removeprefix("unter").strip(), written.strip()) for words, _sign, written in below]
        found = [{"below": amount(limit), "value": amount(written)} for limit, written in steps]
        table = {"of": {"field": question.key}, "steps": found, "else": amount(last[2].strip())}
        return self.over_groups(question, {"table": table})

    def value_part(self) -> Tree:
        """The amount that another question gives."""
        question = self.the_question()
        return self.over_groups(question, {"field": question.key})

    def the_question(self) -> Selectable:
        """The chosen question. Raises WrongAmount if none or one of a kind that does not fit was chosen."""
        question = self.questions.get(self.cleaned_data["question"])
        if question is None or question.element.kind not in ASKED_OF[self.cleaned_data["shape"]]:
            raise WrongAmount(gettext("Bitte wählen Sie eine Frage, deren Antwort dazu passt."))
        return question

    def the_group(self) -> str:
        """The chosen group. Raises WrongAmount."""
        group = str(self.cleaned_data["group"])
        if not group:
            raise WrongAmount(gettext("Bitte wählen Sie eine Gruppe."))
        return group

    def over_groups(self, question: Selectable, each: Tree) -> Tree:
        """The part added up over the groups around a question, from the inside out."""
        for group in reversed(question.groups):
            each = fees.per_entry(group, each)
        return each
