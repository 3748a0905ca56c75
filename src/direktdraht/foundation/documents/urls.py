"""Addresses of files."""

from django.urls import path

from direktdraht.foundation.documents import views

app_name = "documents"
urlpatterns = [
    path("datei/<uuid:document_id>", views.download, name="download"),
    path("datei/<uuid:document_id>/vorschau", views.preview, name="preview"),
]
