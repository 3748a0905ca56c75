"""Addresses of waiting halls: secret ones below ``/halle``, ``/aufruf`` and ``/nummer``, staff's below ``/buero/termine/halle``."""

from django.urls import path

from direktdraht.bookings.hall import desk_views, set_up, views

app_name = "hall"
DESK = "buero/termine/halle"
SITE = "buero/termine/einrichten/standort/<int:pk>/halle"
urlpatterns = [
    path("halle/<str:token>", views.kiosk, name="kiosk"),
    path("halle/<str:token>/nummer", views.draw, name="draw"),
    path("halle/<str:token>/anmelden", views.check_in, name="check_in"),
    path("halle/<str:token>/nummer/<str:number>", views.slip, name="slip"),
    path("aufruf/<str:token>", views.display, name="display"),
    path("nummer/<str:token>", views.ticket_page, name="ticket"),
    path("nummer/<str:token>/zurueck", views.leave, name="leave"),
    path(DESK, desk_views.halls, name="halls"),
    path(f"{DESK}/schalter/<int:pk>", desk_views.counter_page, name="counter"),
    path(f"{DESK}/schalter/<int:pk>/aufrufen", desk_views.call_next, name="call_next"),
    path(f"{DESK}/schalter/<int:pk>/pause", desk_views.pause, name="pause"),
    path(f"{DESK}/schalter/<int:pk>/weiter", desk_views.resume, name="resume"),
    path(f"{DESK}/schalter/<int:pk>/aufrufen/<uuid:key>", desk_views.call, name="call"),
    path(f"{DESK}/nummer/<uuid:key>", desk_views.staff_ticket, name="staff_ticket"),
    path(f"{DESK}/nummer/<uuid:key>/nochmal", desk_views.call_again, name="call_again"),
    path(f"{DESK}/nummer/<uuid:key>/da", desk_views.arrived, name="arrived"),
    path(f"{DESK}/nummer/<uuid:key>/nicht-da", desk_views.missed, name="missed"),
    path(f"{DESK}/nummer/<uuid:key>/fertig", desk_views.done, name="done"),
    path(f"{DESK}/<int:site>/nummer", desk_views.draw, name="staff_draw"),
    path(f"{DESK}/<int:site>/schluss", desk_views.send_home, name="send_home"),
    path(f"{DESK}/<int:site>/zahlen", desk_views.counts, name="counts"),
    path(SITE, set_up.hall_page, name="hall"),
    path(f"{SITE}/aendern", set_up.change_hall, name="change_hall"),
    path(f"{SITE}/adressen", set_up.renew, name="renew"),
]
