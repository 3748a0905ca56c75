"""Addresses of the connection to BundID; their names stand below ``people``."""

from django.urls import path

from direktdraht.people.bundid import staff_views, views

urlpatterns = [
    path("bundid/metadata", views.metadata, name="bundid_metadata"),
    path("bundid/antwort", views.answer, name="bundid_answer"),
    path("bundid/zurueck", views.came_back, name="bundid_return"),
    path("bundid/abmelden", views.sign_out, name="bundid_sign_out"),
    path("buero/bundid", staff_views.settings_page, name="bundid_settings"),
    path("buero/bundid/uebernehmen", staff_views.take_over, name="bundid_take_over"),
    path("buero/bundid/verwerfen", staff_views.discard, name="bundid_discard"),
    path("buero/bundid/fruehere", staff_views.look_at_before, name="bundid_before"),
    path("buero/bundid/nummer", staff_views.set_service_id, name="bundid_service_id"),
]
