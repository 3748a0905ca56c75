"""Each check and each failure in plain German: what was found, what a person can do. Pure."""

from direktdraht.foundation.marking import N_
from direktdraht.foundation.verdicts import Check


class Refused(Exception):
    """A message breaks a rule: ``check`` names it, ``case`` is the key of its sentence."""

    def __init__(self, check: str, case: str = "") -> None:
        super().__init__(check, case)
        self.check, self.case = check, case


OK = {
    "xml": N_("Die Antwort des eID-Servers ist einfaches, wohlgeformtes XML."),
    "structure": N_("Die Antwort ist so aufgebaut, wie die Richtlinie es verlangt."),
    "signature": N_("Alles, was gelesen wird, hat der eID-Server signiert."),
    "algorithms": N_("Verfahren und Schlüssel der Signatur sind stark genug."),
    "certificate": N_("Das Zertifikat des eID-Servers war gültig."),
    "time": N_("Die Antwort ist frisch."),
    "confirmation": N_("Die Antwort bestätigt genau unsere Anfrage."),
    "result": N_("Der eID-Server meldet, dass der Online-Ausweis geprüft ist."),
    "attributes": N_("Alle verlangten Angaben sind da und lesbar."),
    "minimal": N_("Es wurden nur die verlangten Angaben mitgeteilt."),
    "level": N_("Das verlangte Vertrauensniveau ist erreicht."),
    "document": N_("Das Gesetz lässt diesen Ausweis als Ersatz der Unterschrift zu."),
    "verification": N_("Die verlangte Prüfung von Alter oder Wohnort ist bestanden."),
    "replay": N_("Diese Antwort kam zum ersten Mal."),
    "evidence": N_("Die gespeicherten Angaben stimmen mit der signierten Antwort überein."),
}
REFUSED = {
    ("xml", ""): N_("Die Antwort des eID-Servers ist kein wohlgeformtes XML."),
    ("xml", "size"): N_("Die Antwort des eID-Servers ist zu groß."),
    ("xml", "depth"): N_("Die Antwort des eID-Servers ist zu tief verschachtelt."),
    ("xml", "doctype"): N_("Die Antwort des eID-Servers enthält eine Dokumenttyp-Angabe."),
    ("structure", ""): N_("Die Antwort ist anders aufgebaut, als die Richtlinie es verlangt."),
    ("structure", "ids"): N_("Eine Kennung steht in der Antwort mehrfach."),
    ("structure", "signatures"): N_("Die Antwort trägt mehrere Signaturen oder eine an falscher Stelle."),
    ("structure", "references"): N_("Die Signatur verweist auf etwas anderes als Inhalt und Zeitangabe."),
    ("structure", "transforms"): N_("Die Signatur verlangt nicht erlaubte Umformungen."),
    ("structure", "message"): N_("Die Antwort passt nicht zu dem, was gefragt wurde."),
    ("structure", "nested"): N_("In einer Angabe stehen weitere Elemente."),
    ("structure", "twice"): N_("Eine Angabe steht mehrfach."),
    ("structure", "value"): N_("Eine Angabe hat eine Form, die die Richtlinie nicht kennt."),
    ("signature", ""): N_("Die Signatur stimmt nicht oder stammt nicht vom eID-Server."),
    ("signature", "missing"): N_("Die Antwort ist nicht signiert."),
    ("signature", "other_certificate"): N_("Die Signatur nennt ein anderes Zertifikat als das des eID-Servers."),
    ("algorithms", ""): N_("Die Signatur nutzt ein veraltetes Verfahren oder einen zu kurzen Schlüssel."),
    ("certificate", ""): N_("Das Zertifikat des eID-Servers war abgelaufen oder noch nicht gültig."),
    ("time", ""): N_("Die Antwort ist veraltet, oder die Uhren gehen auseinander."),
    ("time", "unreadable"): N_("Die Zeitangabe der Antwort ist nicht lesbar."),
    ("confirmation", ""): N_("Die Antwort gehört zu einer anderen Anfrage."),
    ("result", ""): N_("Der eID-Server meldet, dass der Online-Ausweis nicht geprüft werden konnte."),
    ("result", "waiting"): N_("Der eID-Server hat noch kein Ergebnis."),
    ("attributes", "missing"): N_("Eine verlangte Angabe fehlt."),
    ("attributes", "refused"): N_("Eine verlangte Angabe wurde nicht freigegeben."),
    ("attributes", "not_on_chip"): N_("Eine verlangte Angabe steht nicht auf dem Ausweis."),
    ("attributes", "birth_date"): N_("Das Geburtsdatum ist kein Tag des Kalenders."),
    ("minimal", ""): N_("Der eID-Server hat mehr Angaben mitgeteilt, als verlangt waren."),
    ("level", ""): N_("Das verlangte Vertrauensniveau ist nicht erreicht."),
    ("level", "missing"): N_("Der eID-Server nennt kein Vertrauensniveau, das wir kennen."),
    ("document", ""): N_("Dieser Ausweis ersetzt keine Unterschrift."),
    ("verification", ""): N_("Die verlangte Prüfung von Alter oder Wohnort ist nicht bestanden."),
    ("verification", "missing"): N_("Das Ergebnis der Prüfung von Alter oder Wohnort fehlt."),
    ("replay", ""): N_("Diese Antwort wurde schon einmal verwendet."),
    ("evidence", ""): N_("Die gespeicherten Angaben stimmen nicht mit der signierten Antwort überein."),
    ("evidence", "missing"): N_("Vom Nachweis fehlt ein Teil, oder er ist nicht lesbar."),
}
FAILURES = {
    "cancelled": N_(
        "Der Vorgang wurde abgebrochen. Nichts wurde übermittelt. Ist die PIN gesperrt, hilft die PUK in der AusweisApp. "
        "Die fünfstellige Transport-PIN müssen Sie zuerst ändern. Ist die Online-Funktion aus, hilft Ihr Bürgeramt."
    ),
    "timeout": N_("Es hat zu lange gedauert. Bitte beginnen Sie noch einmal."),
    "client_error": N_("Die AusweisApp meldet einen Fehler. Bitte starten Sie die App neu und versuchen Sie es noch einmal."),
    "channel": N_("Die AusweisApp konnte keine sichere Verbindung aufbauen. Bitte versuchen Sie es später noch einmal."),
    "server_error": N_("Der eID-Server meldet einen Fehler. Bitte versuchen Sie es später noch einmal."),
    "invalid_document": N_("Der Ausweis ist gesperrt oder abgelaufen. Ihr Bürgeramt hilft Ihnen weiter."),
    "denied_document": N_("Dieser Ausweis ist für diesen Vorgang nicht zugelassen. Bitte wählen Sie einen anderen Weg."),
    "session_over": N_("Der Vorgang ist abgelaufen. Bitte beginnen Sie noch einmal."),
    "busy": N_("Der eID-Server ist ausgelastet. Bitte versuchen Sie es in einigen Minuten noch einmal."),
    "not_allowed": N_("Der Stadt fehlt die Berechtigung für eine verlangte Angabe. Bitte wählen Sie einen anderen Weg."),
    "attribute_missing": N_("Eine Angabe fehlt, die wir brauchen. Bitte geben Sie alle Angaben frei, oder wählen Sie einen anderen Weg."),
    "not_fulfilled": N_("Alter oder Wohnort erfüllen die Voraussetzung nicht."),
    "not_trusted": N_("Der Antwort des eID-Servers ist nicht zu trauen. Wir haben sie verworfen. Bitte wählen Sie einen anderen Weg."),
    "replayed": N_("Diese Antwort des eID-Servers wurde schon einmal verwendet. Bitte beginnen Sie neu."),
    "unreachable": N_("Der eID-Server ist mitten im Vorgang verstummt. Bitte versuchen Sie es später noch einmal."),
    "no_result": N_("Der eID-Server hat nach einer Minute noch kein Ergebnis. Bitte beginnen Sie noch einmal."),
    "setup": N_("Die Einrichtung des Online-Ausweises ist fehlerhaft. Bitte wählen Sie einen anderen Weg."),
    "unknown": N_("Der Online-Ausweis konnte nicht geprüft werden. Bitte versuchen Sie es noch einmal, oder wählen Sie einen anderen Weg."),
}
READY: dict[tuple[str, bool | None], str] = {
    ("own-certificate", True): N_("Das Zertifikat der Stadt ist gültig."),
    ("own-certificate", None): N_("Das Zertifikat der Stadt läuft in weniger als 30 Tagen ab."),
    ("own-certificate", False): N_("Das Zertifikat der Stadt ist abgelaufen oder noch nicht gültig."),
    ("server-certificate", True): N_("Das Zertifikat des eID-Servers ist gültig."),
    ("server-certificate", None): N_("Das Zertifikat des eID-Servers läuft in weniger als 30 Tagen ab."),
    ("server-certificate", False): N_("Das Zertifikat des eID-Servers ist abgelaufen oder noch nicht gültig."),
    ("database", True): N_("Die Uhren unserer Rechner gehen gleich."),
    ("database", False): N_("Die Uhren unserer Rechner gehen auseinander."),
    ("reachable", True): N_("Der eID-Server antwortet."),
    ("reachable", False): N_("Der eID-Server antwortet nicht."),
    ("clock", True): N_("Unsere Uhr und die des eID-Servers gehen gleich."),
    ("clock", None): N_("Der eID-Server nennt keine Uhrzeit."),
    ("clock", False): N_("Unsere Uhr und die des eID-Servers weichen voneinander ab."),
    ("believed", True): N_("Der eID-Server hat seine Auskunft richtig signiert."),
    ("believed", False): N_("Die Auskunft des eID-Servers ist nicht richtig signiert."),
    ("version", True): N_("Der eID-Server spricht eine Fassung der Schnittstelle, die wir kennen."),
    ("version", False): N_("Der eID-Server spricht eine zu alte Fassung der Schnittstelle."),
    ("rights", True): N_("Die Stadt darf alle Angaben lesen, die sie braucht."),
    ("rights", False): N_("Die Stadt darf nicht alle Angaben lesen, die sie braucht."),
}
"""Before any PIN: check and finding → sentence."""


def holds(name: str) -> Check:
    """The check holds."""
    return Check(name, True, OK[name])


def broken(name: str, case: str = "") -> Check:
    """The check does not hold; the case says in which way."""
    return Check(name, False, REFUSED[name, case])
