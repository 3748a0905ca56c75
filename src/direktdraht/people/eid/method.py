"""The online ID card as a way to tell who is speaking, and what operators should know about it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from direktdraht.foundation.checks import Finding
from direktdraht.foundation.checks import Level as Severity
from direktdraht.foundation.verdicts import Check, failed
from direktdraht.people.eid import asking, own, steps
from direktdraht.people.eid.evidence import recheck
from direktdraht.people.eid.sentences import FAILURES
from direktdraht.people.models import Identification, IdentificationRequest, Level

LABEL = gettext_lazy("Online-Ausweis (Beispiel)") if settings.MODE == "demo" else gettext_lazy("Online-Ausweis")
FACTS = {
    "own-certificate": "the city's certificate eid/city.pem, or eid/connection.pem,",
    "server-certificate": "the server's certificate eid/server.pem",
    "reachable": "no answer from the eID server",
    "database": "the clocks of this machine and of the database differ",
    "clock": "the clocks of this machine and of the eID server differ",
    "believed": "the eID server's answer is not signed with eid/server.pem",
    "version": "the eID server speaks a version that is too old",
    "rights": "the authorisation certificate does not allow name and date of birth",
}
ASKED_BY_OPERATORS = ("given_name", "family_name", "birth_date")


class OnlineCard:
    """The person's card, read by the AusweisApp on their own device; the eID server answers with a signed statement."""

    label = LABEL
    level = Level.HIGH
    needs = gettext_lazy("Sie brauchen Ihren Ausweis mit Online-Funktion, die sechsstellige PIN und die AusweisApp.")
    told_besides: Sequence[Any] = (gettext_lazy("Art des Ausweises"),)

    def problems(self) -> Sequence[str]:
        """What can be known without asking anybody: not set up, set up wrongly, a certificate that is over."""
        return found_problems(asking.certificate_checks)

    def obstacles(self, asked: Sequence[str]) -> Sequence[str]:
        """The same, and what the eID server, its clock and the database's say."""
        return found_problems(lambda known: asking.ready(known, asked))

    def start(self, request: HttpRequest, wanted: IdentificationRequest) -> HttpResponse:
        """To the page that opens the app."""
        del request
        steps.start(wanted)
        return redirect("people:eid_start", request_id=wanted.pk)

    def failure_words(self, failure: str) -> str:
        """A failure as a sentence that says what the person can do."""
        return _(FAILURES.get(failure, FAILURES["unknown"]))

    def recheck(self, identification: Identification) -> Sequence[Check]:
        """Examine the stored answer again, without any network."""
        return recheck(identification.evidence, attributes=identification.attributes, level=identification.level)

    def sign_out_page(self, request: HttpRequest) -> str:
        """The card signs in nowhere."""
        del request
        return ""


def found_problems(look: Callable[[own.Service], Iterable[Check]]) -> list[str]:
    """Why nobody can use the card now, one sentence each; ``look`` examines a connection that is set up."""
    try:
        known = own.service()
        if known is None:
            return [_("Der Online-Ausweis ist hier noch nicht eingerichtet.")]
        return [_(check.detail) for check in failed(look(known))]
    except own.SetupProblem:
        return [_("Die Einrichtung des Online-Ausweises ist fehlerhaft. Wir kümmern uns darum.")]


def look_at_connection() -> Iterable[Finding]:
    """Settings, certificates, clocks and rights of the connection to the eID server, which is asked; nothing where there is none."""
    try:
        known = own.service()
        checks = [] if known is None else asking.ready(known, ASKED_BY_OPERATORS)
    except own.SetupProblem as problem:
        return [Finding(Severity.ERROR, f"eID: {problem}.")]
    return [finding_of(check) for check in checks if check.ok is not True]


def finding_of(check: Check) -> Finding:
    """A check that does not hold, as operators read it; a server that is away for a moment is only a warning."""
    fact = FACTS[check.name]
    if check.name.endswith("certificate"):
        when = "is over or not valid yet" if check.ok is False else "expires within 30 days"
        return Finding(Severity.WARNING if check.ok is None else Severity.ERROR, f"eID: {fact} {when}.")
    if check.ok is None:
        return Finding(Severity.WARNING, "eID: the eID server does not tell the time.")
    return Finding(Severity.WARNING if check.name == "reachable" else Severity.ERROR, f"eID: {fact}.")
