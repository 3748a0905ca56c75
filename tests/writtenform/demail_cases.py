"""De-Mails honest and hostile, with the answers of the Technische Richtlinie. Each row names its section."""

import base64
import quopri
from collections.abc import Callable
from typing import Any

from cryptography.x509.oid import ExtendedKeyUsageOID
from sandbox.demail_provider import NAMES, written

from tests.writtenform import pki
from tests.writtenform.demail_world import (
    CITY,
    CONFIRMED,
    EARLY,
    LATE,
    PLAIN,
    SENDER,
    TEXT,
    DemailCase,
    DemailWorld,
    draft,
    multipart,
    plain,
    refused,
    smime,
    unreadable,
)

Make = Callable[[DemailWorld], bytes]
MIXED = [("Content-Type", 'multipart/mixed; boundary="grenze"')]


def mail(body: bytes = TEXT, *, seal: dict[str, Any] | None = None, **more: Any) -> Make:
    """A mail that the provider signs."""
    return lambda world: world.sealed(draft(body, **more), **(seal or {}))


def changed(old: bytes, new: bytes, **more: Any) -> Make:
    """A signed mail in which something is replaced afterwards; a case whose place is not found would prove nothing."""

    def make(world: DemailWorld) -> bytes:
        made = mail(**more)(world)
        assert made.count(old) >= 1
        return made.replace(old, new, 1)

    return make


def above(lines: bytes, **more: Any) -> Make:
    """A signed mail with lines put above everything."""
    return lambda world: lines + mail(**more)(world)


def below(lines: bytes, **more: Any) -> Make:
    """A signed mail with lines put below its fields."""
    return changed(b"\r\n\r\n", b"\r\n" + lines + b"\r\n", **more)


def signed_by(**more: Any) -> Make:
    """A mail signed with a certificate that was issued in a certain way."""
    algorithm = more.pop("algorithm", "sha256/ec-dsa")
    return lambda world: world.sealed(draft(), world.certified(**more), algorithm=algorithm)


def self_signed(world: DemailWorld) -> bytes:
    """Anyone can make such a certificate."""
    return world.sealed(draft(), pki.issue(None, pki.name("De-Mail Anbieter Muster")))


def unknown_root(world: DemailWorld) -> bytes:
    """A root of the same name, which is not the one in the folder."""
    return world.sealed(draft(), pki.issue(pki.authority("Wurzel der Anbieter"), pki.name("De-Mail Anbieter Muster")))


def copied(world: DemailWorld) -> bytes:
    """Certificate and signature of another mail on top of a mail that was never signed."""
    other = world.sealed(draft(b"Guten Tag.\r\n", number=2))
    return other[: other.index(b"From: ")] + draft()


def second_signature_above(world: DemailWorld) -> bytes:
    """A signature of another mail above the right one: the first counts."""
    other = world.sealed(draft(b"Guten Tag.\r\n", number=2))
    return other[: other.index(b"From: ")] + world.sealed(draft())


def without(name: bytes) -> Make:
    """A signed mail from which one field was taken out."""

    def make(world: DemailWorld) -> bytes:
        made = world.sealed(draft())
        begin = made.index(b"\r\n" + name + b": ") if not made.startswith(name) else -2
        end = made.index(b"\r\n", begin + 2)
        while made[end + 2 : end + 3] in {b" ", b"\t"}:
            end = made.index(b"\r\n", end + 2)
        return made[: begin + 2] + made[end + 2 :]

    return make


def inside_another(world: DemailWorld) -> bytes:
    """A genuine De-Mail as attachment of an ordinary mail."""
    part = b"Content-Type: message/rfc822\r\n\r\n" + world.sealed(draft())
    fields = [("From", "jemand@example.org"), ("Date", "Mon, 01 Jun 2026 13:00:00 +0200"), ("Subject", "WG: Widerspruch"), *MIXED]
    return written(fields) + b"\r\n" + multipart(part)


def foreign_key(world: DemailWorld) -> bytes:
    """The provider's certificate, but somebody else's key."""
    return world.sealed(draft(), world.stranger, certificate=world.provider.der)


