"""Addresses of the way through the AusweisApp; their names stand below ``people``."""

from django.urls import path

from direktdraht.people.eid import views

urlpatterns = [
    path("eid/start/<uuid:request_id>", views.start, name="eid_start"),
    path("eid/token/<uuid:request_id>/<str:secret>", views.token, name="eid_token"),
    path("eid/zurueck/<uuid:request_id>/<str:mark>", views.came_back, name="eid_return"),
]
