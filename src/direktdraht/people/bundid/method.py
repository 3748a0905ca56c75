"""BundID as a way to tell who is speaking, and what operators should know about it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from cryptography.x509 import Certificate
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from direktdraht.foundation import clock
from direktdraht.foundation.checks import Finding
from direktdraht.foundation.checks import Level as Severity
from direktdraht.foundation.city import settings as city_settings
from direktdraht.foundation.verdicts import Check
from direktdraht.people import identifying
from direktdraht.people.bundid import answers, messages, own
from direktdraht.people.bundid.metadata import Provider, UnreadableMetadata
from direktdraht.people.models import Identification, IdentificationRequest, Level

LABEL = gettext_lazy("BundID (Beispiel)") if settings.MODE == "demo" else gettext_lazy("BundID")
WARN_BEFORE = timedelta(days=42)


class BundID:
    """The person signs in at their user account; BundID answers with a signed statement."""

    label = LABEL
    level = Level.HIGH
    needs = gettext_lazy("Sie brauchen ein BundID-Konto und Ihren Ausweis mit Online-Funktion.")
    told_besides: Sequence[Any] = ()

    def problems(self) -> Sequence[str]:
        """What stands in the way: no metadata, expired ones, an expired certificate, a wrong clock."""
        return [sentence for sentence, _level in found_problems()]

    def obstacles(self, asked: Sequence[str]) -> Sequence[str]:
        """The same: BundID has no question whether it is ready."""
        del asked
        return self.problems()

    def start(self, request: HttpRequest, wanted: IdentificationRequest) -> HttpResponse:
        """A page that leads to the provider at once; a form could not, our headers forbid forms to other houses."""
        known = own.provider()
        if known is None:
            raise UnreadableMetadata(_("BundID ist hier noch nicht eingerichtet."))
        key = own.own_key().key
        message = messages.authn_request(
            messages.Asked(
                request_id=answers.request_id_of(wanted),
                at=clock.now(),
                destination=known.sign_on,
                issuer=own.entity_id(),
                acs=own.acs(),
                level=wanted.level if wanted.level != Level.NONE else Level.LOW,
                attributes=wanted.asked,
                organization=city_settings.current().name,
                text=wanted.text,
                service_id=own.service_id(),
            )
        )
        identifying.remember(wanted, {"provider": known.entity_id})
        url = messages.redirect_url(known.sign_on, message, kind="SAMLRequest", relay=str(wanted.pk), key=key)
        response = render(request, "people/bundid_away.html", {"label": self.label, "url": url})
        response["Refresh"] = f"0; url={url}"
        return response

    def failure_words(self, failure: str) -> str:
        """A failure as a sentence that says what the person can do."""
        words = {
            "cancelled": _("Sie haben die Anmeldung bei BundID abgebrochen. Ihre Angaben sind noch da."),
            "level": _("Die Anmeldung bei BundID war nicht sicher genug. Bitte melden Sie sich dort mit dem Online-Ausweis an."),
            "timeout": _("Die Anmeldung bei BundID hat zu lange gedauert. Bitte versuchen Sie es noch einmal."),
            "clock": _("Die Uhren von BundID und uns gehen auseinander. Bitte versuchen Sie es in einigen Minuten noch einmal."),
            "missing": _("In Ihrem BundID-Konto fehlt eine Angabe, die wir brauchen. Bitte ergänzen Sie sie dort."),
            "provider": _("BundID meldet eine Störung. Bitte versuchen Sie es später noch einmal."),
            "broken": _("Die Antwort von BundID war nicht lesbar. Bitte versuchen Sie es noch einmal."),
            "unreadable": _("Die Antwort von BundID ließ sich nicht öffnen. Bitte wählen Sie einen anderen Weg."),
            "replayed": _("Diese Antwort von BundID wurde schon einmal verwendet. Bitte melden Sie sich neu an."),
        }
        return words.get(failure, _("Die Antwort von BundID war nicht sicher echt. Bitte melden Sie sich neu an."))

    def recheck(self, identification: Identification) -> Sequence[Check]:
        """Examine the stored answer again, without any network."""
        return answers.recheck(identification)

    def sign_out_page(self, request: HttpRequest) -> str:
        """The page for signing out at BundID, where this browser signed in there."""
        return reverse("people:bundid_sign_out") if answers.last_session(request) is not None else ""


def found_problems() -> list[tuple[str, str]]:
    """Why nobody can sign in through BundID now, one sentence each, with a short word for operators."""
    try:
        known = own.provider()
    except (UnreadableMetadata, OSError):
        return [(_("Die Einrichtung von BundID ist fehlerhaft. Wir kümmern uns darum."), "provider.xml is unreadable")]
    if known is None:
        return [(_("BundID ist hier noch nicht eingerichtet."), "")]
    return [*_provider_problems(known, clock.now()), *_own_problems(clock.now())]


def _provider_problems(known: Provider, now: datetime) -> Iterable[tuple[str, str]]:
    if not known.sign_on:
        yield _("BundID ist auf dem verabredeten Weg nicht erreichbar."), "provider.xml names no address for HTTP-Redirect"
    if not known.holds_at(now):
        yield _("Die Angaben über BundID sind abgelaufen. Wir kümmern uns darum."), "provider.xml is expired"
    if not any(is_current(certificate, now) for certificate in known.certificates):
        yield _("Das Zertifikat von BundID ist abgelaufen."), "every certificate in provider.xml is expired"


def _own_problems(now: datetime) -> Iterable[tuple[str, str]]:
    try:
        certificate = own.own_key().certificate
    except own.KeyProblem as problem:
        yield _("Unser Schlüssel für BundID ist nicht lesbar. Wir kümmern uns darum."), str(problem)
        return
    if now < certificate.not_valid_before_utc:
        yield _("Die Uhr unseres Servers geht falsch. Wir kümmern uns darum."), "the clock is behind the certificate in keys/bundid.pem"
    if now > certificate.not_valid_after_utc:
        yield _("Unser Zertifikat für BundID ist abgelaufen. Wir kümmern uns darum."), "the certificate in keys/bundid.pem is expired"


def is_current(certificate: Certificate, now: datetime) -> bool:
    """Whether a certificate is valid now."""
    return certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc


def look_at_connection() -> Iterable[Finding]:
    """Metadata, certificates and clock of the connection to BundID; nothing where it is not set up."""
    found = [Finding(Severity.ERROR, f"BundID: {fact}.") for _sentence, fact in found_problems() if fact]
    if found or not own.provider_file().exists():
        return found
    known = own.provider()
    ends = [own.own_key().certificate.not_valid_after_utc]
    if known is not None:
        ends.append(max(certificate.not_valid_after_utc for certificate in known.certificates))
        ends += [known.valid_until] if known.valid_until else []
    if min(ends) < clock.now() + WARN_BEFORE:
        return [Finding(Severity.WARNING, f"BundID: metadata or a certificate expire on {min(ends):%Y-%m-%d}.")]
    return []
