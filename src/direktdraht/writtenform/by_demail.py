"""Signing by De-Mail whose sender is confirmed (absenderbestätigt, § 5 (5) De-Mail-Gesetz): the very document arrives in a genuine mail."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as N_

from direktdraht.foundation import clock
from direktdraht.foundation.verdicts import Check
from direktdraht.people.models import Level
from direktdraht.writtenform import demail_connection, queries
from direktdraht.writtenform.actions import Evidence, Outcome
from direktdraht.writtenform.demail.checking import CONFIRMED, GENUINE, IF_ASKED, Verdict, check_demail
from direktdraht.writtenform.demail.faults import UnreadableMail
from direktdraht.writtenform.models import Proof
from direktdraht.writtenform.signatures import algorithms
from direktdraht.writtenform.signatures.faults import FOREIGN
from direktdraht.writtenform.signatures.trust import read_trust

FORMAT = "direktdraht-demail-evidence/1"
WAY = "demail"
SAME_DOCUMENT = N_("Die De-Mail enthält genau diese Erklärung.")
OTHER_DOCUMENT = N_("Die De-Mail enthält nicht genau diese Erklärung.")
NOT_SAME_AS_THEN = N_("Die Prüfung kommt heute zu einem anderen Ergebnis als damals.")
INCOMPLETE = N_("Die Belege sind unvollständig.")


class DeMail:
    """The frozen declaration in a De-Mail whose provider confirms the sender."""

    label = gettext_lazy("Mit De-Mail")
    hint = gettext_lazy("Sie schicken uns die Erklärung aus Ihrem De-Mail-Konto, absenderbestätigt.")
    fact = gettext_lazy("mit absenderbestätigter De-Mail")

    def problems(self) -> Sequence[str]:
        """Why no De-Mail can be examined now: no account, a broken one, or nobody who is believed."""
        try:
            known = demail_connection.connection()
            if known is None or (known.imap is None and known.lmtp is None):
                return [_("De-Mail ist hier noch nicht eingerichtet.")]
            believed = demail_connection.trust()
        except (demail_connection.SetupProblem, OSError):
            return [_("Die Einrichtung von De-Mail ist fehlerhaft. Wir kümmern uns darum.")]
        if not (believed.roots or believed.others):
            return [_("Die Zertifikate der De-Mail-Anbieter fehlen. Wir können De-Mails gerade nicht prüfen.")]
        return []

    def recheck(self, proof: Proof) -> Sequence[Check]:
        """The same check of the kept mail, with the trust that was kept, as of the day it came."""
        return recheck(proof.manifest, queries.evidence_bytes(proof))


@dataclass(frozen=True)
class Examined:
    """A mail with what was found, and everything that the answer rests on. ``seen`` are identifiers that came before."""

    raw: bytes
    verdict: Verdict
    at: datetime
    files: Mapping[str, bytes]
    recipients: tuple[str, ...]


def examine(raw: bytes, *, recipients: Sequence[str], seen: Sequence[str], at: datetime) -> Examined:
    """Examine a mail with the city's own trust. Raises UnreadableMail."""
    files = demail_connection.trust_files()
    verdict = check_demail(raw, read_trust(files), at=at, recipients=recipients, seen=seen)
    return Examined(raw, verdict, at, files, tuple(recipients))


def why_not(verdict: Verdict) -> str:
    """The sentence of the check that keeps a mail from being a signature; empty if it is one."""
    if verdict.sender_confirmed:
        return ""
    decisive = (*GENUINE, "revocation", *CONFIRMED, "message-type", *IF_ASKED)
    found = {check.name: check for check in reversed(verdict.checks)}
    for name in decisive:
        check = found.get(name)
        if check is not None and (check.ok is False or (check.ok is None and name not in {"revocation", "message-type"})):
            return check.detail
    return _("Die Nachricht trägt keine Signatur eines De-Mail-Anbieters.")


