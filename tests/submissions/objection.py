"""An objection to a decision, which needs the written form, as a person walks it up to its signature."""

from typing import Any
from uuid import UUID

from django.test import Client

from direktdraht.forms import actions as forms
from direktdraht.services.models import Service, WrittenForm
from direktdraht.submissions.models import Declaration
from tests import cast
from tests.submissions import way

FORM = "widerspruch"
DECISION: dict[str, Any] = {
    "reference": "66-2026-0815",
    "topic": "refused",
    "dated.day": "2",
    "dated.month": "11",
    "dated.year": "2026",
    "received.day": "5",
    "received.month": "11",
    "received.year": "2026",
    "remedy": "objection",
    "decision_copy": [],
}
OBJECTION = {"scope": "all", "reasons_when": "later", "cost": ""}
PERSON = {
    "for_other": "false",
    "objector.given_name": "Robin",
    "objector.family_name": "Weber",
    "home.street": "Lange Straße",
    "home.number": "12",
    "home.postal_code": "26121",
    "home.city": "Musterstadt",
    "home.country": "DE",
    "email": "robin@example.org",
    "phone": "",
}


def published() -> None:
    """The form of the gallery, answered for by the waste unit, so that kim takes in its letters."""
    data = forms.read_gallery(FORM) | {"unit": cast.abfall().key}
    service = {"title": data["title"], "unit": cast.abfall(), "form_key": FORM, "written_form": WrittenForm.WRITTEN}
    Service.objects.get_or_create(key=data["service"], defaults=service)
    forms.publish(data, by=None)


def fill(client: Client, **person: str) -> UUID:
    """Fill in everything up to the review page; ``person`` replaces answers about who objects. Returns the draft's id."""
    published()
    draft_id = UUID(client.post(f"/formulare/{FORM}").headers["Location"].split("/")[2])
    for page, answers in (("decision", DECISION), ("objection", OBJECTION), ("person", {**PERSON, **person})):
        answer = way.post_page(client, draft_id, page, answers)
        assert answer.status_code == 302, answer.content.decode()
    return draft_id


def freeze(client: Client, draft_id: UUID) -> Any:
    """Press the button of the review page that leads to the signature."""
    return client.post(f"/antrag/{draft_id}/einfrieren", {"seen": way.seen_digest(client, draft_id)})


def frozen(client: Client, **person: str) -> Declaration:
    """The declaration, frozen and waiting."""
    draft_id = fill(client, **person)
    assert freeze(client, draft_id).headers["Location"] == f"/antrag/{draft_id}/unterschreiben"
    return Declaration.objects.get(draft=draft_id, discarded_at=None)


def take_in_letter(clerk: Client, declaration: Declaration, **more: Any) -> Any:
    """The clerk states that the signed letter is here."""
    return clerk.post(f"/buero/unterschriften/{declaration.code}/brief", {"received_on": "2026-11-23", "signed": "on", **more})
