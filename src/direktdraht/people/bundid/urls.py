"""Addresses of the connection to BundID; their names stand below ``people``."""

from django.urls import path

from direktdraht.people.bundid import views

urlpatterns = [
    path("bundid/metadata", views.metadata, name="bundid_metadata"),
    path("bundid/antwort", views.answer, name="bundid_answer"),
    path("bundid/zurueck", views.came_back, name="bundid_return"),
    path("bundid/abmelden", views.sign_out, name="bundid_sign_out"),
]
