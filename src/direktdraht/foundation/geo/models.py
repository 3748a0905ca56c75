"""Streets with their houses. Coordinates are WGS 84 in degrees, as text so that they stay exact."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Street(models.Model):
    """A street (Straße): its middle, and the points of its houses by number, such as ``{"14": ["53.14", "8.21"]}``.

    ``course`` are the lines of the street for the map, each a list of points; empty where the city has none.
    ``sort_key`` and ``grams`` are computed when streets are loaded (``geo.actions``).
    """

    name = models.CharField(max_length=120, unique=True)
    sort_key = models.CharField(max_length=300)
    lat = models.CharField(max_length=12)
    lon = models.CharField(max_length=12)
    houses = models.JSONField(default=dict)
    course = models.JSONField(default=list, db_default=[])
    grams = ArrayField(models.TextField(), default=list)

    class Meta:
        indexes = [GinIndex(fields=["grams"], name="street_grams")]

    def __str__(self) -> str:
        return self.name
