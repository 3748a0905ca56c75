"""The history of a case in words, from the journal's rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from direktdraht.foundation.journal.models import Entry

WORDS: Mapping[str, str | Promise] = {
    "case.opened": _("Vorgang angelegt"),
    "case.message": _("Nachricht der Person"),
    "case.answered": _("Antwort der Stadt"),
    "case.told": _("Nachricht zum Stand"),
    "case.changed": _("Änderung der Person"),
    "case.erased": _("Angaben zur Person gelöscht"),
    "case.asked": _("Rückfrage der Stadt"),
    "case.noted": _("Interne Notiz"),
    "case.assigned": _("Zuständigkeit geändert"),
    "case.forwarded": _("An eine andere Stelle weitergegeben"),
    "case.state_set": _("Stand geändert"),
    "case.closed": _("Vorgang abgeschlossen"),
    "case.reopened": _("Vorgang wieder geöffnet"),
    "case.objected": _("Widerspruch eingegangen"),
    "case.looked": _("Vorgang angesehen"),
    "case.consented": _("Elektronischen Bescheiden zugestimmt"),
    "case.consent_taken_back": _("Zustimmung zurückgenommen"),
    "case.claimed": _("Vorgang in ein Konto übernommen"),
    "case.signed": _("Unterschrift festgehalten"),
    "case.match_accepted": _("Unterschrift der Person zugeordnet"),
    "case.match_refused": _("Unterschrift der Person nicht zugeordnet"),
    "decision.released": _("Bescheid freigegeben"),
    "decision.dispatched": _("Bescheid auf den Weg gebracht"),
    "decision.retrieved": _("Bescheid abgerufen"),
    "decision.withdrawn": _("Bescheid nicht abgerufen, Bereitstellung beendet"),
    "decision.known": _("Bescheid bekannt gegeben"),
    "decision.final": _("Bescheid bestandskräftig"),
}


@dataclass(frozen=True)
class Happening:
    """One line of the history."""

    at: datetime
    words: str
    who: str
    sealed_at: datetime | None


def in_words(entries: Iterable[Entry], names: Mapping[str, str]) -> list[Happening]:
    """The rows as lines; kinds of other rooms keep their own name."""
    return [line(entry, names) for entry in entries]


def line(entry: Entry, names: Mapping[str, str]) -> Happening:
    """One row as a line."""
    sealed = getattr(entry, "sealed", None)
    words = str(WORDS.get(entry.kind, entry.kind))
    if to := names.get(str(entry.facts.get("to", ""))):
        words = f"{words}: {to}"
    return Happening(entry.recorded_at, words, names.get(entry.by, ""), sealed.seal.sealed_at if sealed else None)
