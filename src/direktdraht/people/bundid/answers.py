"""An answer of the provider is taken in: matched with its request, examined, used once."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.serialization import Encoding
from django.db import transaction
from django.http import HttpRequest

from direktdraht.foundation import clock
from direktdraht.foundation.verdicts import Check
from direktdraht.people import identifying
from direktdraht.people.bundid import own, sentences, statements
from direktdraht.people.bundid.checking import Verdict, check_response
from direktdraht.people.bundid.decryption import ContentKey
from direktdraht.people.bundid.judging import Expected
from direktdraht.people.bundid.metadata import UnreadableMetadata, read_provider
from direktdraht.people.bundid.reading import MOST_BYTES, Refused, instant_of, read_xml, xml_of
from direktdraht.people.bundid.statements import MOST_SKEW
from direktdraht.people.models import Identification, IdentificationRequest, RequestState

METHOD = "bundid"
FAILURES = {
    "xml": "broken",
    "structure": "broken",
    "status": "provider",
    "decryption": "unreadable",
    "level": "level",
    "replay": "replayed",
}
# Cases of a check that the person can do something about.
CASES = {
    ("status", "cancelled"): "cancelled",
    ("status", "level"): "level",
    ("algorithms", "cipher"): "unreadable",
    ("time", "expired"): "timeout",
    ("time", "early"): "clock",
    ("attributes", "missing"): "missing",
}


def request_id_of(wanted: IdentificationRequest) -> str:
    """The ID of the message that asked; an ID of XML begins with a letter or an underscore."""
    return f"_{wanted.pk.hex}"


def keep(message: str, relay: str) -> tuple[IdentificationRequest, str]:
    """Keep an answer until the browser that asked comes for it; returns its request and a secret mark. Raises NotAnswerable.

    The answer arrives without our cookies, so anybody's browser may bring it. Were it taken in at once, somebody could
    begin a signature and send the way to BundID to another person, who would then sign in for them.
    """
    mark = secrets.token_urlsafe(32)
    with transaction.atomic():
        wanted = identifying.open_request(request_of(message.encode(), relay), method=METHOD)
        kept = message if len(message) <= 2 * MOST_BYTES else ""
        identifying.remember(wanted, {**wanted.memo, "answer": kept, "mark": digest_of(mark)})
    return wanted, mark


def take_in(request_id: str, mark: str, *, browser: str) -> IdentificationRequest:
    """Finish the request with its kept answer, or note why it failed: in the browser that asked. Raises NotAnswerable."""
    with transaction.atomic():
        wanted = identifying.open_request(request_id, method=METHOD)
        if wanted.browser != browser or not hmac.compare_digest(str(wanted.memo.get("mark", "")), digest_of(mark)):
            raise identifying.NotAnswerable
        message = str(wanted.memo["answer"]).encode()
        verdict = examined(message, wanted)
        if verdict.valid:
            values = {name: value for name, value in verdict.attributes.items() if isinstance(value, str)}
            identifying.finish(wanted, level=verdict.level, attributes=values, evidence=evidence_of(message, wanted, verdict))
        else:
            identifying.fail(wanted, failure_of(verdict))
    return wanted


def digest_of(mark: str) -> str:
    """What is stored of a secret mark."""
    return hashlib.sha256(mark.encode()).hexdigest()


def request_of(message: bytes, relay: str) -> str:
    """The request that an answer says it belongs to; a broken answer still has what travelled beside it. Not yet trusted."""
    try:
        said = read_xml(xml_of(message)).get("InResponseTo", "")
        return str(UUID(said.removeprefix("_")))
    except (Refused, ValueError):
        return relay


def examined(message: bytes, wanted: IdentificationRequest) -> Verdict:
    """The verdict on an answer, with the check that it comes for the first time."""
    try:
        known = own.provider()
    except UnreadableMetadata:
        known = None
    if known is None:
        return Verdict((sentences.broken("metadata"),))
    expected = Expected(
        provider=known,
        audience=own.entity_id(),
        acs=own.acs(),
        at=clock.now(),
        request_id=request_id_of(wanted),
        key=own.own_key().key,
        least_level=wanted.level,
        asked=tuple(wanted.asked),
    )
    verdict = check_response(message, expected)
    if verdict.valid and not use_once(known.entity_id, verdict):
        return Verdict((*verdict.checks, sentences.broken("replay")))
    return verdict


def use_once(provider: str, verdict: Verdict) -> bool:
    """Note the IDs of an answer; false if one was used before (saml-profiles 4.1.4.5)."""
    until = (verdict.ends or clock.now()) + MOST_SKEW
    return identifying.use_once([digest_of(f"{provider}\0{one}") for one in verdict.ids], until=until)


def failure_of(verdict: Verdict) -> str:
    """What went wrong, in the words of ``failure_words``; whatever has no word of its own is not to be trusted."""
    return CASES.get((verdict.broken(), verdict.case()), FAILURES.get(verdict.broken(), "untrusted"))


def evidence_of(message: bytes, wanted: IdentificationRequest, verdict: Verdict) -> dict[str, Any]:
    """All that is needed to give the same answer again, without network and without the own key."""
    certificate = verdict.certificate.public_bytes(Encoding.PEM) if verdict.certificate else b""
    files = {
        "response": stored("antwort.xml", xml_of(message)),
        "assertion": stored("aussage.xml", verdict.assertion),
        "metadata": stored("metadaten.xml", own.provider_file().read_bytes()),
        "certificate": stored("zertifikat.pem", certificate, "application/x-pem-file"),
    }
    return {
        "checks": [check.to_json() for check in (*verdict.checks, sentences.holds("replay"))],
        "files": files,
        "request": request_id_of(wanted),
        "audience": own.entity_id(),
        "acs": own.acs(),
        "checked_at": clock.now().isoformat(),
        "asked_level": wanted.level,
        "asked": list(wanted.asked),
        "content_key": base64.b64encode(verdict.content_key.value).decode() if verdict.content_key else "",
        "session": vars(verdict.session) if verdict.session else {},
    }


def stored(name: str, content: bytes, content_type: str = "application/xml") -> dict[str, str]:
    """A file as evidence keeps it."""
    return {"name": name, "content_type": content_type, "base64": base64.b64encode(content).decode()}


def recheck(identification: Identification) -> Sequence[Check]:
    """Examine the stored answer again as of the day on which it came; only its own evidence is read."""
    try:
        verdict = check_response(*from_evidence(identification.evidence))
    except (KeyError, ValueError, TypeError, Refused, UnreadableMetadata):
        return [sentences.broken("evidence")]
    same = all(verdict.attributes.get(name) == value for name, value in identification.attributes.items())
    holds = verdict.valid and same and verdict.level == identification.level
    return [*verdict.checks, sentences.holds("evidence") if holds else sentences.broken("evidence")]


def from_evidence(evidence: Mapping[str, Any]) -> tuple[bytes, Expected]:
    """The stored answer, and what it was measured against. Raises KeyError, ValueError, Refused, UnreadableMetadata."""
    files = {role: base64.b64decode(file["base64"]) for role, file in evidence["files"].items()}
    checked_at = instant_of(evidence["checked_at"], "time")
    if checked_at is None:
        raise Refused("time", "missing")
    key = base64.b64decode(evidence["content_key"])
    expected = Expected(
        provider=read_provider(files["metadata"]),
        audience=evidence["audience"],
        acs=evidence["acs"],
        at=checked_at,
        request_id=evidence["request"],
        key=ContentKey(key) if key else None,
        least_level=evidence["asked_level"],
        asked=tuple(evidence["asked"]),
    )
    return files["response"], expected


def last_session(request: HttpRequest) -> statements.Session | None:
    """The session at the provider that this browser began last, if it led to an identification."""
    browser = request.session.get(identifying.BROWSER, "")
    found = IdentificationRequest.objects.filter(method=METHOD, browser=browser, state=RequestState.DONE)
    newest = found.select_related("identification").order_by("-finished_at").first()
    if newest is None or newest.identification is None:
        return None
    return statements.Session(**newest.identification.evidence["session"])
