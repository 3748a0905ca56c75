"""What the pages share: how a refusal reaches the person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from direktdraht.foundation.web.refusals import message_and, telling, trying
from direktdraht.payments.errors import PaymentsError


def to_order(request: HttpRequest, reference: str) -> HttpResponse:
    """On to the order's page."""
    del request
    return redirect("payments:order", reference)


told = telling(PaymentsError, message_and(to_order))
tried = trying(PaymentsError)
