"""Addresses that the person's browser and their AusweisApp call."""

import re
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from csp.constants import SELF
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from direktdraht.foundation.web.policies import widened
from direktdraht.people import identifying
from direktdraht.people.eid import asking, own, steps, tctoken
from direktdraht.people.models import RequestState

PHONES = re.compile(r"Android|iPhone|iPad|Mobile")


@require_safe
@never_cache
def start(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The page that opens the app: what will be shown there, whether it runs, one button."""
    try:
        wanted = steps.own_request(request_id, browser_of(request))
    except identifying.NotAnswerable:
        return elsewhere(request)
    if wanted.state != RequestState.OPEN:
        return redirect(identifying.way_back(wanted))
    try:
        app = asking.connected().app
    except own.SetupProblem:
        return redirect(identifying.way_back(steps.end(request_id, "setup")))
    context = {"text": wanted.text, "back": identifying.way_back(wanted), "links": links(request, steps.token_address(wanted), app)}
    response = render(request, "people/eid_start.html", {**context, "status": tctoken.status_address(app)})
    parts = urlsplit(app)
    return widened(response, {"connect-src": [SELF, f"{parts.scheme}://{parts.netloc}"]})


def links(request: HttpRequest, token: str, app: str) -> dict[str, Any]:
    """The way to the app on this device, and on the other kind of device; nothing once the token is handed out."""
    if not token:
        return {}
    phone = bool(PHONES.search(request.headers.get("User-Agent", "")))
    computer, mobile = tctoken.start_address(token, app=app), tctoken.start_address(token, phone=True)
    # The demo's app is a page of this machine, also for narrow windows.
    mobile = mobile if app == tctoken.APP else computer
    return {"phone": phone, "here": mobile if phone else computer, "there": computer if phone else mobile}


@require_GET
@never_cache
def token(request: HttpRequest, request_id: UUID, secret: str) -> HttpResponse:
    """The tcToken, fetched by the app without our cookies: the secret in the address is the key, once."""
    try:
        content = steps.hand_out_token(request_id, secret)
    except identifying.NotAnswerable:
        return HttpResponse("Dieses Token gibt es nicht oder nicht mehr.", content_type="text/plain; charset=utf-8", status=404)
    return HttpResponse(content, content_type="text/xml; charset=utf-8")


@require_GET
@never_cache
def came_back(request: HttpRequest, request_id: UUID, mark: str) -> HttpResponse:
    """The person is back, in the browser that asked: now the eID server tells the result, or later."""
    try:
        found = steps.come_back(request_id, mark, browser=browser_of(request), said=request.GET.dict())
    except identifying.NotAnswerable:
        return elsewhere(request)
    if isinstance(found, steps.Waiting):
        response = render(request, "people/eid_wait.html", {"asked": found.asked, "most": steps.MOST_QUESTIONS})
        response["Refresh"] = str(steps.SECONDS_BETWEEN)
        return response
    return redirect(identifying.way_back(found))


def browser_of(request: HttpRequest) -> str:
    """The mark of this browser, "" if it never began anything."""
    return str(request.session.get(identifying.BROWSER, ""))


def elsewhere(request: HttpRequest) -> HttpResponse:
    """A plain refusal: the request was begun in another browser, or is over."""
    return render(request, "people/eid_lost.html", status=404)
