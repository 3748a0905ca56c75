"""What is said about a bank file: the sentences of the reader and those of the room, in the language of the page."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from direktdraht.payments.camt.sentences import DOUBTS, UNREADABLE


def room_sentences() -> dict[str, str]:
    """What only the room can find, because it knows the city's own account."""
    return {
        "no_own_account": _("Es ist noch kein Bankkonto der Stadt eingetragen. Bitte richten Sie es zuerst ein."),
        "other_account": _("Die Datei gehört zum Konto %(account)s. Das ist nicht das Konto der Stadt."),
        "no_day": _("%(count)s Umsätze haben weder Buchungstag noch Wertstellung."),
    }


def sentence(case: str, values: Mapping[str, Any]) -> str:
    """One finding in words."""
    known = DOUBTS.get(case) or UNREADABLE.get(case)
    text = _(known) if known else room_sentences()[case]
    return text % values


def sentences(findings: Sequence[Sequence[Any]]) -> list[str]:
    """All findings of a file in words."""
    return [sentence(case, values) for case, values in findings]
