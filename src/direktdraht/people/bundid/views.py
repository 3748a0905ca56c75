"""Addresses that BundID and the person's browser call."""

import secrets
from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from direktdraht.foundation import clock
from direktdraht.people import identifying
from direktdraht.people.bundid import answers, messages, own, statements
from direktdraht.people.bundid.metadata import Provider, UnreadableMetadata
from direktdraht.people.bundid.names import SAMLP, SUCCESS
from direktdraht.people.bundid.reading import Refused, instant_of, tag


@require_safe
@never_cache
def metadata(request: HttpRequest) -> HttpResponse:
    """The metadata of this house, as operators of a provider load them."""
    return HttpResponse(own.metadata(), content_type="application/samlmetadata+xml")


@csrf_exempt  # the provider's page sends it, with its own signature instead of our token
@require_POST
@never_cache
def answer(request: HttpRequest) -> HttpResponse:
    """The answer of the provider, without our cookies: it is kept, and the browser goes on to where they count."""
    try:
        wanted, mark = answers.keep(request.POST.get("SAMLResponse", ""), request.POST.get("RelayState", ""))
    except identifying.NotAnswerable:
        return render(request, "people/bundid_lost.html", status=404)
    return redirect(f"{reverse('people:bundid_return')}?{urlencode({'anfrage': wanted.pk, 'marke': mark})}")


@require_safe
@never_cache
def came_back(request: HttpRequest) -> HttpResponse:
    """The person is back, in the browser that asked: now the kept answer counts."""
    browser = request.session.get(identifying.BROWSER, "")
    try:
        wanted = answers.take_in(request.GET.get("anfrage", ""), request.GET.get("marke", ""), browser=browser)
    except identifying.NotAnswerable:
        return render(request, "people/bundid_lost.html", status=404)
    return redirect(identifying.way_back(wanted))


@require_safe
@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    """Signing out: the person's wish, the provider's request, or its answer to ours (saml-profiles 4.4)."""
    query = request.META.get("QUERY_STRING", "")
    try:
        known = own.provider()
    except UnreadableMetadata:
        known = None
    if known is not None and "SAMLRequest" in request.GET:
        return answered_sign_out(request, query, known)
    if known is not None and "SAMLResponse" in request.GET:
        return render(request, "people/bundid_sign_out.html", {"ended": sign_out_worked(query, known), "url": ""})
    session = answers.last_session(request)
    url = "" if known is None or session is None or not known.sign_out else sign_out_url(known, session)
    return render(request, "people/bundid_sign_out.html", {"ended": False, "url": url})


def sign_out_url(known: Provider, session: statements.Session) -> str:
    """The address at which the provider ends the session."""
    message = messages.logout_request(new_id(), clock.now(), destination=known.sign_out, issuer=own.entity_id(), session=session)
    return messages.redirect_url(known.sign_out, message, kind="SAMLRequest", relay="", key=own.own_key().key)


def answered_sign_out(request: HttpRequest, query: str, known: Provider) -> HttpResponse:
    """The provider ends a session: nobody is signed in here through it, so it is answered with success."""
    try:
        received = read_message(query, known, kind="SAMLRequest", names=("LogoutRequest",))
    except Refused:
        return render(request, "people/bundid_lost.html", status=400)
    if not known.sign_out:
        return render(request, "people/bundid_sign_out.html", {"ended": True, "url": ""})
    message = messages.logout_response(
        new_id(), clock.now(), destination=known.sign_out, issuer=own.entity_id(), answers=received.root.get("ID", "")
    )
    url = messages.redirect_url(known.sign_out, message, kind="SAMLResponse", relay=received.relay, key=own.own_key().key)
    return HttpResponseRedirect(url)


def sign_out_worked(query: str, known: Provider) -> bool:
    """Whether the provider says, signed, that the session ended."""
    try:
        received = read_message(query, known, kind="SAMLResponse", names=("LogoutResponse",))
    except Refused:
        return False
    codes = [node.get("Value", "") for node in received.root.iter(tag(SAMLP, "StatusCode"))]
    return codes[:1] == [SUCCESS]


def read_message(query: str, known: Provider, *, kind: str, names: Sequence[str]) -> messages.Received:
    """A sign-out message from the provider, for us and of now. Raises Refused."""
    received = messages.read_redirect(query, kind=kind, certificates=known.certificates, at=clock.now())
    root = received.root
    if root.tag not in {tag(SAMLP, name) for name in names} or root.get("Destination") != own.sign_out_address():
        raise Refused("destination")
    if statements.issuer_of(root) != known.entity_id:
        raise Refused("issuer")
    issued = instant_of(root.get("IssueInstant"), "time")
    statements.check_not_early(issued, clock.now())
    if issued is None or issued < clock.now() - identifying.LASTS:
        raise Refused("time", "expired")
    return received


def new_id() -> str:
    """A fresh ID of a message."""
    return f"_{secrets.token_hex(16)}"
