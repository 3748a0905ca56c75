"""Which proofs of the written form belong to a case."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from direktdraht.cases.models.case import Case
from direktdraht.foundation import clock
from direktdraht.people.models import Account
from direktdraht.writtenform.models import Proof


class Match(models.TextChoices):
    """Whether the person who signed is the person who is named (Abgleich)."""

    CLEAR = "clear", _("dieselbe Person")
    OPEN = "open", _("wird abgeglichen")
    ACCEPTED = "accepted", _("als dieselbe Person anerkannt")
    REFUSED = "refused", _("andere Person")


class CaseProof(models.Model):
    """A proof in a case, with both records of the person where they do not clearly match.

    ``declared`` is what the person wrote about themselves, ``proved`` what the way proved; both hold only the
    parts that were compared. ``likeness`` is the result of ``writtenform.identities.compare``.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="proofs")
    proof = models.OneToOneField(Proof, on_delete=models.PROTECT, related_name="+")
    match = models.CharField(max_length=10, choices=Match.choices, default=Match.CLEAR)
    likeness = models.CharField(max_length=10, blank=True)
    declared = models.JSONField(default=dict)
    proved = models.JSONField(default=dict)
    added_at = models.DateTimeField(default=clock.now)
    settled_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["match", "added_at"], name="case_proofs_by_match")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.match}"
