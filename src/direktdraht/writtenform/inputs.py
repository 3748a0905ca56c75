"""The staff form of a rule on the written form: which ways it opens, each with level and paragraph."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from direktdraht.people.models import Level
from direktdraht.writtenform import registry
from direktdraht.writtenform.rules import RULES, Rule

LAWS = (("vwvfg", _("Verwaltungsverfahrensgesetz")), ("ao", _("Abgabenordnung")), ("sgb", _("Sozialgesetzbuch")))


class RuleForm(forms.Form):
    """One row: law, days, paragraph, and for each way whether it is open."""

    law = forms.ChoiceField(label=_("Verfahrensrecht"), choices=LAWS)
    key = forms.ChoiceField(label=_("Name der Regel"), choices=[(key, key) for key in sorted({rule.key for rule in RULES})])
    paragraph = forms.CharField(label=_("Rechtsgrundlage"), max_length=300)
    valid_from = forms.DateField(label=_("Gilt ab"), widget=forms.DateInput(attrs={"type": "date"}), help_text=_("Frühestens morgen"))
    valid_to = forms.DateField(label=_("Gilt bis"), widget=forms.DateInput(attrs={"type": "date"}), required=False)
    reason = forms.CharField(label=_("Warum die Stadt abweicht"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, way in registry.proofs.items():
            label = str(way.label)
            self.fields[f"open_{key}"] = forms.BooleanField(label=gettext("%(way)s ist offen") % {"way": label}, required=False)
            self.fields[f"level_{key}"] = forms.ChoiceField(
                label=gettext("%(way)s: nötiges Vertrauensniveau") % {"way": label}, choices=Level.choices, required=False
            )
            self.fields[f"paragraph_{key}"] = forms.CharField(
                label=gettext("%(way)s: Paragraph") % {"way": label}, max_length=300, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Each open way needs its paragraph, one way at least is open, the days are in order."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        opened = self.open_keys(found)
        for key in opened:
            if not found.get(f"paragraph_{key}"):
                self.add_error(f"paragraph_{key}", gettext("Bitte nennen Sie den Paragraphen, der diesen Weg öffnet."))
        if not opened:
            self.add_error(None, gettext("Bitte öffnen Sie mindestens einen Weg."))
        begins, ends = found.get("valid_from"), found.get("valid_to")
        if begins and ends and ends < begins:
            self.add_error("valid_to", gettext("Das Ende liegt vor dem Anfang."))
        return found

    def open_keys(self, found: dict[str, Any]) -> list[str]:
        """The ways that are ticked."""
        return [key for key, _way in registry.proofs.items() if found.get(f"open_{key}")]

    def rule(self) -> Rule:
        """The row that was entered; only after ``is_valid``."""
        found = self.cleaned_data
        ways = [
            {"way": key, "level": found[f"level_{key}"] or "none", "paragraph": found[f"paragraph_{key}"]} for key in self.open_keys(found)
        ]
        names = ("law", "key", "paragraph", "valid_from", "valid_to")
        return Rule.model_validate({**{name: found[name] for name in names}, "way": ways})
