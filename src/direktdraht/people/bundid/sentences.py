"""Each check in one sentence for laypeople: what was found, by check and case. Pure."""

from direktdraht.foundation.marking import N_
from direktdraht.foundation.verdicts import Check

OK: dict[str, str] = {
    "xml": N_("Die Nachricht ist einfaches, wohlgeformtes XML."),
    "structure": N_("Die Nachricht ist so aufgebaut, wie SAML 2.0 es verlangt."),
    "status": N_("Das Nutzerkonto meldet eine gelungene Anmeldung."),
    "decryption": N_("Die verschlüsselte Aussage wurde mit dem eigenen Schlüssel geöffnet."),
    "algorithms": N_("Alle Verfahren und Schlüssel sind stark genug."),
    "signature": N_("Alles, was gelesen wird, ist vom Nutzerkonto signiert."),
    "certificate": N_("Das Zertifikat des Nutzerkontos war gültig."),
    "metadata": N_("Die Metadaten des Nutzerkontos sind gültig."),
    "issuer": N_("Die Aussage stammt von dem erwarteten Nutzerkonto."),
    "destination": N_("Die Nachricht ist an unsere Adresse gerichtet."),
    "recipient": N_("Die Aussage ist für unsere Adresse bestätigt."),
    "audience": N_("Die Aussage ist für uns bestimmt."),
    "request": N_("Die Aussage gehört zu unserer Anfrage."),
    "time": N_("Die Aussage gilt zu diesem Zeitpunkt."),
    "attributes": N_("Jede Angabe zur Person steht einmal und ist eindeutig."),
    "level": N_("Das verlangte Vertrauensniveau ist erreicht."),
    "replay": N_("Die Antwort wird zum ersten Mal verwendet."),
    "evidence": N_("Die gespeicherten Angaben stimmen mit der signierten Aussage überein."),
}
REFUSED: dict[tuple[str, str], str] = {
    ("xml", ""): N_("Die Nachricht ist kein wohlgeformtes XML."),
    ("xml", "size"): N_("Die Nachricht ist zu groß oder zu tief verschachtelt."),
    ("xml", "encoding"): N_("Die Nachricht ist nicht in UTF-8 geschrieben."),
    ("xml", "doctype"): N_("Die Nachricht enthält eine Dokumenttyp-Angabe oder Entitäten."),
    ("xml", "comment"): N_("Die Nachricht enthält Kommentare, Anweisungen oder Entitäten. Sie können Angaben verfälschen."),
    ("structure", "no_response"): N_("Die Nachricht ist keine SAML-Antwort in der Version 2.0."),
    ("structure", "no_assertion"): N_("Die Antwort enthält keine SAML-Aussage in der Version 2.0."),
    ("structure", "children"): N_("Die Antwort enthält Teile, die dort nicht stehen dürfen, oder ihr fehlen Teile."),
    ("structure", "assertions"): N_("Die Antwort enthält mehrere Aussagen oder eine an falscher Stelle."),
    ("structure", "ids"): N_("Eine Kennung steht mehrfach oder in einem fremden Namensraum."),
    ("structure", "misplaced"): N_("Eine Signatur steht an falscher Stelle."),
    ("structure", "signatures"): N_("Ein Teil der Antwort trägt mehrere Signaturen."),
    ("structure", "signature_form"): N_("Eine Signatur ist anders aufgebaut, als SAML es erlaubt."),
    ("structure", "reference"): N_("Eine Signatur verweist auf etwas anderes als den Teil, in dem sie steht."),
    ("structure", "transforms"): N_("Eine Signatur verlangt nicht erlaubte Umformungen."),
    ("structure", "nested"): N_("In einer Kennung stehen weitere Elemente."),
    ("status", ""): N_("Das Nutzerkonto meldet, dass die Anmeldung nicht gelungen ist."),
    ("status", "cancelled"): N_("Die Anmeldung am Nutzerkonto wurde abgebrochen."),
    ("status", "level"): N_("Das Nutzerkonto konnte das verlangte Vertrauensniveau nicht erreichen."),
    ("status", "unsupported"): N_("Das Nutzerkonto kann unsere Anfrage nicht bearbeiten."),
    ("decryption", ""): N_("Die verschlüsselte Aussage lässt sich mit dem eigenen Schlüssel nicht öffnen."),
    ("algorithms", ""): N_("Eine Signatur nutzt ein veraltetes Verfahren oder einen zu kurzen Schlüssel."),
    ("algorithms", "cipher"): N_("Die Verschlüsselung nutzt ein Verfahren, das wir nicht annehmen."),
    ("signature", ""): N_("Eine Signatur stimmt nicht oder stammt nicht vom erwarteten Nutzerkonto."),
    ("signature", "missing"): N_("Die Aussage ist nicht signiert."),
    ("signature", "other_element"): N_("Die Signatur gehört zu einem anderen Teil der Nachricht."),
    ("certificate", ""): N_("Das Zertifikat des Nutzerkontos war abgelaufen oder noch nicht gültig."),
    ("metadata", ""): N_("Die Metadaten des Nutzerkontos sind abgelaufen."),
    ("issuer", ""): N_("Die Aussage stammt von einem anderen Nutzerkonto."),
    ("issuer", "nested"): N_("Im Namen des Nutzerkontos stehen weitere Elemente."),
    ("destination", ""): N_("Die Nachricht ist an eine andere Adresse gerichtet."),
    ("recipient", ""): N_("Die Aussage ist nicht für unsere Adresse bestätigt."),
    ("audience", ""): N_("Die Aussage ist für jemand anderen bestimmt."),
    ("audience", "missing"): N_("Die Aussage sagt nicht, für wen sie bestimmt ist."),
    ("audience", "unknown"): N_("Die Aussage stellt eine Bedingung, die wir nicht kennen."),
    ("audience", "nested"): N_("Im Namen des Empfängers stehen weitere Elemente."),
    ("request", ""): N_("Die Aussage gehört zu einer anderen Anfrage."),
    ("time", "missing"): N_("Der Aussage fehlt eine Zeitangabe."),
    ("time", "unreadable"): N_("Eine Zeitangabe der Aussage ist nicht lesbar."),
    ("time", "not_before"): N_("Die Bestätigung trägt einen Beginn, den SAML hier verbietet."),
    ("time", "early"): N_("Die Aussage gilt noch nicht, oder die Uhren gehen auseinander."),
    ("time", "expired"): N_("Die Aussage ist abgelaufen."),
    ("attributes", "twice"): N_("Eine Angabe zur Person steht mehrfach."),
    ("attributes", "nested"): N_("In einer Angabe zur Person stehen weitere Elemente."),
    ("attributes", "encrypted"): N_("Eine Angabe zur Person ist einzeln verschlüsselt. Das lesen wir nicht."),
    ("attributes", "birth_date"): N_("Das Geburtsdatum ist kein Tag des Kalenders."),
    ("attributes", "missing"): N_("Das Nutzerkonto hat eine verlangte Angabe nicht mitgeteilt."),
    ("level", ""): N_("Die Anmeldung erreicht das verlangte Vertrauensniveau nicht."),
    ("level", "attribute"): N_("Eine Angabe zur Person ist weniger sicher, als verlangt ist."),
    ("level", "nested"): N_("In der Angabe zum Vertrauensniveau stehen weitere Elemente."),
    ("evidence", ""): N_("Die gespeicherten Angaben stimmen nicht mit der signierten Aussage überein."),
    ("replay", ""): N_("Diese Antwort wurde schon einmal verwendet."),
}
_CASES = {(check, sentence): case for (check, case), sentence in REFUSED.items()}
NO_KEY = N_("Die Aussage ist verschlüsselt. Ohne den eigenen Schlüssel lässt sie sich nicht prüfen.")


def holds(name: str) -> Check:
    """The check holds."""
    return Check(name, True, OK[name])


def broken(name: str, case: str = "") -> Check:
    """The check does not hold; the case says in which way."""
    return Check(name, False, REFUSED[name, case])


def case_of(check: Check) -> str:
    """The case of a check that does not hold, "" if it has none."""
    return _CASES.get((check.name, check.detail), "")
