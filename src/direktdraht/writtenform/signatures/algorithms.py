"""Which algorithms are strong enough for a signature, and until when: one table with its sources."""

from dataclasses import dataclass
from datetime import UTC, datetime

from asn1crypto import algos, keys
from pyhanko.sign.validation.utils import CMSAlgorithmUsagePolicy
from pyhanko_certvalidator.policy_decl import AlgorithmUsageConstraint

VERSIONS = ("2026-11",)
"""Names of this table through time, the newest last. A row is added or ended at a date, never taken away or changed backwards:
so a check of an earlier year finds the rows of its time."""
VERSION = VERSIONS[-1]
"""Name of the table as it is now; evidence keeps it."""

_ALWAYS = datetime(1, 1, 1, tzinfo=UTC)
_OPEN = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True)
class Algorithm:
    """One accepted algorithm: ``since`` and ``until`` are instants of the signature, ``least_bits`` the smallest key."""

    name: str
    source: str
    least_bits: int = 0
    until: datetime = _OPEN
    since: datetime = _ALWAYS

    def holds(self, moment: datetime) -> bool:
        """Whether it is accepted for a signature that existed at a moment."""
        return self.since <= moment <= self.until


DIGESTS: tuple[Algorithm, ...] = (
    Algorithm("sha256", "ETSI TS 119 312, 5.2; BSI TR-02102-1, 4"),
    Algorithm("sha384", "ETSI TS 119 312, 5.2; BSI TR-02102-1, 4"),
    Algorithm("sha512", "ETSI TS 119 312, 5.2; BSI TR-02102-1, 4"),
    Algorithm("sha3_256", "ETSI TS 119 312, 5.2; BSI TR-02102-1, 4"),
    Algorithm("sha3_384", "ETSI TS 119 312, 5.2; BSI TR-02102-1, 4"),
    Algorithm("sha3_512", "ETSI TS 119 312, 5.2; BSI TR-02102-1, 4"),
    Algorithm("shake256", "ETSI TS 119 312, 5.2 (only inside Ed448)"),
    Algorithm("sha224", "SOG-IS Agreed Cryptographic Mechanisms, 2.2 (legacy)", until=datetime(2025, 12, 31, tzinfo=UTC)),
    Algorithm("sha1", "Bundesnetzagentur, Algorithmenkatalog 2010, 2 (signing)", until=datetime(2010, 12, 31, tzinfo=UTC)),
)
SIGNATURES: tuple[Algorithm, ...] = (
    Algorithm("rsa", "ETSI TS 119 312, 6.2; BSI TR-02102-1, 5.3", least_bits=3000),
    Algorithm("rsa", "ETSI TS 119 312, 6.2; SOG-IS, 4.1 (legacy)", least_bits=2048, until=datetime(2028, 12, 31, tzinfo=UTC)),
    Algorithm("ec", "ETSI TS 119 312, 6.2; BSI TR-02102-1, 5.3", least_bits=256),
    Algorithm("ed25519", "ETSI TS 119 312, 6.2; SOG-IS, 4.2", least_bits=256),
    Algorithm("ed448", "ETSI TS 119 312, 6.2; SOG-IS, 4.2", least_bits=448),
)
CURVES = frozenset(
    {"secp256r1", "secp384r1", "secp521r1", "brainpoolp256r1", "brainpoolp384r1", "brainpoolp512r1"}
    | {"1.3.36.3.3.2.8.1.1.7", "1.3.36.3.3.2.8.1.1.11", "1.3.36.3.3.2.8.1.1.13"}
)
"""Elliptic curves of ETSI TS 119 312, 6.2; Brainpool curves also by their object identifiers (RFC 5639, 4)."""

_IMPLIED_DIGESTS = {"ed25519": "sha512", "ed448": "shake256"}
_SCHEMES = {"rsassa_pkcs1v15": "rsa", "rsassa_pss": "rsa", "ecdsa": "ec", "ed25519": "ed25519", "ed448": "ed448"}


class AcceptedAlgorithms(CMSAlgorithmUsagePolicy):  # type: ignore[misc]  # pyHanko's types are not used
    """The table as pyHanko asks for it."""

    def digest_algorithm_allowed(self, algo: algos.DigestAlgorithm, moment: datetime | None) -> AlgorithmUsageConstraint:
        """Whether a digest is accepted."""
        name = algo["algorithm"].native
        return _constraint([row for row in DIGESTS if row.name == name], moment, f"{name} ist kein zugelassenes Hashverfahren.")

    def signature_algorithm_allowed(
        self, algo: algos.SignedDigestAlgorithm, moment: datetime | None, public_key: keys.PublicKeyInfo | None
    ) -> AlgorithmUsageConstraint:
        """Whether a signature scheme with its digest, key size and curve is accepted."""
        try:
            scheme = algo.signature_algo
        except ValueError:
            scheme = algo["algorithm"].native
        family = _SCHEMES.get(scheme, "")
        digest = _digest_of(algo, family)
        if digest:
            weak = self.digest_algorithm_allowed(algos.DigestAlgorithm({"algorithm": digest}), moment)
            if not weak:
                return weak
        rows = [row for row in SIGNATURES if row.name == family and (public_key is None or _strong_enough(public_key, row))]
        size = f" mit {public_key.bit_size} Bit" if public_key is not None and family in {"rsa", "ec"} else ""
        return _constraint(rows, moment, f"{scheme}{size} ist kein zugelassenes Signaturverfahren.")

    def digest_combination_allowed(
        self,
        signature_algo: algos.SignedDigestAlgorithm,
        message_digest_algo: algos.DigestAlgorithm,
        moment: datetime | None,
    ) -> AlgorithmUsageConstraint:
        """Whether digest and signature belong together (RFC 8933, 3): by name, as absent parameters and NULL mean the same."""
        scheme = signature_algo["algorithm"].native
        implied = _digest_of(signature_algo, _SCHEMES.get(scheme, ""))
        if implied is None or implied == message_digest_algo["algorithm"].native:
            return AlgorithmUsageConstraint(allowed=True)
        return AlgorithmUsageConstraint(allowed=False, failure_reason="Hashverfahren und Signaturverfahren passen nicht zusammen.")


def _digest_of(algo: algos.SignedDigestAlgorithm, family: str) -> str | None:
    if family in _IMPLIED_DIGESTS:
        return _IMPLIED_DIGESTS[family]
    try:
        return str(algo.hash_algo)
    except ValueError:
        return None  # plain RSA: the digest stands beside it and is checked there


def _strong_enough(public_key: keys.PublicKeyInfo, row: Algorithm) -> bool:
    if public_key.algorithm == "rsassa_pss":
        return row.name == "rsa" and bool(public_key.bit_size >= row.least_bits)
    if public_key.algorithm != row.name:
        return False
    if row.name == "ec":
        kind, curve = public_key.curve
        return kind == "named" and curve in CURVES
    return row.name.startswith("ed") or bool(public_key.bit_size >= row.least_bits)


def _constraint(rows: list[Algorithm], moment: datetime | None, reason: str) -> AlgorithmUsageConstraint:
    """Accepted if one row holds; moment None asks whether it holds for good."""
    when = moment or _OPEN
    if any(row.holds(when) for row in rows):
        return AlgorithmUsageConstraint(allowed=True)
    last = max((row.until for row in rows), default=None)
    if last is None:
        return AlgorithmUsageConstraint(allowed=False, failure_reason=reason)
    return AlgorithmUsageConstraint(
        allowed=False, not_allowed_after=last, failure_reason=f"{reason} Es war bis Ende {last.year} zugelassen."
    )
