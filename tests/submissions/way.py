"""The way of the bulky waste form as a person walks it, for tests of what comes before and after."""

import io
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from direktdraht.forms import actions as forms
from direktdraht.forms.models import FormVersion
from direktdraht.services.models import Service
from direktdraht.submissions.models import Draft, Submission
from tests import cast

FORM = "sperrmuell"
PLACE = {
    "place.street": "Lange Straße",
    "place.number": "12",
    "place.postal_code": "26121",
    "place.city": "Musterstadt",
    "place.country": "DE",
    "spot": "",
}
ITEMS = {
    "kind": "furniture",
    "count": "3",
    "what": "Schrank, Sofa, Matratze",
    "day.day": "8",
    "day.month": "12",
    "day.year": "2026",
    "express": "false",
}
CONTACT = {"contact_name": "Robin Weber", "email": "robin@example.org", "phone": ""}


def picture(name: str = "sofa.jpg", colour: str = "navy") -> SimpleUploadedFile:
    """A small real picture as an upload."""
    target = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(target, "JPEG")
    return SimpleUploadedFile(name, target.getvalue(), "image/jpeg")


def published_form(key: str = FORM) -> FormVersion:
    """A form of the gallery, published, with its unit and service."""
    data = forms.read_gallery(key)
    unit = cast.unit(str(data["unit"]))
    Service.objects.get_or_create(key=data["service"], defaults={"title": data["title"], "unit": unit, "form_key": key, "answer_days": 4})
    return forms.publish(data, by=None)


def begin(client: Client, key: str = FORM) -> UUID:
    """Begin the form; returns the draft's id."""
    published_form(key)
    response = client.post(f"/formulare/{key}")
    return UUID(response.headers["Location"].split("/")[2])


def post_page(client: Client, draft_id: UUID, page: str, answers: dict[str, Any], button: str = "_next") -> Any:
    """Send one page with one of its buttons."""
    return client.post(f"/antrag/{draft_id}/seite/{page}", {**answers, "_shown": [name.partition(".")[0] for name in answers], button: "1"})


def fill(client: Client, pictures: tuple[SimpleUploadedFile, ...] = ()) -> UUID:
    """Fill in the whole form up to the review page; returns the draft's id."""
    draft_id = begin(client)
    assert post_page(client, draft_id, "place", PLACE).status_code == 302
    assert post_page(client, draft_id, "items", {**ITEMS, "photos": list(pictures)}).status_code == 302
    answer = post_page(client, draft_id, "contact", CONTACT)
    assert answer.headers["Location"].endswith("/pruefen")
    return draft_id


def seen_digest(client: Client, draft_id: UUID) -> str:
    """What the review page carries."""
    return str(client.get(f"/antrag/{draft_id}/pruefen").context["seen"])


def send(client: Client, draft_id: UUID) -> Any:
    """Press the button of the review page."""
    return client.post(f"/antrag/{draft_id}/absenden", {"seen": seen_digest(client, draft_id)})


def sent(client: Client, pictures: tuple[SimpleUploadedFile, ...] = ()) -> Submission:
    """Walk the whole way; returns what was sent."""
    draft_id = fill(client, pictures)
    assert send(client, draft_id).headers["Location"] == f"/antrag/{draft_id}/eingegangen"
    return Submission.objects.select_related("case").get(pk=draft_id)


def draft_of(draft_id: UUID) -> Draft:
    """The draft as it is stored now."""
    return Draft.objects.get(pk=draft_id)
