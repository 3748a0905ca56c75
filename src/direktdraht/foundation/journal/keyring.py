"""Keys that followed one another: each change is a row signed by the old key, in which the new key agrees. Pure.

Whoever trusts one key of the chain can follow it to all others, forwards and backwards. A key that was given up counts only for
what was signed before; the grace covers nodes that got their copy of the new key a little later.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from . import records, signing

KIND = "journal.key_changed"
GRACE = timedelta(days=1)


@dataclass(frozen=True)
class Change:
    """One change of keys whose two signatures hold."""

    old: Ed25519PublicKey
    new: Ed25519PublicKey
    at: str


@dataclass(frozen=True)
class KnownKey:
    """A key that is trusted; ``given_up_at`` is empty while it is in use."""

    key: Ed25519PublicKey
    given_up_at: str = ""


class KeyRing:
    """The keys that may have signed a journal, by their short names; newest last."""

    def __init__(self, public_keys_pem: str, changes: Iterable[Mapping[str, Any]] = ()) -> None:
        """From one or more trusted keys and the rows that tell of changes; a row that does not hold is passed over.

        Raises signing.KeyProblem.
        """
        self.keys = {signing.key_id(key): KnownKey(key) for key in signing.public_keys(public_keys_pem)}
        self.follow(changes)

    def follow(self, changes: Iterable[Mapping[str, Any]]) -> None:
        """Trust the keys that are linked with a trusted one: first backwards, so that no old key can name a second successor."""
        links = [link for link in map(read_change, changes) if link is not None]
        for link in reversed(links):
            if signing.key_id(link.new) in self.keys:
                self._give_up(link)
        for link in links:
            known = self.keys.get(signing.key_id(link.old))
            if known is not None and not known.given_up_at:
                self._give_up(link)
                self.keys.setdefault(signing.key_id(link.new), KnownKey(link.new))

    def _give_up(self, link: Change) -> None:
        old = signing.key_id(link.old)
        if old in self.keys:
            self.keys[old] = KnownKey(link.old, link.at)
        else:
            self.keys = {old: KnownKey(link.old, link.at), **self.keys}

    def why_not(self, key_id: object, message: bytes, signature: object, at: object) -> str:
        """Why a signature made at an instant does not count, or nothing."""
        known = self.keys.get(str(key_id))
        if known is None:
            return "it was signed with another key."
        if not signing.is_signed(known.key, message, str(signature)):
            return "its signature does not hold."
        if known.given_up_at and _is_past(at, known.given_up_at):
            return "it was signed with a key that had been given up."
        return ""

    def pem(self) -> str:
        """All keys as PEM text, newest first."""
        return "".join(signing.public_pem(known.key) for known in reversed(self.keys.values()))


def change_facts(old: Ed25519PublicKey, new: Ed25519PrivateKey) -> dict[str, str]:
    """The facts of the row that tells of a change; the row itself is to be signed by the old key."""
    facts = {"old_key": _hex(old), "new_key": _hex(new.public_key())}
    return {**facts, "consent": signing.sign(new, records.key_change_message(facts))}


def read_change(row: Mapping[str, Any]) -> Change | None:
    """The change in a row of an export; None unless the old key signed the row and the new key agreed."""
    facts = row.get("facts")
    if row.get("kind") != KIND or not isinstance(facts, Mapping):
        return None
    try:
        old, new = (Ed25519PublicKey.from_public_bytes(bytes.fromhex(str(facts[name]))) for name in ("old_key", "new_key"))
        message = records.entry_message(records.row_hash(row))
        agreed = signing.is_signed(new, records.key_change_message(facts), str(facts["consent"]))
    except (KeyError, ValueError):
        return None
    if not agreed or not signing.is_signed(old, message, str(row.get("signature"))):
        return None
    return Change(old, new, str(row["recorded_at"]))


def _is_past(at: object, given_up_at: str) -> bool:
    try:
        return records.read_instant(str(at)) - records.read_instant(given_up_at) > GRACE
    except ValueError:
        return True


def _hex(key: Ed25519PublicKey) -> str:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
