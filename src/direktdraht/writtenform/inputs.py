"""The staff form of a rule on the written form: which ways it opens, each with its paragraph."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from direktdraht.people import methods
from direktdraht.people.models import Level
from direktdraht.writtenform import registry
from direktdraht.writtenform.rules import Rule

LAWS = (("vwvfg", _("Verwaltungsverfahrensgesetz")), ("ao", _("Abgabenordnung")), ("sgb", _("Sozialgesetzbuch")))
KEYS = (("written", _("Schriftform")),)


class RuleForm(forms.Form):
    """One row: law, days, paragraph, and for each way the paragraph that opens it."""

    law = forms.ChoiceField(label=_("Verfahrensrecht"), choices=LAWS)
    key = forms.ChoiceField(label=_("Name der Regel"), choices=KEYS)
    paragraph = forms.CharField(label=_("Rechtsgrundlage"), max_length=300)
    valid_from = forms.DateField(label=_("Gilt ab"), widget=forms.DateInput(attrs={"type": "date"}), help_text=_("Frühestens morgen"))
    valid_to = forms.DateField(label=_("Gilt bis"), widget=forms.DateInput(attrs={"type": "date"}), required=False)
    reason = forms.CharField(label=_("Warum die Stadt abweicht"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, present: Rule, **kwargs: Any) -> None:
        """``present`` is the row that holds now: its paragraphs and levels stand in the fields."""
        super().__init__(*args, **kwargs)
        self.fields["paragraph"].initial = present.paragraph
        for key, way in registry.proofs.items():
            opened, label = present.way(key), str(way.label)
            self.fields[f"paragraph_{key}"] = forms.CharField(
                label=label,
                max_length=300,
                required=False,
                initial=opened.paragraph if opened else "",
                help_text=gettext("Der Paragraph, der diesen Weg öffnet. Leer heißt: nicht offen."),
            )
            if key in methods.REMOTE:
                self.fields[f"level_{key}"] = forms.ChoiceField(
                    label=gettext("%(way)s: nötiges Vertrauensniveau") % {"way": label},
                    choices=Level.choices,
                    initial=opened.level if opened else Level.HIGH,
                )

    def clean(self) -> dict[str, Any]:
        """One way at least is open, the days are in order."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.open_keys(found):
            self.add_error(None, gettext("Bitte öffnen Sie mindestens einen Weg."))
        begins, ends = found.get("valid_from"), found.get("valid_to")
        if begins and ends and ends < begins:
            self.add_error("valid_to", gettext("Das Ende liegt vor dem Anfang."))
        return found

    def open_keys(self, found: dict[str, Any]) -> list[str]:
        """The ways with a paragraph."""
        return [key for key, _way in registry.proofs.items() if found.get(f"paragraph_{key}")]

    def rule(self) -> Rule:
        """The row that was entered; only after ``is_valid``. A letter shows nobody's identity, all else does so at the highest level."""
        found = self.cleaned_data
        levels = {"paper": "none"}
        ways = [
            {"way": key, "level": found.get(f"level_{key}", levels.get(key, "high")), "paragraph": found[f"paragraph_{key}"]}
            for key in self.open_keys(found)
        ]
        names = ("law", "key", "paragraph", "valid_from", "valid_to")
        return Rule.model_validate({**{name: found[name] for name in names}, "way": ways})
