"""Addresses of the form service."""

from django.urls import path

from direktdraht.forms import gallery_views, staff_views, views

app_name = "forms"
urlpatterns = [
    path("formulare/<slug:key>", views.begin, name="begin"),
    path("formulare/<slug:key>/schema.json", views.schema, name="schema"),
    path("antrag/<uuid:draft_id>/seite/<slug:page_key>", views.page, name="page"),
    path("antrag/<uuid:draft_id>/pruefen", views.review, name="review"),
    path("antrag/<uuid:draft_id>/spaeter-weitermachen", views.later, name="later"),
    path("buero/formulare", staff_views.form_list, name="staff_list"),
    path("buero/formulare/fragearten", gallery_views.element_gallery, name="element_gallery"),
    path("buero/formulare/veroeffentlichen", staff_views.publish, name="publish"),
    path("buero/formulare/<slug:key>", staff_views.form_detail, name="staff_detail"),
    path("buero/formulare/<slug:key>/zurueckziehen", staff_views.retire, name="retire"),
]
