"""What goes wrong with files from elsewhere: one error for files without an answer, and what libraries raise on hostile bytes."""

import pikepdf
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.x509 import InvalidVersion
from pyhanko.pdf_utils.misc import PdfError


class UnreadableSignature(ValueError):
    """A file that holds no signature or cannot be read; the message is one German sentence."""


FOREIGN = (
    PdfError,
    pikepdf.PdfError,
    InvalidSignature,
    UnsupportedAlgorithm,
    InvalidVersion,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    NotImplementedError,
    AssertionError,
    RecursionError,
)
"""What pyHanko, asn1crypto, qpdf and cryptography raise on bytes that are not what they should be.

The parsers build no objects of their own for each malformation; a missing entry is a KeyError there, a wrong type an
AttributeError. A fault of this kind always makes a check fail, it never lets one pass.
"""
