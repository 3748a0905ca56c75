"""Public addresses of the journal: roots of the seals and the key that checks them."""

from django.urls import path

from . import views

app_name = "journal"
urlpatterns = [
    path("journal", views.seals, name="seals"),
    path("journal/siegel/<int:number>", views.stamp, name="stamp"),
    path("journal/schluessel", views.public_key, name="public_key"),
]
