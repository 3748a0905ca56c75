"""How halls and numbers are fetched: by a secret address, by a number's link, or as staff of the site's unit."""

from uuid import UUID

from django.http import Http404

from direktdraht.bookings.appointments import access
from direktdraht.bookings.appointments.links import read_token
from direktdraht.bookings.appointments.models import Counter
from direktdraht.bookings.hall.links import read_address
from direktdraht.bookings.hall.models import Hall, Ticket
from direktdraht.people.models import Account
from direktdraht.people.queries import Someone


def get_by_address(token: str, kind: str) -> Hall:
    """The hall of a secret address, of the page at the entrance or of the display; raises Http404."""
    named = read_address(token, kind)
    found = Hall.objects.select_related("site").filter(site=named[0], generation=named[1], active=True).first() if named else None
    if found is None:
        raise Http404
    return found


def get_by_link(token: str) -> Ticket:
    """The number of a link; raises Http404, also when its day is over and it was erased."""
    key = read_token(token, kind="ticket")
    found = Ticket.objects.select_related("site", "site__hall", "counter").filter(pk=key).first() if key else None
    if found is None:
        raise Http404
    return found


def working_halls(user: Someone) -> list[Hall]:
    """The halls whose numbers the user works with, by name."""
    sites = [site.pk for site in access.working_sites(user)]
    return list(Hall.objects.filter(site__in=sites, active=True).select_related("site").order_by("site__sort_key", "site_id"))


def get_hall_to_work(user: Someone, site: int) -> Hall:
    """The hall of a site that the user works with; strangers get 404."""
    place = access.get_site_to_work(user, site)
    found = Hall.objects.select_related("site").filter(site=place, active=True).first()
    if found is None:
        raise Http404
    return found


def get_counter_to_work(user: Someone, pk: int) -> tuple[Counter, Hall]:
    """A counter of a hall that the user works with; strangers get 404."""
    counter = access.get_counter_to_work(user, pk)
    found = Hall.objects.select_related("site").filter(site=counter.site_id, active=True).first()
    if found is None or not counter.active:
        raise Http404
    return counter, found


def get_ticket_to_work(user: Someone, key: UUID) -> Ticket:
    """A number at one of the user's sites; strangers get 404."""
    found = Ticket.objects.select_related("site", "counter").filter(pk=key).first()
    if found is None or not access.may_work(user, found.site):
        raise Http404
    return found


def get_hall_to_set_up(user: Account, site: int) -> Hall:
    """The hall of a site to set up, a fresh one where there is none yet; strangers get 404, staff without the right PermissionDenied."""
    place = access.get_site(user, site)
    return Hall.objects.select_related("site").filter(site=place).first() or Hall(site=place, active=False)
