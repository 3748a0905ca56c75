"""Addresses of the front door."""

from django.urls import path
from django.views.generic import RedirectView

from direktdraht.portal import area, jobs_views, staff_views, statutory, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("suche", views.search, name="search"),
    path("dienste", views.services_az, name="services"),
    path("dienste/lebenslagen", views.services_by_category, name="categories"),
    path("dienste/<slug:key>", views.service_page, name="service"),
    path("mein-bereich", area.own_area, name="area"),
    path("mein-bereich/entwurf/<uuid:draft_id>", area.continue_draft, name="continue_draft"),
    path("kontakt", statutory.contact, name="contact"),
    path("impressum", statutory.imprint, name="imprint"),
    path("datenschutz", statutory.privacy, name="privacy"),
    path("barrierefreiheit", statutory.accessibility, name="accessibility"),
    path("barriere-melden", statutory.report_barrier, name="report_barrier"),
    path(".well-known/security.txt", statutory.security_txt, name="security_txt"),
    path("buero", staff_views.start, name="staff_start"),
    path("buero/", RedirectView.as_view(pattern_name="portal:staff_start", permanent=True)),
    path("buero/stadt", staff_views.city_settings_page, name="city_settings"),
    path("buero/bausteine", staff_views.gallery, name="gallery"),
    path("buero/auftraege", jobs_views.jobs_page, name="jobs"),
    path("buero/auftraege/<int:job_id>/erneut", jobs_views.try_job_again, name="job_again"),
    path("buero/auftraege/mail/<uuid:mail_id>/erneut", jobs_views.try_mail_again, name="mail_again"),
]
