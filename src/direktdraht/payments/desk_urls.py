"""Addresses of the finance desk (Kasse)."""

from django.urls import path

from direktdraht.payments import account_views, bank_views, desk_views, drawer_setup_views, ledger_views, refund_views, retention_views

app_name = "finance"
urlpatterns = [
    path("buero/kasse", desk_views.overview, name="overview"),
    path("buero/kasse/offen", desk_views.open_items, name="open"),
    path("buero/kasse/auftrag/<str:reference>", desk_views.order_page, name="order"),
    path("buero/kasse/auftrag/<str:reference>/erlassen", desk_views.waive, name="waive"),
    path("buero/kasse/auftrag/<str:reference>/stunden", desk_views.extend, name="extend"),
    path("buero/kasse/auftrag/<str:reference>/stornieren", desk_views.cancel, name="cancel"),
    path("buero/kasse/auftrag/<str:reference>/erstatten", refund_views.ask, name="ask_refund"),
    path("buero/kasse/umsaetze", bank_views.entries, name="entries"),
    path("buero/kasse/umsaetze/<int:pk>", bank_views.entry_page, name="entry"),
    path("buero/kasse/umsaetze/<int:pk>/zuordnen", bank_views.confirm_order, name="confirm_order"),
    path("buero/kasse/umsaetze/<int:pk>/erstattung", bank_views.confirm_refund, name="confirm_refund"),
    path("buero/kasse/umsaetze/<int:pk>/zurueck", bank_views.confirm_sent_back, name="confirm_sent_back"),
    path("buero/kasse/umsaetze/<int:pk>/umbuchen", bank_views.book_elsewhere, name="book_elsewhere"),
    path("buero/kasse/umsaetze/<int:pk>/loesen", bank_views.undo_match, name="undo_match"),
    path("buero/kasse/bankdateien", bank_views.files, name="files"),
    path("buero/kasse/bankdateien/<uuid:pk>", bank_views.file_page, name="file"),
    path("buero/kasse/erstattungen", refund_views.refunds, name="refunds"),
    path("buero/kasse/erstattungen/<uuid:pk>", refund_views.refund_page, name="refund"),
    path("buero/kasse/erstattungen/<uuid:pk>/freigeben", refund_views.release, name="release"),
    path("buero/kasse/erstattungen/<uuid:pk>/ausgefuehrt", refund_views.mark_sent, name="mark_sent"),
    path("buero/kasse/erstattungen/<uuid:pk>/konto", refund_views.payee, name="payee"),
    path("buero/kasse/erstattungen/<uuid:pk>/zuruecknehmen", refund_views.withdraw, name="withdraw"),
    path("buero/kasse/tagesabschluss", ledger_views.closing, name="closing"),
    path("buero/kasse/hauptbuch", ledger_views.ledger, name="ledger"),
    path("buero/kasse/hauptbuch.csv", ledger_views.ledger_csv, name="ledger_csv"),
    path("buero/kasse/konten", account_views.accounts, name="accounts"),
    path("buero/kasse/konten/<str:key>", account_views.account, name="account"),
    path("buero/kasse/konten/<str:key>/loeschen", account_views.remove, name="remove_account"),
    path("buero/kasse/barkassen", drawer_setup_views.all_drawers, name="all_drawers"),
    path("buero/kasse/barkassen/<slug:key>", drawer_setup_views.drawer, name="drawer_setup"),
    path("buero/kasse/barkassen/<slug:key>/stilllegen", drawer_setup_views.retire, name="retire_drawer"),
    path("buero/kasse/barkassen/<slug:key>/wieder-nutzen", drawer_setup_views.bring_back, name="bring_back_drawer"),
    path("buero/kasse/aufbewahrung", retention_views.retention, name="retention"),
    path("buero/kasse/aufbewahrung/<int:pk>/zuruecknehmen", retention_views.withdraw, name="retention_withdraw"),
    path("buero/kasse/nachweis", ledger_views.proof, name="proof"),
]
