"""The one list of accepted algorithms. Pure.

Sources: BSI TR-02102-1 (2025), sections 2 to 5 and BSI TR-03116-4, section 3 (SHA-2, RSA from 2048 bits in existing
systems, elliptic curves from 250 bits); W3C XML Signature 1.1, section 6; W3C XML Encryption 1.1, section 5.
SHA-1, MD5, DSA, HMAC, PKCS#1 v1.5 for encryption and every cipher without authentication (CBC) are absent on purpose.
SHA-1 stays possible inside RSA-OAEP: there its collisions do no harm (RFC 8017, B.1), and providers know no other.
"""

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

SMALLEST_RSA_BITS = 2048
SMALLEST_CURVE_BITS = 250

MORE = "http://www.w3.org/2001/04/xmldsig-more#"
MORE_2007 = "http://www.w3.org/2007/05/xmldsig-more#"
XENC = "http://www.w3.org/2001/04/xmlenc#"
XENC11 = "http://www.w3.org/2009/xmlenc11#"

RSA_SHA256 = f"{MORE}rsa-sha256"
SIGNATURES = frozenset(
    {
        *(f"{MORE}{kind}-sha{bits}" for kind in ("rsa", "ecdsa") for bits in (256, 384, 512)),
        *(f"{MORE_2007}sha{bits}-rsa-MGF1" for bits in (256, 384, 512)),
    }
)
DIGESTS = frozenset({f"{XENC}sha256", f"{MORE}sha384", f"{XENC}sha512"})

EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
# saml-core 5.4.4 allows these transforms only; comments are never part of what is signed.
TRANSFORMS = frozenset({EXCLUSIVE, ENVELOPED})

CIPHERS = {f"{XENC11}aes{bits}-gcm": bits // 8 for bits in (128, 192, 256)}
OAEP_MGF1 = f"{XENC}rsa-oaep-mgf1p"
OAEP = f"{XENC11}rsa-oaep"
KEY_TRANSPORTS = frozenset({OAEP_MGF1, OAEP})


def is_strong(key: object) -> bool:
    """Whether a public key may verify: RSA or an elliptic curve, long enough."""
    if isinstance(key, RSAPublicKey):
        return key.key_size >= SMALLEST_RSA_BITS
    return isinstance(key, EllipticCurvePublicKey) and key.curve.key_size >= SMALLEST_CURVE_BITS
