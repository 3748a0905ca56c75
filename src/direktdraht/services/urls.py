"""Addresses of the catalogue's staff pages; the public pages belong to the portal."""

from django.urls import path

from direktdraht.services import staff_views

app_name = "services"
urlpatterns = [
    path("buero/dienste", staff_views.list_services, name="list"),
    path("buero/dienste/neu", staff_views.add_service, name="add"),
    path("buero/dienste/<slug:key>", staff_views.edit_service, name="edit"),
]
