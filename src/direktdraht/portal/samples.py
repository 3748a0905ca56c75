"""Invented values that show each component in each state, for the gallery of components."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from direktdraht.foundation import clock
from direktdraht.foundation.web.dates import day_words
from direktdraht.foundation.web.tables import Cell, Column, Pages, Row, ShownFile, Tab, Table, ThreadMessage

DISTRICTS = [("", "–"), ("nord", gettext_lazy("Nordstadt")), ("west", gettext_lazy("Weststadt"))]
CHOICES = [("one", gettext_lazy("Abholen lassen")), ("two", gettext_lazy("Selbst bringen"))]


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label=gettext_lazy("Name"), help_text=gettext_lazy("So, wie er im Ausweis steht."))
    mail = forms.EmailField(label=gettext_lazy("E-Mail-Adresse"), required=False)
    text = forms.CharField(label=gettext_lazy("Beschreibung"), widget=forms.Textarea(attrs={"rows": 3}))
    select = forms.ChoiceField(label=gettext_lazy("Stadtteil"), choices=DISTRICTS)
    choice = forms.ChoiceField(label=gettext_lazy("Weg"), choices=CHOICES, widget=forms.RadioSelect)
    several = forms.MultipleChoiceField(label=gettext_lazy("Gegenstände"), choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField(label=gettext_lazy("Ich stimme zu."))
    file = forms.FileField(label=gettext_lazy("Bild"), required=False)


def sample_table() -> Table:
    """A sorted table with a link, a tag, a note, a number and an unread row."""
    columns = [
        Column(_("Anliegen"), sort_url="?ordnung=titel"),
        Column(_("Stand")),
        Column(_("Antwort bis"), sort_url="?ordnung=-tag", sorted="ascending"),
        Column(_("Gebühr"), numeric=True),
    ]
    due = day_words(clock.today() + timedelta(days=3))
    rows = [
        Row([Cell("Sperrmüll", url="#tabelle", note="26-48213-K"), Cell(_("Neu"), tag="info"), Cell(due), Cell("30,70 €")], strong=True),
        Row([Cell("Hund", url="#tabelle", note="26-48214-M"), Cell(_("In Arbeit"), tag="warning"), Cell(due), Cell("132,00 €")]),
    ]
    return Table(_("Beispiel einer Tabelle"), columns, rows, "")


def empty_table() -> Table:
    """A table without rows."""
    return Table(
        _("Leere Tabelle"), [Column(_("Anliegen"))], [], _("Noch kein Anliegen"), _("Was Sie mit diesem Konto absenden, steht dann hier.")
    )


def sample_pages() -> Pages:
    """Both neighbours are there."""
    return Pages(_("Einträge 21 bis 40"), "?vor=1", "?nach=1")


def sample_thread() -> list[ThreadMessage]:
    """All three voices, one with files, one new."""
    now = clock.now()
    return [
        ThreadMessage("1", "Robin Weber", now - timedelta(days=2), _("Das Sofa steht im Hof."), "person", sample_files()),
        ThreadMessage("2", "Kim Yılmaz · Abfallwirtschaft", now - timedelta(days=1), _("Wie breit ist die Einfahrt?"), "city", is_new=True),
        ThreadMessage("3", "Alex Brandt", now, _("Bitte mit dem kleinen Wagen fahren."), "internal"),
    ]


def sample_files() -> list[ShownFile]:
    """A picture, and a file that is still being checked."""
    return [ShownFile("sofa.jpg", "#dateien", 482_113), ShownFile("plan.pdf", "#dateien", 1_204_998, _("wird geprüft"))]


def sample_tabs() -> list[Tab]:
    """Two views of one thing."""
    return [Tab(_("Gespräch"), "#reiter", current=True), Tab(_("Antrag"), "#reiter"), Tab(_("Verlauf"), "#reiter")]


def sample_rows() -> list[tuple[str, str]]:
    """Pairs of question and answer."""
    return [(_("Name"), "Robin Weber"), (_("Anschrift"), "Lindenweg 4\n30999 Musterstadt"), (_("Gebühr"), "30,70 €")]


def sample_trail() -> list[tuple[str, str]]:
    """Where a page lies."""
    return [(_("Start"), "#brotkrumen"), (_("Dienste"), "#brotkrumen"), ("Sperrmüll", "")]


def sample_clocks() -> list[dict[str, str | int]]:
    """A clock in each state."""
    due = day_words(clock.today() + timedelta(days=3))
    return [
        {"title": _("Antwort bis"), "day": due, "text": _("Noch 3 Arbeitstage"), "percent": 40, "state": "good"},
        {"title": _("Antwort bis"), "day": due, "text": _("Noch 1 Arbeitstag"), "percent": 85, "state": "soon"},
        {"title": _("Antwort bis"), "day": due, "text": _("Seit 2 Arbeitstagen überfällig"), "percent": 100, "state": "late"},
        {"title": _("Antwort bis"), "day": due, "text": _("Die Uhr ruht, bis die Person antwortet"), "percent": 40, "state": "resting"},
    ]
