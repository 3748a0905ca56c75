"""Addresses that may be asked or handed to the app: encrypted, of a host, without names and fragments. Pure."""

from urllib.parse import SplitResult, urlsplit

LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


class BadAddress(ValueError):
    """An address must not be used; the message says why, in German."""


def read_address(address: str) -> SplitResult:
    """The parts of an address; http is for this machine only. Raises BadAddress.

    >>> read_address("https://stadt.example/eid").hostname
    'stadt.example'
    """
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError as problem:
        raise BadAddress("Eine Adresse ist nicht lesbar.") from problem
    if not host or parts.username is not None or parts.fragment or not (address.isascii() and address.isprintable()) or " " in address:
        raise BadAddress("Eine Adresse ist nicht lesbar.")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOCAL):
        raise BadAddress("Eine Adresse ist nicht verschlüsselt (https).")
    return parts