def names_itself(world: DemailWorld) -> bytes:
    """A shop with a certificate below the same root calls itself a provider."""
    mail = draft(put={"X-de-mail-originator-provider": "laden.example"})
    return world.sealed(mail, world.certified("Laden", "laden.example"), domain="laden.example")


def another_provider(world: DemailWorld) -> bytes:
    """A provider signs with its own domain what is said to come from another."""
    return world.sealed(draft(), world.certified("De-Mail Andere", "andere.de-mail.example"), domain="andere.de-mail.example")


def revoked(world: DemailWorld) -> dict[str, bytes]:
    """A revocation list that names the provider's certificate."""
    return {**world.trust(), "root.crl": pki.crl_of(world.root, (world.provider, EARLY))}


def signed_inside(by: str, *, opaque: bool = False, old: bytes = b"", new: bytes = b"") -> Make:
    """A De-Mail around an S/MIME mail, in which something may be replaced before the provider signs."""

    def make(world: DemailWorld) -> bytes:
        content, body = smime(getattr(world, by), opaque=opaque)
        assert old in body
        return world.sealed(draft(body.replace(old, new, 1) if old else body, content=content))

    return make


def nested(depth: int) -> Make:
    """Multiparts in multiparts."""
    inner = b"Content-Type: text/plain\r\n\r\n" + TEXT
    for number in range(depth):
        name = f"g{number}"
        inner = f'Content-Type: multipart/mixed; boundary="{name}"\r\n\r\n'.encode() + multipart(inner, boundary=name)
    head, _, body = inner.partition(b"\r\n\r\n")
    return mail(body, content=[("Content-Type", head.decode().split(": ", 1)[1])])


def pinned(world: DemailWorld) -> dict[str, bytes]:
    """The folder holds the provider's certificate itself and no root."""
    return {"anbieter.pem": world.provider.pem}


