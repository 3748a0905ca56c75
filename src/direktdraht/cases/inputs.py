"""The forms of the direct line's pages."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from direktdraht.cases.actions.steps import Upload
from direktdraht.cases.models import Outcome, Remedy
from direktdraht.foundation import clock
from direktdraht.people.models import Account, Unit

LONGEST_TEXT = 20_000
MOST_FILES = 5


class ManyFilesInput(forms.FileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files; the cleaned value is a list. What a file may be is for ``documents`` to say."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        """Return the files as a list."""
        given: Sequence[Upload] = data if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > MOST_FILES:
            raise forms.ValidationError(_("Bitte schicken Sie höchstens fünf Dateien auf einmal."))
        return [super(ManyFilesField, self).clean(file, initial) for file in given]


class TokenForm(forms.Form):
    """A form with a one-time token, so that a double click does the thing once."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)


class WordsForm(TokenForm):
    """A message with files."""

    text = forms.CharField(label=_("Nachricht"), widget=forms.Textarea(attrs={"rows": 6}), max_length=LONGEST_TEXT)
    uploads = ManyFilesField(label=_("Dateien"), required=False, help_text=_("PDF, JPG, PNG, WebP oder TXT, je höchstens 10 MB."))


class EnterForm(forms.Form):
    """Number and key of a case."""

    number = forms.CharField(label=_("Vorgangsnummer"), max_length=40, help_text=_("Zum Beispiel 26-48213-K"))
    key = forms.CharField(
        label=_("Schlüssel"),
        max_length=80,
        help_text=_("Er steht in Ihrer Eingangsbestätigung."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class AssignForm(forms.Form):
    """Who works with the case."""

    to = forms.ModelChoiceField(label=_("Zuständig"), queryset=Account.objects.none(), required=False, empty_label=_("niemand"))


class ForwardForm(TokenForm):
    """To which unit a case goes, and why."""

    unit = forms.ModelChoiceField(label=_("Stelle"), queryset=Unit.objects.none())
    reason = forms.CharField(
        label=_("Grund"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2_000, help_text=_("Nur intern sichtbar.")
    )


class MatchForm(forms.Form):
    """Why two records name the same person, or not."""

    reason = forms.CharField(
        label=_("Begründung"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2_000,
        help_text=_("Die Person kann sie lesen."),
    )


class CloseForm(TokenForm):
    """How a case ends."""

    outcome = forms.ChoiceField(label=_("Ergebnis"), choices=Outcome.choices)
    reason = forms.CharField(label=_("Begründung für die Person"), widget=forms.Textarea(attrs={"rows": 5}), max_length=LONGEST_TEXT)


class DecisionForm(forms.Form):
    """The draft of a decision."""

    title = forms.CharField(label=_("Betreff"), max_length=200)
    text = forms.CharField(
        label=_("Text des Bescheids"),
        widget=forms.Textarea(attrs={"rows": 12}),
        max_length=100_000,
        help_text=_("Eine leere Zeile beginnt einen Absatz."),
    )
    remedy = forms.ChoiceField(label=_("Rechtsbehelf"), choices=Remedy.choices)
    remedy_text = forms.CharField(
        label=_("Rechtsbehelfsbelehrung"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=20_000,
        required=False,
        help_text=_("Ohne Belehrung gilt die Frist von einem Jahr."),
    )


class PostedForm(forms.Form):
    """The day on which a letter was posted."""

    posted_on = forms.DateField(
        label=_("Tag der Aufgabe zur Post"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), initial=clock.today
    )
