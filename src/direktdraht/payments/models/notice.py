"""The mails that told a payer about an order."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from direktdraht.foundation import clock
from direktdraht.foundation.post.models import Mail
from direktdraht.payments.models.order import Order


class NoticeKind(models.TextChoices):
    """What a notice says."""

    ORDERED = "ordered", _("Zahlung angekündigt")
    DUE_SOON = "due_soon", _("An die Frist erinnert")
    OVERDUE = "overdue", _("Nach der Frist erinnert")
    PAID = "paid", _("Eingang bestätigt")
    PAYEE_WANTED = "payee_wanted", _("Nach dem Konto gefragt")
    REFUND_RELEASED = "refund_released", _("Erstattung angekündigt")


class OrderNotice(models.Model):
    """A notice to the payer, queued once: ``occasion`` tells two of one kind apart, such as the day that is due."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=NoticeKind.choices)
    occasion = models.CharField(max_length=80, blank=True)
    mail = models.ForeignKey(Mail, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "kind", "occasion"], name="one_notice_an_occasion")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.kind} {self.occasion}"
