"""Addresses of registrations: public below ``/anmeldungen``, a party's own below ``/anmeldung``, staff's below ``/buero/anmeldungen``."""

from django.urls import path

from direktdraht.bookings.registrations import (
    attendance_views,
    certificate_views,
    list_views,
    own_views,
    public_views,
    staff_posts,
    staff_views,
    views,
)

app_name = "registrations"
PARTY = "anmeldung/<uuid:registration_id>"
WISH = f"{PARTY}/wuensche/<int:position>"
PLACE = f"{PARTY}/platz/<int:booking_id>"
STAFF = "buero/anmeldungen/<slug:key>"
OFFER = f"{STAFF}/angebot/<int:number>"
DATE = f"{OFFER}/anwesenheit/<int:session_id>"
urlpatterns = [
    path("anmeldungen", public_views.offers, name="offers"),
    path("anmeldungen.ics", public_views.public_feed, name="public_feed"),
    path("anmeldungen/<slug:key>", public_views.series_page, name="series"),
    path("anmeldungen/<slug:key>/anmelden", views.begin, name="begin"),
    path("anmeldungen/<slug:key>/<int:number>", public_views.offer_page, name="offer"),
    path("anmeldungen/<slug:key>/<slug:name>.csv", public_views.draw_file, name="file"),
    path(PARTY, own_views.status, name="status"),
    path(f"{PARTY}/zugang/<str:token>", own_views.open_link, name="open"),
    path(f"{PARTY}/kalender/<str:token>.ics", own_views.feed, name="feed"),
    path(f"{PARTY}/kontakt", views.contact, name="contact"),
    path(f"{PARTY}/personen", views.persons, name="persons"),
    path(f"{PARTY}/personen/neu", views.person, name="new_person"),
    path(f"{PARTY}/personen/<int:position>", views.person, name="person"),
    path(f"{PARTY}/personen/<int:position>/entfernen", views.remove_person, name="remove_person"),
    path(f"{PARTY}/wuensche", views.wishes, name="wishes"),
    path(f"{PARTY}/zusammen", views.together, name="together"),
    path(f"{WISH}/hinzufuegen", views.add_wish, name="add_wish"),
    path(f"{WISH}/<int:offer_id>/fragen", views.wish_questions, name="wish_questions"),
    path(f"{WISH}/<int:offer_id>/entfernen", views.remove_wish, name="remove_wish"),
    path(f"{WISH}/<int:offer_id>/hoch", views.wish_up, name="wish_up"),
    path(f"{WISH}/<int:offer_id>/runter", views.wish_down, name="wish_down"),
    path(f"{PARTY}/pruefen", views.review, name="review"),
    path(f"{PARTY}/beenden", own_views.leave, name="leave"),
    path(f"{PARTY}/gespraech", own_views.conversation, name="conversation"),
    path(f"{PARTY}/zurueckziehen", own_views.withdraw, name="withdraw"),
    path(f"{PLACE}/annehmen", own_views.accept, name="accept"),
    path(f"{PLACE}/ablehnen", own_views.decline, name="decline"),
    path(f"{PLACE}/absagen", own_views.cancel, name="cancel"),
    path(f"{PLACE}/absage-zuruecknehmen", own_views.restore, name="restore"),
    path(f"{PLACE}/warteliste", own_views.wait_again, name="wait_again"),
    path(f"{PLACE}/bescheinigung.pdf", certificate_views.own, name="certificate"),
    path("buero/anmeldungen", staff_views.series_list, name="staff_list"),
    path("buero/anmeldungen-neu", staff_posts.new_series, name="new_series"),
    path(STAFF, staff_views.series_page, name="staff_series"),
    path(f"{STAFF}/bearbeiten", staff_posts.change_series, name="change_series"),
    path(f"{STAFF}/kopieren", staff_posts.copy_series, name="copy_series"),
    path(f"{STAFF}/veroeffentlichen", staff_posts.publish_series, name="publish_series"),
    path(f"{STAFF}/beenden", staff_posts.close_series, name="close_series"),
    path(f"{STAFF}/verlosung", staff_views.draw_page, name="draw"),
    path(f"{STAFF}/verlosung/starten", staff_posts.run_draw, name="run_draw"),
    path(f"{STAFF}/verlosung/veroeffentlichen", staff_posts.publish_draw, name="publish_draw"),
    path(f"{STAFF}/liste", list_views.parties, name="parties"),
    path(f"{STAFF}/liste.csv", list_views.parties_file, name="parties_file"),
    path(f"{STAFF}/angebot/neu", staff_posts.new_offer, name="new_offer"),
    path(OFFER, list_views.participants, name="participants"),
    path(f"{OFFER}.csv", list_views.export, name="export"),
    path(f"{OFFER}/bearbeiten", staff_posts.change_offer, name="change_offer"),
    path(f"{OFFER}/anwesenheit", attendance_views.attendance, name="attendance"),
    path(f"{OFFER}/anwesenheit.csv", attendance_views.attendance_file, name="attendance_file"),
    path(f"{OFFER}/bescheinigungen.pdf", certificate_views.of_offer, name="certificates"),
    path(f"{OFFER}/platz/<int:booking_id>/bescheinigung.pdf", certificate_views.of_place, name="certificate_of_place"),
    path(DATE, attendance_views.attendance_of_date, name="attendance_of_date"),
    path(f"{DATE}/notieren", attendance_views.note_attendance, name="note_attendance"),
    path(f"{DATE}/uebrige-anwesend", attendance_views.note_rest, name="note_rest"),
    path(f"{OFFER}/gesundheit", staff_views.health, name="health"),
    path(f"{OFFER}/nachricht", staff_posts.announce, name="announce"),
    path(f"{OFFER}/absagen", staff_posts.call_off, name="call_off"),
    path(f"{OFFER}/kontingent-freigeben", staff_posts.release_reserved, name="release_reserved"),
    path(f"{OFFER}/platz/<int:booking_id>/absage-zuruecknehmen", staff_posts.restore, name="staff_restore"),
    path(f"{OFFER}/platz/<int:booking_id>/verschieben", staff_posts.move, name="move"),
]
