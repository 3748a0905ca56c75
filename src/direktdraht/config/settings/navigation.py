"""The main navigation, the staff's navigation and the footer, in order; the front yard knows every room."""

from django.utils.translation import gettext_lazy as _

from direktdraht.foundation.web.navigation import Navigation

ROLES_OF = "direktdraht.people.queries.roles_of"
NAVIGATION: list[Navigation] = [
    Navigation(_("Dienste"), "portal:services", "/dienste"),
    Navigation(_("Termine"), "appointments:search", "/termin"),
    Navigation(_("Anmeldungen"), "registrations:offers", "/anmeldung"),
    Navigation(_("Mein Bereich"), "portal:area", "/mein-bereich"),
]
STAFF_NAVIGATION: list[Navigation] = [
    Navigation(_("Start"), "portal:staff_start", "/buero", exact=True),
    Navigation(_("Eingang"), "cases:desk", "/buero/eingang", frozenset({"clerk", "lead"})),
    Navigation(_("Termine"), "appointments:day_list", "/buero/termine", frozenset({"clerk", "lead", "admin"})),
    Navigation(_("Anmeldungen"), "registrations:staff_list", "/buero/anmeldungen", frozenset({"clerk", "lead"})),
    Navigation(_("Unterschrift"), "submissions:inbound_find", "/buero/unterschriften", frozenset({"clerk", "lead"})),
    Navigation(_("Kasse"), "finance:overview", "/buero/kasse", frozenset({"finance"})),
    Navigation(_("Dienste"), "services:list", "/buero/dienste", frozenset({"lead", "admin"})),
    Navigation(_("Formulare"), "forms:staff_list", "/buero/formulare", frozenset({"forms", "admin"})),
    Navigation(_("Stellen"), "people:units", "/buero/stellen", frozenset({"admin"})),
    Navigation(_("Stadt"), "portal:city_settings", "/buero/stadt", frozenset({"admin"})),
    Navigation(_("Aufträge"), "portal:jobs", "/buero/auftraege", frozenset({"admin"})),
]
FOOTER: list[Navigation] = [
    Navigation(_("Kontakt"), "portal:contact", "/kontakt"),
    Navigation(_("Barrierefreiheit"), "portal:accessibility", "/barrierefreiheit"),
    Navigation(_("Barriere melden"), "portal:report_barrier", "/barriere-melden"),
    Navigation(_("Datenschutz"), "portal:privacy", "/datenschutz"),
    Navigation(_("Impressum"), "portal:imprint", "/impressum"),
    Navigation(_("Quittung prüfen"), "submissions:check_index", "/quittung"),
]
