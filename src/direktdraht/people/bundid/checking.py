"""An answer of the provider is examined: every check by name, in the order in which they depend on each other. Pure.

Only bytes that lie under a verified signature are read for the person, the times and the addresses of an assertion;
what stands around it can only make things worse. Nothing of an answer is handed on unless every check holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.x509 import Certificate
from lxml import etree

from direktdraht.foundation.verdicts import Check
from direktdraht.people.bundid import algorithms, decryption, judging, sentences, signatures, statements, structure
from direktdraht.people.bundid.decryption import ContentKey
from direktdraht.people.bundid.judging import Expected
from direktdraht.people.bundid.names import FAILURES, SAMLP, SUCCESS
from direktdraht.people.bundid.reading import Refused, read_xml, tag, xml_of


@dataclass(frozen=True)
class Verdict:
    """Every check, and, only if all hold, what the answer says."""

    checks: tuple[Check, ...]
    level: str = "none"
    attributes: dict[str, str | list[str]] = field(default_factory=dict)
    ids: tuple[str, ...] = ()
    ends: datetime | None = None
    session: statements.Session | None = None
    assertion: bytes = b""
    certificate: Certificate | None = None
    content_key: ContentKey | None = None

    @property
    def valid(self) -> bool:
        """Whether every check was made and holds."""
        return bool(self.checks) and all(check.ok is True for check in self.checks)

    def broken(self) -> str:
        """The name of the first check that does not hold, "" if all do."""
        return next((check.name for check in self.checks if check.ok is not True), "")

    def case(self) -> str:
        """In which way the first broken check does not hold, as ``sentences`` names it."""
        return next((sentences.case_of(check) for check in self.checks if check.ok is not True), "")


@dataclass(frozen=True)
class Opened:
    """A response whose signatures are verified: the envelope, and the assertion as it was signed."""

    response: etree._Element
    assertion: etree._Element
    signed: tuple[signatures.Signed, ...]
    weak: bool
    content_key: ContentKey | None
    response_signed: bool
    content: bytes


class OpenLater(Exception):
    """The assertion is encrypted and no key is at hand: it can neither be called good nor bad.

    ``signed`` and ``weak`` are what is known of the response around it.
    """

    def __init__(self, signed: list[signatures.Signed], weak: bool) -> None:
        super().__init__()
        self.signed, self.weak = signed, weak


def check_response(message: bytes, expected: Expected) -> Verdict:
    """Examine a response (XML or base64). Never raises for a bad message: the verdict names what is wrong."""
    checks: list[Check] = []
    try:
        content = xml_of(message)
        root = read_xml(content)
        checks.append(sentences.holds("xml"))
        structure.check_response(root)
        status = check_status(root)
        if status.ok is False:
            return Verdict((*checks, sentences.holds("structure"), status))
        opened = open_response(root, expected)
        checks += [sentences.holds("structure"), status, *([sentences.holds("decryption")] if opened.content_key else [])]
        checks += [sentences.holds("signature"), *trust_checks(opened.signed, opened.weak, expected)]
        return judged(opened, expected, checks)
    except Refused as problem:
        return Verdict((*checks, sentences.broken(problem.check, problem.case)))
    except OpenLater as later:
        around = [sentences.holds("signature"), *trust_checks(later.signed, later.weak, expected)] if later.signed else []
        return Verdict((*checks, sentences.holds("structure"), status, Check("decryption", None, sentences.NO_KEY), *around))


def check_status(root: etree._Element) -> Check:
    """Whether the provider says that it worked (saml-core 3.2.2.2)."""
    codes = [node.get("Value", "") for node in root.iter(tag(SAMLP, "StatusCode"))]
    if codes[:1] == [SUCCESS]:
        return sentences.holds("status")
    return sentences.broken("status", next((FAILURES[code] for code in codes if code in FAILURES), ""))


def open_response(root: etree._Element, expected: Expected) -> Opened:
    """Verify and decrypt, outside first; only what a signature returned is used further. Raises Refused, OpenLater."""
    signed: list[signatures.Signed] = []
    weak = False
    response_signature = signatures.signature_of(root)
    if response_signature is not None:
        weak = signatures.weak(response_signature)
        signed.append(signatures.verified(root, expected.provider.certificates))
        root = read_xml(signed[-1].content)
    if root.find(structure.ENCRYPTED) is not None and expected.key is None:
        raise OpenLater(signed, weak)
    assertion, content_key = assertion_in(root, expected.key)
    content = etree.tostring(assertion)
    assertion_signature = signatures.signature_of(assertion)
    if assertion_signature is not None:
        weak = weak or signatures.weak(assertion_signature)
        signed.append(signatures.verified(assertion, expected.provider.certificates))
        assertion = read_xml(signed[-1].content)
    if not signed:
        raise Refused("signature", "missing")
    return Opened(root, assertion, tuple(signed), weak, content_key, response_signature is not None, content)


def assertion_in(root: etree._Element, key: RSAPrivateKey | ContentKey | None) -> tuple[etree._Element, ContentKey | None]:
    """The one assertion of a response, and the key that opened it if it was encrypted. Raises Refused."""
    plain, hidden = root.find(structure.ASSERTION), root.find(structure.ENCRYPTED)
    if plain is not None:
        structure.check_assertion(plain)
        return plain, None
    if hidden is None or key is None:
        raise Refused("structure", "no_assertion")
    content, content_key = decryption.decrypted(hidden, key)
    found = read_xml(content)
    structure.check_assertion(found)
    if found.get("ID") == root.get("ID"):
        raise Refused("structure", "ids")
    return found, content_key


def trust_checks(signed: Sequence[signatures.Signed], weak: bool, expected: Expected) -> list[Check]:
    """Algorithms, keys and certificates of the signatures, and the metadata that named them."""
    strong = not weak and all(algorithms.is_strong(one.certificate.public_key()) for one in signed)
    valid = all(one.certificate.not_valid_before_utc <= expected.at <= one.certificate.not_valid_after_utc for one in signed)
    return [
        sentences.holds("algorithms") if strong else sentences.broken("algorithms"),
        sentences.holds("certificate") if valid else sentences.broken("certificate"),
        sentences.holds("metadata") if expected.provider.holds_at(expected.at) else sentences.broken("metadata"),
    ]


def judged(opened: Opened, expected: Expected, checks: list[Check]) -> Verdict:
    """The checks on what the assertion says; its content is handed on only if all of them hold."""
    facts = judging.Facts(opened.response, opened.assertion, opened.response_signed)
    checks += judging.checks_of(facts, expected)
    verdict = Verdict(tuple(checks))
    if not verdict.valid:
        return verdict
    attributes = statements.attributes_of(opened.assertion)
    return replace(
        verdict,
        level=statements.level_of(opened.assertion),
        attributes=attributes.values,
        ids=tuple(str(node.get("ID")) for node in (opened.response, opened.assertion)),
        ends=min(one.ends for one in statements.confirmations(opened.assertion) if one.ends is not None),
        session=statements.session_of(opened.assertion),
        assertion=opened.content,
        certificate=opened.signed[-1].certificate,
        content_key=opened.content_key,
    )
