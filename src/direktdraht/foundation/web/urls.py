"""Addresses that belong to no room."""

from django.urls import path

from direktdraht.foundation.web import maps, views

app_name = "web"
urlpatterns = [
    path("stadt.css", views.city_css, name="city_css"),
    path("stadt/logo", views.logo, name="logo"),
    path("stadt/strassen.json", maps.streets, name="streets"),
    path("sprache", views.set_language, name="set_language"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
