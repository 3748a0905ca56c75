"""Who of the staff looked at a case."""

from django.db import models

from direktdraht.cases.models.case import Case
from direktdraht.people.models import Account, Unit


class CaseLook(models.Model):
    """A look by a member of staff, at most once an hour; the person sees unit, day and reason."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="looks")
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    hour = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "account", "hour"], name="one_look_an_hour")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.hour:%Y-%m-%d %H}"