RSA = {"domain": "provider.de-mail.example"}
ATTACHED = multipart(
    b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + TEXT,
    b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(b"%PDF-1.7").replace(b"\n", b"\r\n"),
)
UMLAUT = "Mit freundlichen Grüßen\r\n".encode()
QUOTED = quopri.encodestring(UMLAUT.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
ATTACHED_LONG = multipart(b"Content-Type: text/plain; " + b"a=b;\r\n " * 900 + b"a=b\r\n\r\n" + TEXT)
SPACES = b" \t" * 200_000 + b"x\r\n"
NO_LEVEL = [name for name in NAMES if name != "X-de-mail-auth-level"]

CASES = [
    # What the provider says
    DemailCase("high-and-confirmed", "TR 3.1.5, 3.1.9; DMG § 5 (5)", mail(), CONFIRMED),
    DemailCase("level-normal", "TR 3.1.9; DMG § 5 (5) sentence 1", mail(level="normal"), plain("auth-level")),
    DemailCase("level-in-capitals", "TR 3.1.9", mail(level="HIGH"), plain("auth-level")),
    DemailCase("not-authoritative", "TR 3.1.5", mail(authoritative="no"), plain("authoritative")),
    DemailCase("authoritative-missing-means-no", "TR 3.1.5", mail(authoritative=None), plain("authoritative")),
    DemailCase("authoritative-is-case-sensitive", "TR 3.1.5, table 5", mail(authoritative="Yes"), plain("authoritative")),
    DemailCase(
        "normal-and-not-authoritative", "TR 3.1.5, 3.1.9", mail(level="normal", authoritative="no"), plain("authoritative", "auth-level")
    ),
    DemailCase(
        "a-confirmation-of-receipt", "TR 3.1.12", mail(put={"X-de-mail-message-type": "confirmation of receipt"}), plain("message-type")
    ),
    DemailCase("message-type-missing", "TR 3.1.12", mail(drop=["X-de-mail-message-type"]), CONFIRMED),
    # The signature
    DemailCase("hash-only", "TR 3.1.13, 3.1.21 (b)", mail(seal={"algorithm": "sha256", "certificate": b""}), refused()),
    DemailCase(
        "hash-only-and-changed",
        "TR 3.1.21 (b)",
        changed(b"Subject: ", b"Subject: Nicht ", seal={"algorithm": "sha256", "certificate": b""}),
        refused("signature"),
    ),
    DemailCase("body-changed", "RFC 6376, 3.7", changed(b"lege ich", b"lege ich keinen"), refused("body")),
    DemailCase("body-extended", "RFC 6376, 3.4.3", lambda world: mail()(world) + b"PS: nein\r\n", refused("body")),
    DemailCase("empty-lines-at-the-end", "RFC 6376, 3.4.3", lambda world: mail()(world) + b"\r\n\r\n", CONFIRMED),
    DemailCase("empty-body", "RFC 6376, 3.4.3", mail(b""), CONFIRMED),
    DemailCase("subject-changed", "RFC 6376, 3.7", changed(b"T7KQ", b"T7KP"), refused("signature")),
    DemailCase("level-raised", "TR 3.1.21", changed(b"level: normal", b"level: high", level="normal"), refused("signature")),
    DemailCase("white-space-changed", "RFC 6376, 3.4.1", changed(b"Subject: ", b"Subject:  "), refused("signature")),
    DemailCase("copied-from-another-mail", "RFC 6376, 3.7", copied, refused("body", "signature")),
    DemailCase("somebody-elses-key", "TR 3.1.21", foreign_key, refused("signature")),
    DemailCase("signature-stripped", "TR 3.1.13", without(b"X-de-mail-integrity"), refused("integrity")),
    DemailCase("certificate-stripped", "TR 3.1.14", without(b"X-de-mail-signature-certificate"), refused("signature")),
    DemailCase("holder-stripped", "RFC 6376, 5.4", without(b"X-de-mail-account-holder"), refused("signature")),
    DemailCase("level-not-among-the-signed", "TR 3.1.21 (h)", mail(seal={"names": NO_LEVEL}), refused("signed-fields")),
    DemailCase("names-in-capitals", "TR 3.1", mail(seal={"names": [name.upper() for name in NAMES]}), CONFIRMED),
    DemailCase("signed-twice-in-the-list", "RFC 6376, 5.4.2", mail(seal={"names": [*NAMES, "From", "Subject"]}), CONFIRMED),
    DemailCase("length-tag-over-everything", "TR 3.1.21 (l)", mail(seal={"more": f"l={len(TEXT)}; "}), CONFIRMED),
    DemailCase(
        "length-tag-is-ignored",
        "TR 3.1.21 (l)",
        lambda world: mail(seal={"more": f"l={len(TEXT)}; "})(world) + b"PS: nein\r\n",
        refused("body"),
    ),
    DemailCase("relaxed-simple", "RFC 6376, 3.4.2", mail(seal={"canonical": "relaxed/simple"}), CONFIRMED),
    DemailCase(
        "relaxed-forgives-white-space",
        "RFC 6376, 3.4.2 and 3.4.4",
        changed(b"Subject: Widerspruch ", b"Subject:   Widerspruch\r\n\t", seal={"canonical": "relaxed/relaxed"}),
        CONFIRMED,
    ),
    DemailCase("unknown-canonical-form", "RFC 6376, 3.5 (c)", changed(b"c=simple/simple", b"c=nofws/simple"), refused("integrity")),
    DemailCase("tag-twice", "RFC 6376, 3.2", mail(seal={"more": "v=1; "}), refused("integrity")),
    DemailCase("no-body-hash", "RFC 6376, 3.5 (bh)", changed(b"bh=", b"xh="), refused("integrity")),
    DemailCase("signature-is-no-base64", "RFC 6376, 3.5 (b)", changed(b"\r\n\tb=", b"\r\n\tb=!"), refused("integrity")),
    DemailCase("version-two", "RFC 6376, 3.5 (v)", changed(b"v=1", b"v=2"), refused("integrity")),
    DemailCase("signature-ran-out", "RFC 6376, 3.5 (x)", mail(seal={"more": "x=1700000000; "}), refused("integrity")),
    DemailCase("key-from-elsewhere-is-not-asked", "TR 3.1.21 (q)", mail(seal={"source": "dns/txt"}), CONFIRMED),
    # Algorithms
    DemailCase("rsa-sha1", "TR 3.1.21 (a); TR-03116-4", mail(seal={"algorithm": "rsa-sha1"}), refused("integrity")),
    DemailCase("rsa-1024", "TR-03116-4", signed_by(key=pki.rsa_key(1024), algorithm="sha256/rsa", **RSA), refused("algorithms")),
    DemailCase("rsa-2048", "TR 3.1.21 (a)", signed_by(key=pki.rsa_key(2048), algorithm="sha256/rsa", **RSA), CONFIRMED),
    DemailCase("rsa-in-the-words-of-dkim", "RFC 6376, 3.3", signed_by(key=pki.rsa_key(2048), algorithm="rsa-sha256", **RSA), CONFIRMED),
    DemailCase("rsa-pss", "TR 3.1.21 (a); RFC 4056", signed_by(key=pki.rsa_key(2048), algorithm="sha512/rsassa-pss", **RSA), CONFIRMED),
    DemailCase("ecdsa-sha384", "TR 3.1.21 (a); RFC 5754", mail(seal={"algorithm": "sha384/ec-dsa"}), CONFIRMED),
    DemailCase("algorithm-of-another-key", "RFC 6376, 3.3", mail(seal={"algorithm": "sha256/rsa"}), refused("signature", "algorithms")),
    # Certificates
    DemailCase("self-signed", "TR 3.1.14; RFC 5280, 6", self_signed, refused("certificate-chain")),
    DemailCase("unknown-root", "TR 3.1.14; RFC 5280, 6", unknown_root, refused("certificate-chain")),
    DemailCase("expired", "TR 3.1.21; RFC 5280, 4.1.2.5", signed_by(end=EARLY), refused("certificate-validity")),
    DemailCase("not-yet-valid", "TR 3.1.21; RFC 5280, 4.1.2.5", signed_by(begin=LATE), refused("certificate-validity")),
    DemailCase("of-another-holder", "TR 3.1.14, 3.1.11", signed_by(common="Laden", domain="laden.example"), refused("provider")),
    DemailCase("names-itself-as-provider", "TR 3.1.14", names_itself, refused("provider")),
    DemailCase("of-another-provider", "TR 3.1.11", another_provider, refused("provider")),
    DemailCase("of-a-person", "TR 3.1.14", signed_by(common="Robin Beispiel", domain=None), refused("provider")),
    DemailCase("below-the-host", "TR 3.1.11", signed_by(domain="de-mail.example"), CONFIRMED),
    DemailCase("ends-like-the-host", "TR 3.1.11", signed_by(domain="er.de-mail.example"), refused("provider")),
    DemailCase("names-itself-de-mail", "TR 3.1.14", signed_by(common="De-Mail Muster", domain=None), CONFIRMED),
    DemailCase("laid-into-the-folder", "TR 3.1.14", mail(), CONFIRMED, trust=pinned),
    DemailCase("revoked", "RFC 5280, 5", mail(), refused("revocation"), trust=revoked),
    DemailCase("for-web-servers", "RFC 5280, 4.2.1.12", signed_by(purposes=[ExtendedKeyUsageOID.SERVER_AUTH]), refused("key-usage")),
    DemailCase("certificate-is-no-base64", "TR 3.1.14", changed(b"certificate:\r\n\t", b"certificate:\r\n\t!"), refused("signature")),
    # Fields
    DemailCase("unsigned-field-added", "RFC 6376, 5.4", above(b"X-Spam: no\r\n"), CONFIRMED),
    DemailCase("level-added-above", "TR 3.1.1, 3.1.21", above(b"X-de-mail-auth-level: high\r\n", level="normal"), refused("signature")),
    DemailCase("level-added-below", "TR 3.1.1, 3.1.21", below(b"X-de-mail-auth-level: high\r\n", level="normal"), plain("auth-level")),
    DemailCase("lower-level-below-is-ignored", "TR 3.1.1, 3.1.21", below(b"X-de-mail-auth-level: normal\r\n"), CONFIRMED),
    DemailCase("authoritative-below", "TR 3.1.1", below(b"X-de-mail-authoritative: yes\r\n", authoritative="no"), plain("authoritative")),
    DemailCase("sender-added-above", "TR 3.1.7", above(f"X-de-mail-sender: {CITY}\r\n".encode()), refused("signature", "sender")),
    DemailCase("two-signatures", "TR 3.1.1", second_signature_above, refused("body", "signature")),
    DemailCase("two-from", "RFC 5322, 3.6", below(b"From: Kim <kim@example.org>\r\n"), refused("structure")),
    DemailCase("two-subjects", "RFC 5322, 3.6", below(b"Subject: Dank\r\n"), refused("structure")),
    DemailCase("no-from", "RFC 5322, 3.6", mail(drop=["From"]), refused("structure", "signed-fields", "sender")),
    DemailCase("no-message-id", "TR 3.1.1, table 1", mail(drop=["Message-ID"]), refused("signed-fields")),
    DemailCase("folded-subject", "TR 3.1.21 number 3", mail(put={"Subject": "Widerspruch\r\n gegen den Bescheid"}), CONFIRMED),
    DemailCase("folded-anew", "RFC 6376, 3.4.1", changed(b"spruch T7", b"spruch\r\n T7"), refused("signature")),
    DemailCase("umlaut-in-a-field", "RFC 5322, 2.2; TR 3.1.21 number 5", mail(put={"Subject": "Über Müll"}), refused("structure")),
    DemailCase("bare-return-injects-a-field", "RFC 5322, 2.2", mail(put={"Subject": "a\rX-de-mail-sender: x"}), refused("structure")),
    DemailCase("bare-feed-injects-a-field", "RFC 5322, 2.2", mail(put={"Subject": "a\nX-de-mail-sender: x"}), refused("structure")),
    DemailCase("bare-feed-in-the-body", "TR 3.1.21 number 4", mail(b"a\r\nb\nc\r\n"), refused("structure")),
    DemailCase("feeds-only-as-unix-stores-it", "TR 3.1.21 number 4", lambda world: mail()(world).replace(b"\r\n", b"\n"), CONFIRMED),
    DemailCase("nul", "RFC 5322, 2.2; RFC 2045, 2.7", mail(b"a\0b\r\n"), refused("structure")),
    DemailCase("line-too-long", "RFC 5322, 2.1.1", mail(put={"Subject": "a" * 1000}), refused("structure")),
    DemailCase("line-that-is-no-field", "RFC 5322, 2.2", above(b"From robin Mon Jun  1 13:00:00 2026\r\n"), refused("structure")),
    # Who sends
    DemailCase("another-name-shown", "RFC 5322, 3.4", mail(put={"From": f'"{CITY}" <{SENDER}>'}), CONFIRMED),
    DemailCase("address-as-name", "TR 3.1.7; RFC 5322, 3.4", mail(put={"From": f'"{SENDER}" <kim@example.org>'}), refused("sender")),
    DemailCase(
        "address-as-encoded-name",
        "RFC 2047, 5",
        mail(put={"From": "=?utf-8?q?robin=40provider=2Ede-mail=2Eexample?= <kim@example.org>"}),
        refused("sender"),
    ),
    DemailCase("two-addresses-in-from", "RFC 5322, 3.6.2", mail(put={"From": f"{SENDER}, kim@example.org"}), refused("sender")),
    DemailCase("address-in-a-comment", "RFC 5322, 3.2.2", mail(put={"From": f"kim@example.org ({SENDER})"}), refused("sender")),
    DemailCase(
        "domain-in-punycode",
        "RFC 5891, 4.4",
        mail(put={"From": "r@xn--mller-kva.de-mail.example", "X-de-mail-sender": "r@xn--mller-kva.de-mail.example"}),
        CONFIRMED,
    ),
    DemailCase("sender-is-no-address", "TR 3.1.7", mail(put={"X-de-mail-sender": "robin"}), refused("sender")),
    # How it came
    DemailCase("forwarded-inside", "TR 3.1.13", inside_another, refused("integrity", "sender", "authoritative", "auth-level")),
    DemailCase("forwarded-by-rule", "TR 3.2", above(f"Resent-From: {SENDER}\r\nResent-To: {CITY}\r\n".encode()), plain("direct")),
    DemailCase(
        "sent-on", "TR 3.1.15, 3.3", changed(f"actual-recipient: to={CITY}".encode(), b"actual-recipient: to=x@y.example"), plain("direct")
    ),
    # Content
    DemailCase("eight-bit", "RFC 2045, 2.8", mail(UMLAUT), CONFIRMED),
    DemailCase(
        "quoted-printable", "RFC 2045, 6.7", mail(QUOTED, content=[PLAIN[0], ("Content-Transfer-Encoding", "quoted-printable")]), CONFIRMED
    ),
    DemailCase(
        "base64",
        "RFC 2045, 6.8",
        mail(base64.b64encode(UMLAUT) + b"\r\n", content=[PLAIN[0], ("Content-Transfer-Encoding", "base64")]),
        CONFIRMED,
    ),
    DemailCase("with-attachment", "RFC 2046, 5.1", mail(ATTACHED, content=MIXED), CONFIRMED),
    DemailCase("multipart-without-end", "RFC 2046, 5.1.1", mail(multipart(b"\r\n" + TEXT, end=False), content=MIXED), refused("structure")),
    DemailCase("multipart-without-boundary", "RFC 2046, 5.1.1", mail(content=[("Content-Type", "multipart/mixed")]), refused("structure")),
    DemailCase("two-content-types", "RFC 2045, 5", mail(ATTACHED, content=[*PLAIN, *MIXED]), refused("structure")),
    DemailCase("nested-within-the-limit", "RFC 2046, 5.1", nested(20), CONFIRMED),
    DemailCase("nested-too-deep", "RFC 2046, 5.1", nested(21), refused("structure")),
    DemailCase("too-many-parts", "RFC 2046, 5.1", mail(multipart(*[b"\r\na"] * 501), content=MIXED), refused("structure")),
    DemailCase("smime-holds", "TR 2.1.3; RFC 8551", signed_inside("robin"), CONFIRMED),
    DemailCase("smime-inside-one-file", "TR 2.1.3; RFC 8551", signed_inside("robin", opaque=True), CONFIRMED),
    DemailCase("smime-broken", "TR 2.1.3; RFC 8551", signed_inside("robin", old=b"lege ich", new=b"lege ich keinen"), plain("smime")),
    DemailCase("smime-of-a-stranger", "TR 2.1.3; RFC 5280, 6", signed_inside("stranger"), plain("smime")),
    DemailCase(
        "smime-without-signature",
        "RFC 1847, 2.1",
        mail(ATTACHED, content=[("Content-Type", 'multipart/signed; boundary="grenze"')]),
        plain("smime"),
    ),
    # Made to cost time: each of these would never end, or break off, without its limit
    DemailCase("comments-without-end", "RFC 5322, 3.2.2", mail(put={"From": "(\r\n " * 900 + SENDER}), refused("sender")),
    DemailCase("comments-in-the-type", "RFC 2045, 5.1", mail(content=[("Content-Type", "text/plain " + "(\r\n " * 900)]), CONFIRMED),
    DemailCase("type-too-long", "RFC 2045, 5.1", mail(ATTACHED_LONG, content=MIXED), refused("structure")),
    DemailCase("white-space-without-end", "RFC 6376, 3.4.4", mail(SPACES, seal={"canonical": "relaxed/relaxed"}), CONFIRMED),
    # No mail
    DemailCase("empty", "RFC 5322, 3.5", lambda _: b"\r\n", unreadable("leer")),
    DemailCase("a-pdf", "RFC 5322, 2.2", lambda _: b"%PDF-1.7\r\n1 0 obj\r\n", unreadable("keine E-Mail")),
    DemailCase("huge", "RFC 5321, 4.5.3.1.7", lambda _: b"From: a\r\n\r\n" + b"a" * (64 * 1024 * 1024), unreadable("größer als 64 MB")),
    DemailCase("huge-head", "RFC 5322, 2.1.1", lambda _: b"X: a\r\n" * 600 + b"\r\n", unreadable("Kopf der Nachricht ist zu groß")),
]
