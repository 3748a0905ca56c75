"""One row holds the city's settings; the schema is ``settings.City``."""

from django.db import models

from direktdraht.foundation import clock


class CityRecord(models.Model):
    """The stored settings. There is one row, number 1."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    values = models.JSONField(default=dict)
    logo = models.BinaryField(blank=True, default=b"")
    logo_type = models.CharField(max_length=20, blank=True, default="")
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_city")]

    def __str__(self) -> str:
        return f"city settings of {self.changed_at:%Y-%m-%d}"
