"""Addresses of appointments: the person's below ``/termine`` and ``/termin``, staff's below ``/buero/termine``."""

from django.urls import path

from direktdraht.bookings.appointments import set_up_views, staff_views, staff_wishes, views, wish_views

app_name = "appointments"
urlpatterns = [
    path("termine", views.search, name="search"),
    path("termine/halten", views.hold, name="hold"),
    path("termine/wunsch", wish_views.make, name="make_wish"),
    path("termine/meine.ics", views.own_calendar, name="own_calendar"),
    path("termin/<str:token>", views.appointment_page, name="appointment"),
    path("termin/<str:token>/angaben", views.details, name="details"),
    path("termin/<str:token>/loslassen", views.let_go, name="let_go"),
    path("termin/<str:token>/termin.ics", views.calendar_file, name="calendar"),
    path("termin/<str:token>/verschieben", views.move, name="move"),
    path("termin/<str:token>/absagen", views.cancel, name="cancel"),
    path("termin/<str:token>/uebernehmen", views.claim, name="claim"),
    path("termin/<str:token>/schreiben", views.write, name="write"),
    path("termin/<str:token>/gespraech", views.conversation, name="conversation"),
    path("termin/<str:token>/annehmen", wish_views.take, name="take"),
    path("termin/<str:token>/ablehnen", wish_views.decline, name="decline"),
    path("terminwunsch/<str:token>", wish_views.page, name="wish"),
    path("terminwunsch/<str:token>/zuruecknehmen", wish_views.withdraw, name="withdraw"),
    path("buero/termine", staff_views.day_list, name="day_list"),
    path("buero/termine/neu", staff_views.phone, name="phone"),
    path("buero/termine/halten", staff_views.phone_hold, name="phone_hold"),
    path("buero/termine/wuensche", staff_wishes.wishes, name="wishes"),
    path("buero/termine/schalter/<int:pk>/schliessen", staff_views.close_counter, name="close_counter"),
    path("buero/termine/einrichten", set_up_views.overview, name="overview"),
    path("buero/termine/einrichten/standort/neu", set_up_views.add_site, name="add_site"),
    path("buero/termine/einrichten/standort/<int:pk>", set_up_views.site_page, name="site"),
    path("buero/termine/einrichten/standort/<int:pk>/aendern", set_up_views.change_site, name="change_site"),
    path("buero/termine/einrichten/standort/<int:pk>/schalter", set_up_views.add_counter, name="add_counter"),
    path("buero/termine/einrichten/standort/<int:pk>/zeiten", set_up_views.add_hours, name="add_hours"),
    path("buero/termine/einrichten/standort/<int:pk>/ausnahme", set_up_views.add_exception, name="add_exception"),
    path("buero/termine/einrichten/schalter/<int:pk>", set_up_views.change_counter, name="counter"),
    path("buero/termine/einrichten/zeiten/<int:pk>/beenden", set_up_views.end_hours, name="end_hours"),
    path("buero/termine/einrichten/ausnahme/<int:pk>/zuruecknehmen", set_up_views.take_back_exception, name="take_back_exception"),
    path("buero/termine/einrichten/anlass/neu", set_up_views.add_occasion, name="add_occasion"),
    path("buero/termine/einrichten/anlass/<int:pk>", set_up_views.change_occasion, name="occasion"),
    path("buero/termine/<uuid:key>", staff_views.appointment_page, name="staff_appointment"),
    path("buero/termine/<uuid:key>/angaben", staff_views.phone_details, name="phone_details"),
    path("buero/termine/<uuid:key>/verschieben", staff_views.move, name="staff_move"),
    path("buero/termine/<uuid:key>/absagen", staff_views.cancel, name="staff_cancel"),
    path("buero/termine/<uuid:key>/angebot", staff_views.answer_offer, name="answer_offer"),
    path("buero/termine/<uuid:key>/da", staff_views.mark, name="mark"),
]
