"""Pages that the law asks for. The same for every visitor."""

from datetime import date, timedelta
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from direktdraht.forms import queries as forms
from direktdraht.foundation import clock
from direktdraht.foundation.city import settings as city_settings
from direktdraht.foundation.web.public_pages import public_page
from direktdraht.portal import queries

DAYS_SECURITY_TXT_HOLDS = 180
SECONDS_STATUTORY = 30


@require_safe
@public_page(seconds=SECONDS_STATUTORY)
def contact(request: HttpRequest) -> HttpResponse:
    """How to reach the city."""
    city = city_settings.current()
    rows = [(_("Anschrift"), f"{city.name}\n{city.address}"), (_("Telefon"), city.phone), (_("E-Mail"), city.email)]
    can_write = forms.published_version(queries.MESSAGE_FORM) is not None
    return render(request, "portal/contact.html", {"rows": rows, "can_write": can_write})


@require_safe
@public_page(seconds=SECONDS_STATUTORY)
def imprint(request: HttpRequest) -> HttpResponse:
    """Provider identification (§ 5 DDG)."""
    city = city_settings.current()
    rows = [
        (_("Anbieterin"), f"{city.name}\n{city.address}"),
        (_("Vertreten durch"), city.represented_by),
        (_("Telefon"), city.phone),
        (_("E-Mail"), city.email),
    ]
    if city.vat_id:
        rows.append((_("Umsatzsteuer-Identifikationsnummer"), city.vat_id))
    return render(request, "portal/imprint.html", {"rows": rows})


@require_safe
@public_page(seconds=SECONDS_STATUTORY)
def privacy(request: HttpRequest) -> HttpResponse:
    """What happens with personal data (Art. 13 GDPR)."""
    cookies = [
        (settings.SESSION_COOKIE_NAME, _("hält Ihre Anmeldung und Ihre Entwürfe zusammen; endet mit dem Browser oder nach zwei Wochen")),
        (settings.CSRF_COOKIE_NAME, _("schützt Formulare vor fremden Absendern; ein Jahr")),
        (settings.LANGUAGE_COOKIE_NAME, _("merkt sich die gewählte Sprache; ein Jahr")),
    ]
    return render(request, "portal/privacy.html", {"cookies": cookies})


@require_safe
@public_page(seconds=SECONDS_STATUTORY)
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (§ 12b BGG and the state's law, BITV 2.0)."""
    checked_on = date.fromisoformat(city_settings.current().accessibility_checked_on)
    return render(request, "portal/accessibility.html", {"checked_on": checked_on})


@require_safe
def report_barrier(request: HttpRequest) -> HttpResponse:
    """To the form for messages, or to the mail program while there is none."""
    if forms.published_version(queries.MESSAGE_FORM) is not None:
        return redirect("forms:begin", queries.MESSAGE_FORM)
    return redirect("portal:accessibility")


@require_safe
@public_page(seconds=SECONDS_STATUTORY)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116)."""
    expires = clock.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=DAYS_SECURITY_TXT_HOLDS)
    lines = [
        f"Contact: mailto:{quote(city_settings.current().security_email, safe='@')}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: de, en",
        f"Canonical: {settings.BASE_URL}{reverse('portal:security_txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
