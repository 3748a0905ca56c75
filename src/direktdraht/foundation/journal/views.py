"""Public pages: anyone may keep the roots and check with the key that nothing changes."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from direktdraht.foundation.web.dates import moment_words
from direktdraht.foundation.web.tables import Cell, Column, Pages, Row, Table

from . import queries
from .keys import key_id
from .models import RootStamp, Seal

PAGE_SIZE = 50
LARGEST_NUMBER = 2**63 - 1


@require_safe
def seals(request: HttpRequest) -> HttpResponse:
    """The roots of all seals, newest first."""
    before = _number(request.GET.get("vor", ""))
    found = queries.seals_before(before, limit=PAGE_SIZE + 1)
    shown = found[:PAGE_SIZE]
    here = reverse("journal:seals")
    table = Table(
        caption=_("Siegel des Journals"),
        columns=[
            Column(_("Nummer"), numeric=True),
            Column(_("Gesiegelt am")),
            Column(_("Zeilen"), numeric=True),
            Column(_("Wurzel")),
            Column(_("Zeitstempel")),
        ],
        rows=[_row(seal) for seal in shown],
        empty_title=_("Noch keine Siegel"),
        empty_text=_("Das erste Siegel entsteht kurz nach dem ersten Vorgang."),
    )
    pages = Pages(
        text=_("Siegel %(first)s bis %(last)s") % {"first": shown[0].number, "last": shown[-1].number} if shown else "",
        earlier_url=here if before is not None else "",
        later_url=f"{here}?vor={shown[-1].number}" if len(found) > PAGE_SIZE else "",
    )
    return render(request, "journal/seals.html", {"table": table, "pages": pages, "key_id": key_id()})


@require_safe
def public_key(request: HttpRequest) -> HttpResponse:
    """The public key as PEM text; after a change all keys, the present one first."""
    del request
    return HttpResponse(queries.public_keys_pem(), content_type="text/plain; charset=utf-8")


@require_safe
def stamp(request: HttpRequest, number: int) -> HttpResponse:
    """The timestamp of a seal as a file (RFC 3161, 2.4.2: a TimeStampToken in DER)."""
    del request
    found = queries.stamp_of(min(number, LARGEST_NUMBER))
    if found is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="siegel-{number}.tst"'}
    return HttpResponse(bytes(found.token), content_type="application/octet-stream", headers=headers)


def _row(seal: Seal) -> Row:
    cells = [Cell(str(seal.number)), Cell(moment_words(seal.sealed_at)), Cell(str(seal.size)), Cell(seal.root)]
    return Row([*cells, _stamp_cell(getattr(seal, "stamp", None))])


def _stamp_cell(found: RootStamp | None) -> Cell:
    if found is None:
        return Cell(_("keiner"))
    return Cell(moment_words(found.stamped_at), url=reverse("journal:stamp", args=[found.seal_id]), note=found.authority)


def _number(text: str) -> int | None:
    """A seal's number from the address; anything else means the newest page."""
    if not text.isascii() or not text.isdigit() or len(text) > len(str(LARGEST_NUMBER)):
        return None
    return min(int(text), LARGEST_NUMBER)
