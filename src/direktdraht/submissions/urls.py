"""Addresses of the one way."""

from django.urls import path

from direktdraht.submissions import views

app_name = "submissions"
urlpatterns = [
    path("antrag/fortsetzen", views.resume, name="resume"),
    path("antrag/<uuid:draft_id>/absenden", views.send, name="send"),
    path("antrag/<uuid:draft_id>/spaeter", views.save_for_later, name="save_for_later"),
    path("antrag/<uuid:draft_id>/beenden", views.leave, name="leave"),
    path("antrag/<uuid:draft_id>/verwerfen", views.discard, name="discard"),
    path("antrag/<uuid:submission_id>/eingegangen", views.receipt, name="receipt"),
    path("antrag/<uuid:submission_id>/quittung.pdf", views.receipt_pdf, name="receipt_pdf"),
    path("antrag/<uuid:submission_id>/quittung.json", views.receipt_json, name="receipt_json"),
    path("quittung", views.check_index, name="check_index"),
    path("quittung/<str:number>", views.check, name="check"),
]
