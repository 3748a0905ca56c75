"""What every page knows: city, navigation, languages, demo banner."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from direktdraht.foundation.city import settings as city_settings
from direktdraht.foundation.web.navigation import Navigation


@dataclass(frozen=True)
class Link:
    """A link as the layout shows it."""

    label: str
    url: str
    current: bool


def links(entries: Iterable[Navigation], path: str, roles: frozenset[str]) -> list[Link]:
    """Return the entries that ``roles`` may see, the one of ``path`` marked."""
    seen = [entry for entry in entries if not entry.roles or entry.roles & roles]
    return [Link(str(entry.label), reverse(entry.url_name), is_current(entry, path)) for entry in seen]


def is_current(entry: Navigation, path: str) -> bool:
    """Whether the page at ``path`` belongs to the entry."""
    return path == entry.prefix if entry.exact else path.startswith(entry.prefix)


def roles_of(request: HttpRequest) -> frozenset[str]:
    """Return the roles of who asks; a room above tells (``settings.ROLES_OF``)."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return frozenset()
    return frozenset(import_string(settings.ROLES_OF)(user))


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the variables of ``web/layout.html``."""
    roles = roles_of(request)
    entries = settings.STAFF_NAVIGATION if request.path.startswith("/buero") else settings.NAVIGATION
    code = get_language() or settings.LANGUAGE_CODE
    return {
        "city": city_settings.current(),
        "city_version": city_settings.version(),
        "navigation": links(entries, request.path, roles),
        "footer": links(settings.FOOTER, request.path, roles),
        "demo": settings.MODE == "demo",
        "page_language": code.partition("-")[0],
        "text_language": code,
        "here": request.get_full_path() if request.method == "GET" else "/",
        "is_staff_area": request.path.startswith("/buero"),
        "staff_member": bool(roles),
        "person": getattr(request, "user", None) if roles or getattr(getattr(request, "user", None), "is_authenticated", False) else None,
    }
