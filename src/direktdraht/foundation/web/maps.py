"""Maps: the streets as our own layer, and the one foreign host that a page with a map may ask.

Nothing of a map is loaded by a page without a place. ``with_map`` is for the view, ``{% map_scripts %}`` for its template.
"""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from direktdraht.foundation.city import settings as city_settings
from direktdraht.foundation.geo import queries as geo
from direktdraht.foundation.web.policies import Page, widened


@require_safe
@cache_control(max_age=3600, public=True)
def streets(request: HttpRequest) -> JsonResponse:
    """The city's streets as GeoJSON."""
    return JsonResponse(geo.streets_as_geojson(), json_dumps_params={"ensure_ascii": False}, content_type="application/geo+json")


def with_map(response: Page, *, needed: bool) -> Page:
    """Let a page that has a map show pictures of the city's map service, and of nobody else."""
    host = city_settings.current().map_host if needed else ""
    return widened(response, {"img-src": [host]}) if host else response
