"""The two sides of the messages in these tests: the city and its eID server, and what is asked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from lxml import etree
from sandbox import eid_messages as server

from direktdraht.people.eid import requests, wss
from direktdraht.people.eid.checking import Expected
from direktdraht.people.eid.requests import Wanted

AT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
PERSON = frozenset({"given_name", "family_name", "birth_date"})
WANTED = Wanted(PERSON, "high", "Widerspruch, Prüfcode 7KQM-2F4T")
SESSION = "1234567890abcdef1234567890abcdef"
KEY = "fedcba0987654321fedcba0987654321"


class World:
    """Keys and certificates of one run."""

    def __init__(self) -> None:
        since = AT - timedelta(days=30)
        self.city = server.new_holder("Stadt Musterstadt", since=since)
        self.server = server.new_holder("eID-Server", since=since)
        self.stranger = server.new_holder("eID-Server", since=since)
        self.old = server.new_holder("eID-Server", since=AT - timedelta(days=400), days=300)
        self.request = self.sealed(requests.get_result(SESSION, 1))
        self.session_request = self.sealed(requests.use_id(WANTED))

    def sealed(self, message: etree._Element) -> bytes:
        """A request of the city."""
        return wss.sealed(message, key=self.city.key, certificate=self.city.certificate, at=AT)

    def expected(self, wanted: Wanted = WANTED) -> Expected:
        """What a good answer is measured by."""
        return Expected(self.server.certificate, AT, wanted, self.request)

    def answer(self, message: etree._Element, *, at: datetime = AT, lasts: int = 300, confirms: str = "") -> bytes:
        """An answer of the eID server."""
        return server.signed(message, self.server, at, lasts=lasts, confirms=confirms)

    def result(
        self, wanted: Wanted = WANTED, *, missing: str = "", minor: str = "", level: str = server.HOCH, **values: str
    ) -> etree._Element:
        """getResultResponse for what was asked; ``values`` replace those of the person."""
        person = server.Person()
        person = replace(person, values={**person.values, **values}, level=level)
        return server.get_result_response(person, wanted.operations(), minor=minor, missing=missing)
