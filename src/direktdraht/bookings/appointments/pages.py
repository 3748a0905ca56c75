"""What the pages share: how a refusal reaches the person."""

from direktdraht.bookings.appointments.errors import AppointmentsError
from direktdraht.cases.errors import CasesError
from direktdraht.foundation.web.refusals import refused_page, telling, trying

told = telling((AppointmentsError, CasesError), refused_page("bookings/appointments/refused.html", "token"))
tried = trying(AppointmentsError)
