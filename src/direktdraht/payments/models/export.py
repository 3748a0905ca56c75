"""How the ledger is written into a file for the city's accounting."""

from django.db import models

from direktdraht.foundation import clock


class ExportProfile(models.Model):
    """A form of the ledger's file (Ausgabe); ``content`` is a ``ledger_file.Profile``. At most one is the usual one."""

    name = models.CharField(max_length=80, unique=True)
    content = models.JSONField()
    is_default = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["is_default"], condition=models.Q(is_default=True), name="one_usual_export_profile"),
        ]

    def __str__(self) -> str:
        return self.name
