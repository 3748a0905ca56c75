"""One row counts the hits of one caller on one door in one window of time."""

from django.db import models


class Window(models.Model):
    """A counted window. The table is unlogged: a crash may forget counts, never block a person."""

    key = models.CharField(max_length=64, primary_key=True)
    hits = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key}: {self.hits}"
