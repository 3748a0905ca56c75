"""A clerk's way through the editor, for tests: the addresses, and posts that know the present revision."""

from typing import Any

from django.test import Client

from direktdraht.forms import actions
from direktdraht.forms.editing import blank
from direktdraht.forms.models import WorkingDraft
from direktdraht.services.models import Service
from tests import cast

KEY = "probe"
DESK = f"/buero/formulare/{KEY}/entwurf"


def new_draft(**more: Any) -> WorkingDraft:
    """A working draft from empty, of a unit and a service."""
    unit = cast.unit("abfall")
    Service.objects.get_or_create(key="probe", defaults={"title": {"de": "Probe"}, "unit": unit})
    definition = {**blank.new_form(key=KEY, title="Probe", unit=unit.pk, service="probe"), **more}
    return actions.begin_form(definition, source="leer", by=cast.toni())


def present() -> WorkingDraft:
    """The draft as it is stored now."""
    return WorkingDraft.objects.get(pk=KEY)


def do(client: Client, address: str, **fields: Any) -> Any:
    """Post to an address below the desk with the present revision."""
    return client.post(f"{DESK}/{address}", {"revision": present().revision, **fields})


def act(client: Client, action: str, **fields: Any) -> Any:
    """Do one command of the outline."""
    return do(client, f"tun/{action}", **fields)


def elements(page: int = 0) -> list[dict[str, Any]]:
    """The questions of a page as they are stored now."""
    found: list[dict[str, Any]] = present().definition["pages"][page]["elements"]
    return found


def publish(client: Client, **fields: Any) -> Any:
    """Look at every warning, then publish."""
    codes = [one.code for one in client.get(f"{DESK}/pruefen").context["warnings"]]
    return do(client, "pruefen", gesehen=codes, **fields)
