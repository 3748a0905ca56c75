"""The finance desk's list of open items: found by filter, sorted by its columns, as a file."""

from decimal import Decimal

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from direktdraht.foundation.money import euros_of
from direktdraht.foundation.web.csv_files import csv_file
from direktdraht.payments import actions, queries
from direktdraht.payments.desk_lists import Sort, listed, order_columns, order_row, sort_of
from direktdraht.payments.desk_views import finance, list_page, private
from direktdraht.payments.models import Order
from direktdraht.people.access import account_of

SORTS = {"kassenzeichen": "reference", "name": "payer_name", "offen": "open_cents", "frist": "due_on"}
USUAL = "frist"
LATE = "ueberfaellig"
MOST_EXPORTED = 50_000


@private
@require_GET
@finance
def open_items(request: HttpRequest) -> HttpResponse:
    """Orders on which something is to be paid; the longest due first, unless a column is chosen."""
    late = request.GET.get("zeige") == LATE
    sort = sort_of(request, SORTS, USUAL)
    empty = (_("Nichts ist offen"), _("Alle Zahlungsaufträge sind bezahlt oder beendet."))
    columns = order_columns(sort)
    page = listed(request, asked_for(request, sort), caption=_("Offene Posten"), columns=columns, row_of=order_row, empty=empty)
    filters = [(sort.address(zeige=""), _("alle"), not late), (sort.address(zeige=LATE), _("überfällig"), late)]
    export = reverse("finance:open_csv") + sort.query()
    return list_page(request, _("Offene Posten"), page.table, {"pages": page.pages, "filters": filters, "export": export})


def asked_for(request: HttpRequest, sort: Sort) -> QuerySet[Order]:
    """The orders that the address asks for, sorted."""
    orders = queries.overdue_orders() if request.GET.get("zeige") == LATE else queries.open_orders()
    return orders.order_by(sort.field, "reference")


@private
@require_GET
@finance
def open_csv(request: HttpRequest) -> HttpResponse:
    """The list as a file for a spreadsheet program, with the filter and the order of the page. Journal: ``orders.exported``."""
    orders = list(asked_for(request, sort_of(request, SORTS, USUAL))[:MOST_EXPORTED])
    actions.record_orders_exported(by=account_of(request), rows=len(orders))
    head = [_("Kassenzeichen"), _("Wofür"), _("Name"), _("Gefordert"), _("Offen"), _("Frist"), _("Stand")]
    return csv_file("offene-posten", head, (cells_of(order) for order in orders))


def cells_of(order: Order) -> list[str | Decimal]:
    """One line of the file: the day as ISO 8601, sums in euros."""
    sums = [euros_of(order.total_cents), euros_of(order.open_cents)]
    return [order.reference, order.title, order.payer_name, *sums, order.due_on.isoformat(), str(order.get_state_display())]
