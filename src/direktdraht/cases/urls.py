"""Addresses of the direct line: the person's below ``/vorgang``, staff's below ``/buero``."""

from django.urls import path

from direktdraht.cases import proof_views, staff_posts, staff_views, views

app_name = "cases"
urlpatterns = [
    path("vorgang", views.enter, name="enter"),
    path("vorgang/<str:number>", views.case_page, name="case"),
    path("vorgang/<str:number>/antworten", views.write, name="write"),
    path("vorgang/<str:number>/widersprechen", views.object_to, name="object"),
    path("vorgang/<str:number>/zustimmen", views.consent, name="consent"),
    path("vorgang/<str:number>/zustimmung-zuruecknehmen", views.take_back_consent, name="take_back_consent"),
    path("vorgang/<str:number>/uebernehmen", views.claim, name="claim"),
    path("vorgang/<str:number>/beenden", views.end, name="end"),
    path("vorgang/<str:number>/bescheid/<int:version>", views.decision_page, name="decision"),
    path("vorgang/<str:number>/bescheid/<int:version>/abrufen", views.retrieve, name="retrieve"),
    path("vorgang/<str:number>/unterschrift", proof_views.person_page, name="proof"),
    path("vorgang/<str:number>/unterschrift.pdf", proof_views.person_pdf, name="proof_pdf"),
    path("buero/eingang", staff_views.desk_page, name="desk"),
    path("buero/eingang.csv", staff_views.export, name="export"),
    path("buero/abgleich", proof_views.matches, name="matches"),
    path("buero/vorgang/<str:number>", staff_views.case_page, name="staff_case"),
    path("buero/vorgang/<str:number>/antrag", staff_views.application, name="staff_application"),
    path("buero/vorgang/<str:number>/dateien", staff_views.files, name="staff_files"),
    path("buero/vorgang/<str:number>/bescheid", staff_views.decision, name="staff_decision"),
    path("buero/vorgang/<str:number>/verlauf", staff_views.history_page, name="staff_history"),
    path("buero/vorgang/<str:number>/unterschrift", proof_views.staff_page, name="staff_proof"),
    path("buero/vorgang/<str:number>/unterschrift.pdf", proof_views.staff_pdf, name="staff_proof_pdf"),
    path("buero/vorgang/<str:number>/unterschrift/pruefen", proof_views.recheck, name="recheck_proof"),
    path("buero/vorgang/<str:number>/unterschrift/anerkennen", proof_views.accept, name="accept_match"),
    path("buero/vorgang/<str:number>/unterschrift/ablehnen", proof_views.refuse, name="refuse_match"),
    path("buero/vorgang/<str:number>/antworten", staff_posts.answer, name="answer"),
    path("buero/vorgang/<str:number>/rueckfragen", staff_posts.ask_back, name="ask_back"),
    path("buero/vorgang/<str:number>/notiz", staff_posts.note, name="note"),
    path("buero/vorgang/<str:number>/uebernehmen", staff_posts.take, name="take"),
    path("buero/vorgang/<str:number>/zuweisen", staff_posts.assign, name="assign"),
    path("buero/vorgang/<str:number>/weitergeben", staff_posts.forward, name="forward"),
    path("buero/vorgang/<str:number>/abschliessen", staff_posts.close, name="close"),
    path("buero/vorgang/<str:number>/wieder-oeffnen", staff_posts.reopen, name="reopen"),
    path("buero/vorgang/<str:number>/laeuft", staff_posts.let_run, name="let_run"),
    path("buero/vorgang/<str:number>/in-arbeit", staff_posts.set_in_progress, name="set_in_progress"),
    path("buero/vorgang/<str:number>/bescheid/entwurf", staff_posts.save_draft, name="save_draft"),
    path("buero/vorgang/<str:number>/bescheid/<int:version>/freigeben", staff_posts.release, name="release"),
    path("buero/vorgang/<str:number>/bescheid/<int:version>/senden", staff_posts.dispatch_by_channel, name="dispatch_by_channel"),
    path("buero/vorgang/<str:number>/bescheid/<int:version>/bereitstellen", staff_posts.dispatch_by_inbox, name="dispatch_by_inbox"),
    path("buero/vorgang/<str:number>/bescheid/<int:version>/aufgegeben", staff_posts.dispatch_by_print, name="dispatch_by_print"),
]
