"""Addresses of registrations: public below ``/anmeldungen``, a party's own below ``/anmeldung``, staff's below ``/buero/anmeldungen``."""

from django.urls import path

from direktdraht.bookings.registrations import views

app_name = "registrations"
urlpatterns = [
    path("anmeldung/<uuid:registration_id>/zugang/<str:token>", views.open_link, name="open"),
    path("anmeldung/<uuid:registration_id>", views.status, name="status"),
]
