"""Addresses of the one way."""

from django.urls import path

from direktdraht.submissions import fee_rule_views, inbound_views, signing_views, views
from direktdraht.submissions.demail import staff_views as demail_staff
from direktdraht.submissions.demail import views as demail

app_name = "submissions"
urlpatterns = [
    path("antrag/fortsetzen", views.resume, name="resume"),
    path("antrag/<uuid:draft_id>/absenden", views.send, name="send"),
    path("antrag/<uuid:draft_id>/spaeter", views.save_for_later, name="save_for_later"),
    path("antrag/<uuid:draft_id>/beenden", views.leave, name="leave"),
    path("antrag/<uuid:draft_id>/verwerfen", views.discard, name="discard"),
    path("antrag/<uuid:draft_id>/einfrieren", signing_views.freeze, name="freeze"),
    path("antrag/<uuid:draft_id>/unterschreiben", signing_views.sign, name="sign"),
    path("antrag/<uuid:draft_id>/unterschreiben/erklaerung.pdf", signing_views.declaration_pdf, name="declaration_pdf"),
    path("antrag/<uuid:draft_id>/unterschreiben/aendern", signing_views.change, name="sign_change"),
    path("antrag/<uuid:draft_id>/unterschreiben/signatur", signing_views.signature, name="sign_qes"),
    path("antrag/<uuid:draft_id>/unterschreiben/papier", signing_views.paper, name="sign_paper"),
    path("antrag/<uuid:draft_id>/unterschreiben/vor-ort", signing_views.counter, name="sign_counter"),
    path("antrag/<uuid:draft_id>/unterschreiben/de-mail", demail.sign_demail, name="sign_demail"),
    path("antrag/<uuid:draft_id>/unterschreiben/erklaerung.txt", demail.declaration_text, name="declaration_text"),
    path("antrag/<uuid:draft_id>/unterschreiben/mit/<slug:way>", signing_views.remote, name="sign_remote"),
    path("antrag/<uuid:draft_id>/unterschreiben/zurueck", signing_views.back, name="sign_back"),
    path("buero/unterschriften", inbound_views.find, name="inbound_find"),
    path("buero/unterschriften/<slug:code>", inbound_views.inbound, name="inbound"),
    path("buero/unterschriften/<slug:code>/brief", inbound_views.letter, name="inbound_letter"),
    path("buero/unterschriften/<slug:code>/vor-ort", inbound_views.counter, name="inbound_counter"),
    path("buero/de-mail", demail_staff.mails, name="demails"),
    path("buero/de-mail/gesendet", demail_staff.sent, name="demails_sent"),
    path("buero/de-mail/<uuid:mail_id>", demail_staff.mail_page, name="demail"),
    path("buero/de-mail/<uuid:mail_id>/noch-einmal", demail_staff.try_again, name="demail_again"),
    path("buero/de-mail/<uuid:mail_id>/ablegen", demail_staff.file_held, name="demail_file"),
    path("buero/kasse/vorkasse", fee_rule_views.pay_first, name="pay_first"),
    path("buero/kasse/vorkasse/<int:pk>/zuruecknehmen", fee_rule_views.pay_first_withdraw, name="pay_first_withdraw"),
    path("buero/kasse/gebuehren", fee_rule_views.fees, name="fees"),
    path("buero/kasse/gebuehren/<int:pk>/zuruecknehmen", fee_rule_views.fee_withdraw, name="fee_withdraw"),
    path("buero/kasse/bescheide", fee_rule_views.ordering, name="ordering"),
    path("buero/kasse/bescheide/<int:pk>/zuruecknehmen", fee_rule_views.ordering_withdraw, name="ordering_withdraw"),
    path("antrag/<uuid:submission_id>/eingegangen", views.receipt, name="receipt"),
    path("antrag/<uuid:submission_id>/quittung.pdf", views.receipt_pdf, name="receipt_pdf"),
    path("antrag/<uuid:submission_id>/quittung.json", views.receipt_json, name="receipt_json"),
    path("quittung", views.check_index, name="check_index"),
    path("quittung/<str:number>", views.check, name="check"),
]
