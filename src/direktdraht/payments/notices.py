"""Mails to payers: that something is to be paid, that it was, that money goes back. They never say what for.

Each is queued in the transaction of what it tells, once for each occasion. Without an address there is none, and what
the owner of the order tells itself is not told twice.
"""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as N_

from direktdraht.foundation import clock
from direktdraht.foundation.money import cents_in_words
from direktdraht.foundation.post import actions as post
from direktdraht.foundation.web.dates import day_words
from direktdraht.payments.models import NoticeKind, Order, OrderNotice, Refund
from direktdraht.payments.registry import owners

TEMPLATE = "payments/mail/notice"
# Kind: subject, first sentence, what there is to know.
TEXTS = {
    NoticeKind.ORDERED: (N_("Zahlung offen: %(reference)s"), N_("eine Zahlung an uns ist offen."), ""),
    NoticeKind.DUE_SOON: (
        N_("Erinnerung an Ihre Zahlung: %(reference)s"),
        N_("eine Zahlung an uns ist bald fällig."),
        N_("Haben Sie schon überwiesen? Dann müssen Sie nichts mehr tun."),
    ),
    NoticeKind.OVERDUE: (
        N_("Zahlung überfällig: %(reference)s"),
        N_("die Frist für eine Zahlung an uns ist vorbei. Bitte zahlen Sie bald."),
        N_("Haben Sie schon überwiesen? Dann müssen Sie nichts mehr tun."),
    ),
    NoticeKind.PAID: (N_("Zahlung eingegangen: %(reference)s"), N_("Ihre Zahlung ist bei uns eingegangen."), ""),
    NoticeKind.PAYEE_WANTED: (
        N_("Bitte nennen Sie Ihr Konto: %(reference)s"),
        N_("wir möchten Ihnen Geld zurückzahlen. Dafür brauchen wir Ihr Konto."),
        N_("Geben Sie es auf der Seite der Zahlung ein. Schreiben Sie es nicht in eine Mail."),
    ),
    NoticeKind.REFUND_RELEASED: (N_("Sie bekommen Geld zurück: %(reference)s"), N_("wir zahlen Ihnen Geld zurück."), ""),
}
WAYS_BACK = {
    "transfer": N_("Wir überweisen es auf das Konto, das wir von Ihnen haben."),
    "cash": N_("Bitte holen Sie es am Schalter ab. Nennen Sie dort das Kassenzeichen."),
}
THE_SAME_WAY = N_("Es kommt auf dem Weg zurück, auf dem Sie gezahlt haben.")


def link_to(order: Order) -> tuple[str, bool]:
    """Where a mail leads, and whether the link opens the page by itself."""
    link = owners.get(order.owner_kind).link(order) if order.owner_kind in owners else ""
    return (link, True) if link else (f"{settings.BASE_URL}{reverse('payments:order', args=[order.reference])}", False)


def tell(order: Order, kind: NoticeKind, *, cents: int, occasion: str = "", hint: str = "", with_due_day: bool = False) -> bool:
    """Queue a notice inside the caller's transaction, who holds the order; whether one was queued."""
    if not order.payer_email or (order.owner_kind in owners and kind in owners.get(order.owner_kind).tells):
        return False
    if OrderNotice.objects.filter(order=order, kind=kind, occasion=occasion).exists():
        return False
    subject, sentence, known = TEXTS[kind]
    link, opens = link_to(order)
    with translation.override(order.language):
        lines = [(gettext("Betrag"), cents_in_words(cents, order.language)), (gettext("Kassenzeichen"), order.reference)]
        if with_due_day:
            lines.append((gettext("Zu zahlen bis"), day_words(order.due_on)))
        context = {
            "subject": gettext(subject) % {"reference": order.reference},
            "sentence": gettext(sentence),
            "lines": lines,
            "hint": gettext(hint or known) if hint or known else "",
            "link": link,
            "opens": opens,
        }
    key = f"order:{order.pk}:{kind}:{occasion}"
    mail = post.queue_mail(to=order.payer_email, template=TEMPLATE, context=context, language=order.language, key=key)
    OrderNotice.objects.create(order=order, kind=kind, occasion=occasion, mail=mail, at=clock.now())
    return True


def tell_ordered(order: Order) -> None:
    """Say that something is to be paid."""
    tell(order, NoticeKind.ORDERED, cents=order.open_cents, with_due_day=True)


def tell_paid(order: Order) -> None:
    """Say that all of it has come; nothing where nothing came, as after a waiver."""
    if order.received_cents > 0 and order.settled_at is not None:
        tell(order, NoticeKind.PAID, cents=order.received_cents, occasion=order.settled_at.isoformat())


def tell_released(order: Order, refund: Refund) -> None:
    """Say that a released refund is on its way, and which."""
    released = refund.released_at.isoformat() if refund.released_at else ""
    hint = WAYS_BACK.get(refund.way, THE_SAME_WAY)
    tell(order, NoticeKind.REFUND_RELEASED, cents=refund.cents, occasion=f"{refund.pk}:{released}", hint=hint)


def ask_for_payee(order: Order, refund: Refund, *, occasion: str = "") -> None:
    """Ask the payer where a transfer goes; ``occasion`` tells a later question about the same refund apart."""
    if refund.payer_may_name_payee and not refund.payee_iban:
        tell(order, NoticeKind.PAYEE_WANTED, cents=refund.cents, occasion=f"{refund.pk}{occasion}")
