"""Addresses of payments: the payer's below ``/zahlung``, the cash drawers of the finance desk below ``/buero/kasse``."""

from django.urls import path

from direktdraht.payments import cash_views, setup_views, views

app_name = "payments"
urlpatterns = [
    path("zahlung", views.enter, name="enter"),
    path("zahlung/<str:reference>", views.order_page, name="order"),
    path("zahlung/meldung/<slug:way>", views.notified, name="notified"),
    path("zahlung/<str:reference>/bezahlen", views.pay, name="pay"),
    path("zahlung/<str:reference>/zurueck", views.back, name="back"),
    path("zahlung/<str:reference>/nachfragen", views.check, name="check"),
    path("zahlung/<str:reference>/abbrechen", views.stop, name="stop"),
    path("zahlung/<str:reference>/uebernehmen", views.claim, name="claim"),
    path("zahlung/<str:reference>/erstattung/<uuid:pk>", views.payee, name="payee"),
    path("zahlung/<str:reference>/beleg.pdf", views.receipt_pdf, name="receipt_pdf"),
    path("buero/kasse/einstellungen", setup_views.settings_page, name="settings"),
    path("buero/kasse/barkasse", cash_views.drawers, name="drawers"),
    path("buero/kasse/barkasse/oeffnen", cash_views.open_drawer, name="open_drawer"),
    path("buero/kasse/barkasse/<uuid:pk>", cash_views.drawer, name="drawer"),
    path("buero/kasse/barkasse/<uuid:pk>/einnehmen", cash_views.take, name="take_cash"),
    path("buero/kasse/barkasse/<uuid:pk>/auszahlen", cash_views.give, name="give_cash"),
    path("buero/kasse/barkasse/<uuid:pk>/abfuehren", cash_views.hand_over, name="hand_over"),
    path("buero/kasse/barkasse/<uuid:pk>/schliessen", cash_views.close, name="close_drawer"),
]
