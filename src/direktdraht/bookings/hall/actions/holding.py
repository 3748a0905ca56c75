"""Holding a hall while one thing happens in it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from direktdraht.bookings.hall.models import Hall, Ticket


@contextmanager
def held(site: int) -> Iterator[Hall]:
    """Open a transaction and hold the row of the site's hall until it ends: calls and numbers of one hall come one after the other."""
    with transaction.atomic():
        yield Hall.objects.select_for_update(of=("self",), no_key=True).select_related("site", "site__unit").get(site=site)


def fresh(ticket: Ticket) -> Ticket:
    """The number as it is now; the caller holds its hall."""
    return Ticket.objects.select_related("site", "counter", "appointment").get(pk=ticket.pk)
