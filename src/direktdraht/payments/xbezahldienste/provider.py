"""The entry ``online`` of ``payments.providers``."""

import logging
from collections.abc import Sequence
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from direktdraht.payments.models import Payment, Refund
from direktdraht.payments.registry import ProviderRefuses, ProviderSilent, Started, Told
from direktdraht.payments.xbezahldienste import messages, own, transport

MADE = frozenset({200, 201})
log = logging.getLogger(__name__)


class Online:
    """Online, by card or account, at the pages of a payment provider."""

    label = gettext_lazy("Jetzt online bezahlen")
    hint = gettext_lazy("Sie bezahlen auf den Seiten unseres Zahlungsdienstes und kommen dann zurück.")
    instant = True
    online = True

    def problems(self) -> Sequence[str]:
        """Why nobody can pay online at present."""
        try:
            own.connection()
        except own.NotConnected:
            return [_("Online-Zahlung ist nicht eingerichtet.")]
        return []

    def site(self) -> str:
        """The origin of the provider's pages."""
        try:
            return own.connection().site
        except own.NotConnected:
            return ""

    def attempt_in(self, body: bytes) -> str:
        """The transaction that a message names."""
        return messages.number_in(body)

    def start(self, payment: Payment, return_url: str) -> Started:
        """Create the transaction, or get the one that was created with this attempt's id. Raises ProviderSilent, ProviderRefuses."""
        found = self._create(payment, return_url)
        return Started(found.number, self._page(found.redirect_url))

    def ask(self, payment: Payment) -> Told:
        """How the transaction stands. Raises ProviderSilent."""
        return self._transaction("GET", payment, "")

    def cancel(self, payment: Payment) -> Told:
        """Cancel the transaction; one that we do not know the number of is looked up by our id first."""
        if not payment.provider_id:
            try:
                payment.provider_id = self._create(payment, self.site()).number
            except ProviderRefuses as error:
                return Told("failed", detail=str(error))
        return self._transaction("POST", payment, "/cancel")

    def refund(self, refund: Refund) -> Told:
        """Give money of the transaction back; our refund's id makes it happen once."""
        body = messages.written(messages.refund_request(str(refund.pk), refund.cents))
        return self._refund("POST", refund, "/refund", body)

    def ask_refund(self, refund: Refund) -> Told:
        """How the refund stands."""
        return self._refund("GET", refund, f"/refund/{refund.pk}", None)

    def _create(self, payment: Payment, return_url: str) -> messages.Transaction:
        """The transaction of an attempt, made by the first call and found by every other."""
        order = payment.order
        wanted = messages.Wanted(str(payment.pk), payment.cents, order.reference, order.title, return_url, payment.started_at)
        answer = self._send("POST", "", messages.written(messages.request(wanted)))
        if 400 <= answer.status < 500 and answer.status not in {401, 403, 408, 429}:
            raise ProviderRefuses(f"HTTP {answer.status}")
        return self._read(answer, payment)

    def _transaction(self, method: str, payment: Payment, doing: str) -> Told:
        """Ask about a transaction or change it."""
        if not payment.provider_id:
            return Told("unknown")
        answer = self._send(method, f"/{quote(payment.provider_id, safe='')}{doing}", b"{}" if method == "POST" else None)
        if answer.status == 404:
            return Told("unknown")
        if answer.status == 409:  # cannot be cancelled any more: ask how it stands
            return self._transaction("GET", payment, "") if doing else Told("waiting")
        found = self._read(answer, payment)
        if found.number != payment.provider_id:
            raise ProviderSilent("another transaction")
        return Told(found.state, found.cents, found.value_date, found.number, found.detail)

    def _refund(self, method: str, refund: Refund, path: str, body: bytes | None) -> Told:
        """Ask about a refund or begin it."""
        number = refund.payment.provider_id if refund.payment else ""
        answer = self._send(method, f"/{quote(number, safe='')}{path}", body)
        if answer.status == 404 and method == "GET":
            return Told("unknown")
        if answer.status in {404, 409, 422}:
            return Told("failed", detail=f"HTTP {answer.status}")
        if answer.status not in MADE:
            raise ProviderSilent(f"HTTP {answer.status}")
        try:
            found = messages.refund(messages.parsed(answer.body), refund_id=str(refund.pk), cents=refund.cents)
        except messages.NotUnderstood as error:
            raise self._silent(str(error)) from error
        return Told(found.state, found.cents, found.value_date, found.number, found.detail)

    def _send(self, method: str, path: str, body: bytes | None) -> transport.Answer:
        """One question below the city's own end point. Raises ProviderSilent."""
        try:
            known = own.connection()
            return transport.ask(known, method, f"/payment-transaction/{known.originator_id}/{known.end_point_id}{path}", body)
        except (own.NotConnected, transport.Unreachable) as error:
            raise self._silent(str(error)) from error

    def _read(self, answer: transport.Answer, payment: Payment) -> messages.Transaction:
        """The transaction in an answer, if it is that of the attempt. Raises ProviderSilent."""
        if answer.status not in MADE:
            raise self._silent(f"HTTP {answer.status}")
        try:
            return messages.transaction(messages.parsed(answer.body), request_id=str(payment.pk), cents=payment.cents)
        except messages.NotUnderstood as error:
            raise self._silent(str(error)) from error

    def _page(self, address: str) -> str:
        """Where the person goes: only to the provider's own site. Raises ProviderSilent."""
        parts, site = urlsplit(address), urlsplit(self.site())
        if (parts.scheme, parts.netloc) != (site.scheme, site.netloc) or not parts.netloc:
            raise self._silent("leads to another site")
        return address

    def _silent(self, why: str) -> ProviderSilent:
        """What is raised for an answer that says nothing, noted in the log."""
        log.warning("payment provider: %s", why)
        return ProviderSilent(why)


ONLINE = Online()
