"""Pages of a party."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from direktdraht.bookings.registrations import access

private = cache_control(private=True, no_store=True)


@private
@require_GET
def open_link(request: HttpRequest, registration_id: UUID, token: str) -> HttpResponse:
    """The link of a mail: it opens the registration in this browser and leaves no secret in the address."""
    access.open_by_link(request, registration_id, token)
    return redirect("portal:home")
