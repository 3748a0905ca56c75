"""What a party did to a registration that was sent: said in the thread of its case, in its own words.

Pressing a button ten times is one message: a change is said when the page has rested for a while, and in any case before
the draw.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from direktdraht.bookings.registrations import frozen, notices
from direktdraht.bookings.registrations.models import Registration, Series
from direktdraht.bookings.registrations.party import party_of, values_of
from direktdraht.cases import actions as cases
from direktdraht.foundation import clock

RESTED = timedelta(minutes=10)
MOST_AT_ONCE = 500


def say_rested_changes() -> int:
    """Say the changes of pages that have rested, each in a transaction of its own; returns how many."""
    rested = Registration.objects.filter(unsaid__isnull=False, changed_at__lte=clock.now() - RESTED).order_by("changed_at", "pk")
    said = 0
    for key in list(rested.values_list("pk", flat=True)[:MOST_AT_ONCE]):
        with transaction.atomic():
            found = Registration.objects.select_for_update(of=("self",)).select_related("series").filter(pk=key, unsaid__isnull=False)
            said += sum(say_change(one) for one in found)
    return said


def say_changes(series: Series) -> int:
    """Say all changes of a series that is drawn now; the caller holds the series, so nobody changes anything."""
    rows = Registration.objects.filter(series=series, unsaid__isnull=False).select_related("series").order_by("pk")
    return sum(say_change(one) for one in rows)


def say_change(registration: Registration) -> bool:
    """Say what is different from before, if anything is; the caller holds the registration or its series."""
    if registration.unsaid is None:
        return False
    now = values_of(registration, party_of(registration), registration.language)
    changed = frozen.changes(registration.unsaid, now, registration.language)
    Registration.objects.filter(pk=registration.pk).update(unsaid=None)
    if changed:
        with translation.override(registration.language):
            text = _("Ich habe meine Anmeldung geändert. So gilt sie jetzt:") + f"\n\n{changed}"
        say(registration, text, f"changed:{registration.pk}:{registration.changed_at}")
    return bool(changed)


def say_withdrawn(registration: Registration) -> None:
    """Say that the whole registration was withdrawn."""
    with translation.override(registration.language):
        text = _("Ich ziehe die ganze Anmeldung zurück.")
    say(registration, text, f"withdrawn:{registration.pk}")


def say(registration: Registration, text: str, key: str) -> None:
    """Put the party's word into the thread."""
    telling = notices.telling(registration, text, key, of_person=True)
    cases.tell([telling] if telling is not None else [])
