"""What is stored of a service of the city."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from direktdraht.foundation.texts import pick
from direktdraht.people.models import Unit


class Law(models.TextChoices):
    """The law of procedure that a service follows (Verfahrensrecht)."""

    VWVFG = "vwvfg", _("Verwaltungsverfahrensgesetz (VwVfG)")
    AO = "ao", _("Abgabenordnung (AO)")
    SGB = "sgb", _("Sozialgesetzbuch (SGB X)")


class WrittenForm(models.TextChoices):
    """Whether a law asks for the written form (Schriftform)."""

    NONE = "none", _("Keine Schriftform nötig")
    WRITTEN = "written", _("Schriftform oder ihr Ersatz (§ 3a VwVfG)")


class Category(models.TextChoices):
    """The situation in life in which people look for a service (Lebenslage)."""

    HOUSING = "wohnen", _("Wohnen und Umziehen")
    WASTE = "abfall", _("Abfall und Umwelt")
    TRAFFIC = "verkehr", _("Verkehr und Parken")
    ANIMALS = "tiere", _("Tiere")
    FAMILY = "familie", _("Familie und Kinder")
    PAPERS = "ausweise", _("Ausweise und Urkunden")
    TRADE = "gewerbe", _("Arbeit und Gewerbe")
    CITY = "stadt", _("Stadt und Mitmachen")


class Service(models.Model):
    """A service of the city (Dienstleistung).

    Texts are LocalText: ``{"de": …, "en": …, "de-x-leicht": …}``, German always present.
    ``answer_days`` is the city's promise of a first answer, in working days after receipt.
    ``retention_months`` counts from the end of the case. ``popular`` is the place among the
    frequently used services, 0 = not among them. ``sort_key`` and ``grams`` are computed on save_service.
    """

    key = models.SlugField(primary_key=True, max_length=60)
    title = models.JSONField()
    summary = models.JSONField(default=dict)
    description = models.JSONField(default=dict, blank=True)
    category = models.CharField(max_length=20, choices=Category.choices, default=Category.CITY)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="services")
    law = models.CharField(max_length=10, choices=Law.choices, default=Law.VWVFG)
    legal_basis = models.CharField(max_length=300, blank=True)
    answer_days = models.PositiveSmallIntegerField(default=5)
    retention_months = models.PositiveSmallIntegerField(default=24)
    retention_basis = models.CharField(max_length=300, blank=True)
    written_form = models.CharField(max_length=20, choices=WrittenForm.choices, default=WrittenForm.NONE)
    cost = models.JSONField(default=dict, blank=True)
    needs = models.JSONField(default=list, blank=True)
    duration_minutes = models.PositiveSmallIntegerField(default=10)
    form_key = models.SlugField(max_length=60, blank=True, allow_unicode=False)
    keywords = models.JSONField(default=list, blank=True)
    active = models.BooleanField(default=True)
    popular = models.PositiveSmallIntegerField(default=0)
    sort_key = models.CharField(max_length=300, editable=False, default="")
    grams = ArrayField(models.TextField(), editable=False, default=list)

    class Meta:
        indexes = [
            GinIndex(fields=["grams"], name="service_grams"),
            models.Index(fields=["sort_key"], name="service_sort_key"),
        ]

    def __str__(self) -> str:
        return pick(self.title, "de")[0]

    @property
    def online(self) -> bool:
        """Whether an online form belongs to it."""
        return bool(self.form_key)