def outcome_of(examined: Examined, *, same_document: bool, given_at: datetime, arrived_at: datetime, document: str) -> Outcome:
    """A mail as an outcome; ``document`` is the SHA-256 of the frozen document. It counts only if every check holds."""
    verdict = examined.verdict
    pieces = {f"trust-{number}": content for number, (_name, content) in enumerate(sorted(examined.files.items()), 1)}
    names = {f"trust-{number}": name for number, name in enumerate(sorted(examined.files), 1)}
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "checked_at": examined.at.isoformat(),
        "algorithms": algorithms.VERSION,
        "recipients": list(examined.recipients),
        "document": document,
        "mail": hashlib.sha256(examined.raw).hexdigest(),
        "trust": {role: {"name": names[role], "sha256": hashlib.sha256(content).hexdigest()} for role, content in pieces.items()},
        "result": verdict.as_json(),
    }
    return Outcome(
        way=WAY,
        level=Level.HIGH if verdict.sender_confirmed else Level.NONE,
        signer=verdict.holder or verdict.sender or "",
        given_at=given_at,
        checks=[document_check(same_document), confirmed_check(verdict), arrival_check(arrived_at), *verdict.checks],
        facts={
            "person": {"name": verdict.holder} if verdict.holder else {},
            "address": verdict.sender,
            "level": verdict.auth_level,
            "arrived_at": arrived_at.isoformat(),
        },
        manifest=manifest,
        evidence=[
            Evidence("mail", "De-Mail.eml", examined.raw, "message/rfc822"),
            *(Evidence(role, names[role], content) for role, content in pieces.items()),
        ],
    )


def document_check(same: bool) -> Check:
    """Whether the mail holds exactly the frozen document."""
    return Check("document", same, SAME_DOCUMENT if same else OTHER_DOCUMENT)


def arrival_check(arrived_at: datetime) -> Check:
    """When the mail reached the city: that counts for time limits, not when it was examined (§ 130 (1) and (3) BGB)."""
    moment = arrived_at.astimezone(clock.BERLIN)
    return Check("arrival", True, f"Die De-Mail kam am {moment:%d.%m.%Y} um {moment:%H:%M} Uhr an. Das zählt für Fristen.")


def confirmed_check(verdict: Verdict) -> Check:
    """The answer of all checks together."""
    if verdict.sender_confirmed:
        return Check("sender-confirmed", True, N_("Der Anbieter bestätigt, wer die De-Mail abgeschickt hat."))
    return Check("sender-confirmed", False, why_not(verdict))


def recheck(manifest: Mapping[str, Any], pieces: Mapping[str, bytes]) -> list[Check]:
    """Examine kept evidence again, offline, as of the first time; the stored answer and today's must be the same."""
    try:
        raw = pieces["mail"]
        kept = {role: pieces[role] for role in manifest["trust"]}
        whole = manifest["format"] == FORMAT and hashlib.sha256(raw).hexdigest() == manifest["mail"]
        whole = whole and all(hashlib.sha256(kept[role]).hexdigest() == entry["sha256"] for role, entry in manifest["trust"].items())
        if not whole or manifest["algorithms"] not in algorithms.VERSIONS:
            return [Check("evidence-whole", False, INCOMPLETE)]
        files = {entry["name"]: kept[role] for role, entry in manifest["trust"].items()}
        at = datetime.fromisoformat(manifest["checked_at"])
        verdict = check_demail(raw, read_trust(files), at=at, recipients=manifest["recipients"], seen=())
        same = verdict.as_json() == manifest["result"]
    except (KeyError, TypeError, AttributeError, UnreadableMail, *FOREIGN):
        return [Check("evidence-whole", False, INCOMPLETE)]
    if not same:
        return [Check("same-answer", False, NOT_SAME_AS_THEN), *verdict.checks]
    return [confirmed_check(verdict), *verdict.checks]
