"""What is wrong with a bank file, in one German sentence for each case, and the errors that carry it. Pure."""

from dataclasses import dataclass, field

from direktdraht.foundation.marking import N_

UNREADABLE: dict[str, str] = {
    "file": N_("Die Datei lässt sich nicht lesen: %(reason)s."),
    "empty": N_("Die Datei ist leer."),
    "size": N_("Die Datei ist zu groß."),
    "piece": N_("Ein Stück der Datei ist viel größer als jeder echte Umsatz."),
    "zip": N_("Das ist ein gepacktes Archiv. Gelesen werden XML-Dateien und ZIP-Archive mit XML-Dateien."),
    "archive_damaged": N_("Das ZIP-Archiv ist beschädigt. Bitte holen Sie es noch einmal von der Bank."),
    "archive_locked": N_("Das ZIP-Archiv ist mit einem Kennwort verschlossen. Bitte entpacken Sie es vorher."),
    "archive_empty": N_("Das ZIP-Archiv enthält keine Datei."),
    "in_archive": N_("Im Archiv liegt %(name)s: %(sentence)s"),
    "mt940": N_("Das ist eine Datei im alten Format MT940. Bitte lassen Sie sich von der Bank camt.053 geben."),
    "doctype": N_("Die Datei enthält eine Dokumenttyp-Angabe. Solche Dateien lesen wir nicht."),
    "malformed": N_("Zeile %(line)s: Das ist kein wohlgeformtes XML (%(reason)s)."),
    "encoding": N_("Die Datei ist in der Zeichenkodierung %(encoding)s geschrieben. Bankdateien stehen in UTF-8."),
    "no_camt": N_("Das ist keine Bankdatei nach camt.053 oder camt.054."),
    "other_kind": N_("Das ist eine Nachricht %(kind)s. Gelesen werden nur camt.053 und camt.054."),
    "version": N_("Die Fassung %(kind)s kennt diese Software nicht."),
    "mismatch": N_("Der Inhalt der Datei passt nicht zu ihrer Kennung %(kind)s."),
    "no_statement": N_("Die Datei enthält keinen Auszug und keine Anzeige."),
    "misplaced": N_("Zeile %(line)s: Das Element %(name)s steht an falscher Stelle."),
    "missing": N_("Zeile %(line)s: Es fehlt die Angabe %(name)s."),
    "amount": N_("Zeile %(line)s: „%(text)s“ ist kein Betrag. Ein Betrag hat kein Vorzeichen und einen Punkt vor den Cent."),
    "currency": N_("Zeile %(line)s: „%(text)s“ ist keine Währung."),
    "precision": N_("Zeile %(line)s: Der Betrag %(text)s hat mehr Stellen, als die Währung kennt."),
    "sign": N_("Zeile %(line)s: „%(text)s“ sagt nicht, ob es eine Gutschrift (CRDT) oder Lastschrift (DBIT) ist."),
    "flag": N_("Zeile %(line)s: „%(text)s“ ist weder ja noch nein."),
    "date": N_("Zeile %(line)s: „%(text)s“ ist kein Datum."),
    "number": N_("Zeile %(line)s: „%(text)s“ ist keine Zahl."),
    "status": N_("Zeile %(line)s: „%(text)s“ ist kein Buchungszustand."),
    "twice": N_("Der Auszug %(statement)s steht zweimal in der Datei."),
}
"""Why a file is not read at all."""

DOUBTS: dict[str, str] = {
    "no_opening": N_("Auszug %(statement)s: Der Anfangssaldo fehlt."),
    "no_closing": N_("Auszug %(statement)s: Der Schlusssaldo fehlt."),
    "unbalanced": N_("Auszug %(statement)s: Anfangssaldo und Umsätze ergeben %(found)s, der Schlusssaldo nennt %(expected)s."),
    "balance_currency": N_("Auszug %(statement)s: Die Salden stehen in verschiedenen Währungen."),
    "entry_currency": N_("Auszug %(statement)s: Ein Umsatz steht in %(found)s, das Konto wird in %(expected)s geführt."),
    "batch_sum": N_("Auszug %(statement)s: Die Einzelposten einer Sammelbuchung ergeben %(found)s, gebucht sind %(expected)s."),
    "batch_currency": N_("Auszug %(statement)s: Die Einzelposten einer Sammelbuchung stehen in %(found)s, gebucht ist in %(expected)s."),
    "batch_count": N_("Auszug %(statement)s: Eine Sammelbuchung nennt %(expected)s Posten, enthält aber %(found)s."),
    "summary": N_("Auszug %(statement)s: Die Summen der Bank nennen %(expected)s, die Umsätze ergeben %(found)s."),
    "entry_twice": N_("Anzeige %(statement)s: Der Umsatz %(found)s steht zweimal in der Datei."),
    "gap": N_("Auszug %(statement)s: Der Anfangssaldo %(found)s setzt den Schlusssaldo %(expected)s davor nicht fort."),
}
"""What contradicts itself in a file that can be read; nothing of such a file is booked by itself."""


class UnreadableBankFile(ValueError):
    """A file that cannot be trusted at all; ``case`` is a key of UNREADABLE, ``values`` fill its sentence."""

    def __init__(self, case: str, **values: object) -> None:
        super().__init__(case, values)
        self.case, self.values = case, values

    def __str__(self) -> str:
        return UNREADABLE[self.case] % self.values


@dataclass(frozen=True)
class Doubt:
    """One contradiction in a readable file; ``case`` is a key of DOUBTS."""

    case: str
    values: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return DOUBTS[self.case] % self.values
