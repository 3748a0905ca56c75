"""What is stored: a form by its key, and its versions, which never change once published."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from direktdraht.foundation import clock
from direktdraht.foundation.texts import pick
from direktdraht.people.models import Account


class Form(models.Model):
    """A form (Formular), known by its key through all versions."""

    key = models.SlugField(primary_key=True, max_length=60)
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.key


class State(models.TextChoices):
    """Where a version stands."""

    PUBLISHED = "published", _("veröffentlicht")
    RETIRED = "retired", _("zurückgezogen")


class FormVersion(models.Model):
    """One published version (Fassung): the definition as it was, with its digest. Only its state changes."""

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PUBLISHED)
    published_at = models.DateTimeField(default=clock.now)
    published_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="one_version_a_number"),
            models.UniqueConstraint(fields=["form"], condition=models.Q(state="published"), name="one_published_version"),
        ]

    def __str__(self) -> str:
        return f"{self.form_id}, Fassung {self.number}"

    def title(self, language: str) -> str:
        """The form's title in a language, German if there is none."""
        return pick(self.definition["title"], language)[0]
