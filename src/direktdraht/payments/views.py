"""Pages of the payer: open an order, see what is owed, pay, come back, take the receipt."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from direktdraht.foundation.web.policies import widened
from direktdraht.payments import access, actions, jobs, receipts, shown
from direktdraht.payments.errors import PaymentsError
from direktdraht.payments.inputs import EnterForm, PayeeForm
from direktdraht.payments.models import Order, PaymentState
from direktdraht.payments.pages import told, tried
from direktdraht.payments.registry import owners, providers
from direktdraht.people.models import Account

SELF = "'self'"


@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for reference and key."""
    form = EnterForm(request.POST if request.method == "POST" else None, initial={"reference": request.GET.get("kassenzeichen", "")[:60]})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            order = access.get_order_by_key(given["reference"], given["key"], str(request.META.get("REMOTE_ADDR", "")))
        except PaymentsError as error:
            form.add_error(None, str(error))
        else:
            request.session.cycle_key()
            access.open_in(request, order)
            return redirect("payments:order", order.reference)
    return render(request, "payments/enter.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_GET
def order_page(request: HttpRequest, reference: str) -> HttpResponse:
    """What is owed and how it is paid; without access the way leads to reference and key."""
    try:
        order = access.get_order(request, reference)
    except Http404:
        return redirect(reverse("payments:enter", query={"kassenzeichen": reference[:60]}))
    return show(request, order)


def show(request: HttpRequest, order: Order) -> HttpResponse:
    """The order's page; the one page whose forms may lead to the providers' sites."""
    running = order.payments.unfinished().first()
    # While an attempt runs no other way is offered, so that nobody pays twice.
    ways = shown.open_ways(order) if order.open_cents and not order.closed and running is None else []
    thing = owners.get(order.owner_kind).page(order) if order.owner_kind in owners else ("", "")
    context = {
        "order": order,
        "tag": shown.TAGS[order.state],  # type: ignore[index]  # a state of the list
        "lines": shown.line_rows(order),
        "running": running,
        "running_can_go_on": running is not None and running.state == PaymentState.WAITING and running.redirect_url,
        "online": [way for way in ways if way.provider.online],
        "described": [way for way in ways if not way.provider.online],
        "transfer": shown.transfer_rows(order),
        "giro_code": shown.giro_code(order) if ways else "",
        "events": shown.event_rows(list(order.events.order_by("pk"))),
        "can_claim": order.account_id is None and isinstance(request.user, Account),
        "payees": shown.payee_rows(order) if order.owed_cents else [],
        "thing_url": thing[0],
        "thing": thing[1],
    }
    sites = [site for way in ways if (site := way.provider.site())]
    return widened(render(request, "payments/order.html", context), {"form-action": [SELF, *sites]})


@never_cache
@require_POST
@told
def pay(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin to pay through a provider and go there; a second click goes to the same place.

    Who goes there can come back, whatever becomes meanwhile of the thing that let them in.
    """
    order = access.get_order(request, reference)
    access.open_in(request, order)
    payment = actions.connect(actions.begin_payment(order=order, way=request.POST.get("way", "")))
    if payment.state == PaymentState.WAITING and payment.redirect_url:
        return redirect(payment.redirect_url)
    return redirect("payments:order", order.reference)


@never_cache
@require_GET
def back(request: HttpRequest, reference: str) -> HttpResponse:
    """Come back from a provider: it is asked at once, whatever the address says."""
    order = access.get_order(request, reference)
    payment = order.payments.unfinished().first()
    if payment is not None:
        actions.ask(payment)
    return redirect("payments:order", order.reference)


@never_cache
@require_POST
@told
def check(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask the provider of the running attempt once more."""
    order = access.get_order(request, reference)
    payment = order.payments.unfinished().first()
    if payment is not None:
        actions.ask(actions.connect(payment))
    return redirect("payments:order", order.reference)


@never_cache
@require_POST
@told
def stop(request: HttpRequest, reference: str) -> HttpResponse:
    """Stop the running attempt, so that another way can be chosen."""
    order = access.get_order(request, reference)
    payment = order.payments.unfinished().first()
    if payment is not None and actions.stop_payment(payment).state == PaymentState.UNSURE:
        messages.warning(request, _("Der Zahlungsdienst antwortet gerade nicht. Wir fragen weiter nach."))
    return redirect("payments:order", order.reference)


@never_cache
@require_POST
@told
def claim(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the order into the signed-in account."""
    order = access.get_order(request, reference)
    if not isinstance(request.user, Account):
        return redirect_to_login(reverse("payments:order", args=[order.reference]))
    actions.claim_order(order=order, account=request.user)
    messages.success(request, _("Die Zahlung steht jetzt in Ihrem Bereich."))
    return redirect("payments:order", order.reference)


@never_cache
@require_http_methods(["GET", "POST"])
def payee(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """Say to which account a refund goes, until the city has released it."""
    refund = access.get_refund(request, reference, pk)
    if not refund.payer_may_name_payee:
        messages.info(request, _("Das Konto lässt sich nicht mehr ändern. Die Erstattung ist schon in Arbeit."))
        return redirect("payments:order", reference)
    initial = {"name": refund.payee_name or refund.order.payer_name, "iban": refund.payee_iban}
    form = PayeeForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid() and tried(form, lambda: actions.name_payee(refund=refund, **form.cleaned_data)):
        messages.success(request, _("Danke. Wir prüfen die Erstattung und überweisen dann das Geld."))
        return redirect("payments:order", reference)
    context = {"form": form, "refund": refund}
    return render(request, "payments/payee.html", context, status=422 if form.errors else 200)


@never_cache
@require_GET
def receipt_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The receipt, as an attachment."""
    order = access.get_order(request, reference)
    response = HttpResponse(receipts.render_pdf(order), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="zahlungsbeleg-{order.reference}.pdf"'
    return response


@csrf_exempt
@never_cache
@require_POST
def notified(request: HttpRequest, way: str) -> HttpResponse:
    """A provider says that something changed: only the id of an attempt is read, and the provider is asked itself."""
    if way not in providers or not providers.get(way).online:
        raise Http404
    changed = actions.notice_change(way, request.body[:4096])
    if changed is None:
        raise Http404
    for payment_id in changed:
        jobs.ask_now.defer(payment_id=payment_id)
    return HttpResponse(status=204)
