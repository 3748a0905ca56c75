"""What the fields of a De-Mail say: sender, confirmation, level, kind, and whether it came straight from the sender."""

from collections.abc import Collection, Iterator, Sequence

from direktdraht.foundation.verdicts import Check
from direktdraht.writtenform.demail.fields import MOST_ADDRESSES_BYTES, Mail, addresses, one_address

RESENT = ("resent-from", "resent-to", "resent-date", "resent-message-id", "resent-sender", "resent-cc")


def circumstances(mail: Mail, *, recipients: Sequence[str], seen: Collection[str] | None) -> Iterator[Check]:
    """The checks of the fields; whether they are the provider's is the signature's matter."""
    yield _sender(mail)
    yield _authoritative(mail)
    yield _level(mail)
    yield _type(mail)
    yield _direct(mail)
    if recipients:
        yield _recipient(mail, recipients)
    if seen is not None:
        yield _replay(mail, seen)


def message_ids(mail: Mail) -> list[str]:
    """By what a mail is known again: its own identifier and the provider's (3.1.18)."""
    return [value for name in ("message-id", "x-de-mail-message-id") if (value := mail.first(name))]


def chosen_recipients(value: str | None) -> list[str] | None:
    """The addresses in ``to=…; cc=…; bcc=…`` in small letters (3.1.8), None if that is not readable.

    >>> chosen_recipients("to=Amt <amt@stadt.de-mail.example>, b@x.example; cc=c@x.example")
    ['amt@stadt.de-mail.example', 'b@x.example', 'c@x.example']
    >>> chosen_recipients("to=a@x.example; to=b@x.example") is None
    True
    """
    if len(value or "") > MOST_ADDRESSES_BYTES:
        return None
    found: list[str] = []
    kinds: list[str] = []
    for piece in (value or "").split(";"):
        kind, equals, text = piece.strip().partition("=")
        if equals and kind.strip().lower() in {"to", "cc", "bcc"}:
            kinds.append(kind.strip().lower())
            text = text.strip()
        elif kinds:
            text = piece.strip()  # a list may also be parted by semicolons (note 5 there)
        else:
            text = piece.strip()
            kinds.append("")
        some = addresses(text)
        if not some and text:
            return None
        found += some
    return found if found and len(set(kinds)) == len(kinds) else None


def _sender(mail: Mail) -> Check:
    """3.1.7; RFC 5322, 3.6.2: the one address under "from" is the provider's; the name before it is never looked at."""
    sender = one_address(mail.first("x-de-mail-sender"))
    if sender is None:
        return Check("sender", False, "Die De-Mail-Adresse der absendenden Person fehlt oder ist nicht lesbar.")
    if one_address(mail.first("from")) != sender:
        return Check("sender", False, "Der genannte Absender ist ein anderer als die De-Mail-Adresse.")
    return Check("sender", True, f"Die Nachricht nennt {sender} als De-Mail-Adresse.")


def _authoritative(mail: Mail) -> Check:
    """3.1.5: exactly "yes", in small letters; missing means "no"."""
    held = mail.first("x-de-mail-authoritative") == "yes"
    return Check("authoritative", held, f"Die Versandart „absenderbestätigt“ wurde {'' if held else 'nicht '}gewählt.")


def _level(mail: Mail) -> Check:
    """3.1.9; § 4 (1) and § 5 (5) De-Mail-Gesetz: a confirmation needs the secure sign-in."""
    level = mail.first("x-de-mail-auth-level")
    if level == "high":
        return Check("auth-level", True, "Die absendende Person war sicher angemeldet (Niveau hoch).")
    return Check("auth-level", False, "Die absendende Person war nicht sicher angemeldet (Niveau hoch fehlt).")


def _type(mail: Mail) -> Check:
    """3.1.12: only a normal mail is a declaration of its sender; confirmations are the provider's."""
    kind = mail.first("x-de-mail-message-type")
    if kind is None:
        return Check("message-type", None, "Die Nachricht nennt nicht, von welcher Art sie ist.")
    held = kind == "normal"
    return Check(
        "message-type", held, "Die Nachricht ist eine gewöhnliche De-Mail." if held else "Die Nachricht kommt vom Anbieter selbst."
    )


def _direct(mail: Mail) -> Check:
    """3.2, 3.3 and 3.1.15: who forwards declares nothing, and the first recipient was somebody else."""
    actual, chosen = mail.first("x-de-mail-actual-recipient"), mail.first("x-de-mail-chosen-recipient")
    rewritten = actual is not None and set(chosen_recipients(actual) or [actual]) != set(chosen_recipients(chosen) or ["?"])
    if rewritten or any(mail.has(name) for name in RESENT):
        return Check("direct", False, "Die Nachricht wurde weitergeleitet.")
    return Check("direct", True, "Die Nachricht kam ohne Weiterleitung.")


def _recipient(mail: Mail, own: Sequence[str]) -> Check:
    """3.1.8: the signed list of recipients names us."""
    chosen = chosen_recipients(mail.first("x-de-mail-chosen-recipient")) or []
    held = bool({one.lower() for one in own} & set(chosen))
    return Check("recipient", held, "Die Nachricht ist an uns gerichtet." if held else "Die Nachricht war an jemand anderes gerichtet.")


def _replay(mail: Mail, seen: Collection[str]) -> Check:
    """3.1.18: an identifier belongs to one message only."""
    known = [one for one in message_ids(mail) if one in seen]
    return Check("replay", not known, "Diese Nachricht lag schon einmal vor." if known else "Die Nachricht lag noch nicht vor.")
