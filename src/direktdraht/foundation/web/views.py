"""Pages and files that belong to no room: style of the city, logo, language, health, the gallery of components."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST, require_safe

from direktdraht.foundation.city import settings as city_settings
from direktdraht.foundation.city.models import CityRecord
from direktdraht.foundation.web.sample_logo import sample_logo

LOCAL = {"127.0.0.1", "::1"}


@require_safe
@cache_control(max_age=300, public=True)
def city_css(request: HttpRequest) -> HttpResponse:
    """The city's colours as a style sheet."""
    return HttpResponse(f":root{{--city-accent:{city_settings.current().accent}}}\n", content_type="text/css; charset=utf-8")


@require_safe
@cache_control(max_age=300, public=True)
def logo(request: HttpRequest) -> HttpResponse:
    """The city's coat of arms or logo; a plain one in the accent colour until the city sets its own."""
    record = CityRecord.objects.filter(pk=1).only("logo", "logo_type").first()
    if record is not None and record.logo:
        response = HttpResponse(bytes(record.logo), content_type=record.logo_type)
    else:
        response = HttpResponse(sample_logo(city_settings.current().accent), content_type="image/svg+xml")
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response


@csrf_exempt  # sets nothing but the reader's own language, and pages without a token can be cached
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and go back to the page."""
    language = request.POST.get("language", "")
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
    return response


@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """The process is alive."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_GET
def readyz(request: HttpRequest) -> HttpResponse:
    """Ready to serve, part by part, as JSON; only for this machine (a proxy in front must not pass it on)."""
    if request.META.get("REMOTE_ADDR") not in LOCAL or "HTTP_X_FORWARDED_FOR" in request.META:
        return HttpResponse(status=404)
    parts = {"database": database_answers()}
    parts["migrations"] = parts["database"] and not unapplied_migrations()
    ready = all(parts.values())
    return JsonResponse({"ready": ready, "parts": parts}, status=200 if ready else 503)


def database_answers() -> bool:
    """Whether a query comes back."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def unapplied_migrations() -> int:
    """How many migrations the database lacks."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: the thing is not here, or is not yours to see."""
    return render(request, "web/404.html", status=404)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: you are known, but this is not open to you."""
    return render(request, "web/403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the browser sent something that cannot be read."""
    return render(request, "web/400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. The page needs neither database nor session."""
    return render(None, "web/500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without a valid token: the page was open too long, or cookies are off."""
    return render(request, "web/403_csrf.html", status=403)
