"""What the pages share: refusals as pages, forms that tell what went wrong, numbers from addresses."""

from django.http import HttpRequest
from django.views.decorators.cache import cache_control

from direktdraht.bookings.registrations.errors import RegistrationsError
from direktdraht.foundation.web.refusals import refused_page, telling, trying

MOST_PAGES = 1_000
private = cache_control(private=True, no_store=True)
told = telling(RegistrationsError, refused_page("bookings/registrations/refused.html"))
tried = trying(RegistrationsError)


def number_in(request: HttpRequest, name: str, *, most: int = MOST_PAGES) -> int | None:
    """A number of the address, or nothing where none or a wrong one stands."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 and int(text) <= most else None
