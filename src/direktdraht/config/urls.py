"""Every address of the house. Each room brings its own list."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("direktdraht.portal.urls")),
    path("", include("direktdraht.foundation.web.urls")),
    path("", include("direktdraht.cases.urls")),
    path("", include("direktdraht.forms.urls")),
    path("", include("direktdraht.bookings.appointments.urls")),
    path("", include("direktdraht.bookings.hall.urls")),
    path("", include("direktdraht.submissions.urls")),
    path("", include("direktdraht.bookings.registrations.urls")),
    path("", include("direktdraht.foundation.documents.urls")),
    path("", include("direktdraht.people.urls")),
    path("", include("direktdraht.payments.desk_urls")),
    path("", include("direktdraht.services.urls")),
    path("", include("direktdraht.writtenform.urls")),
    path("", include("direktdraht.payments.urls")),
    path("", include("direktdraht.foundation.journal.urls")),
]

handler400 = "direktdraht.foundation.web.views.bad_request"
handler403 = "direktdraht.foundation.web.views.permission_denied"
handler404 = "direktdraht.foundation.web.views.page_not_found"
handler500 = "direktdraht.foundation.web.views.server_error"
