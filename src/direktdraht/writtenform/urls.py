"""Addresses of the rules on the written form."""

from django.urls import path

from direktdraht.writtenform import staff_views

app_name = "writtenform"
urlpatterns = [
    path("buero/schriftform", staff_views.rules, name="rules"),
    path("buero/schriftform/neu", staff_views.add, name="add"),
    path("buero/schriftform/<int:pk>/zuruecknehmen", staff_views.withdraw, name="withdraw"),
]
