"""What is stored: a form by its key, its published versions, and the working draft with every edit."""

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
    drafts_until = models.DateField(null=True, blank=True, help_text="last day on which begun drafts of this version can be sent")
    acknowledged = models.JSONField(default=list, help_text="warnings of the proof that whoever published accepted")

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


class WorkingDraft(models.Model):
    """The version that clerks are writing (Arbeitsfassung); one for each form. Every change is an ``Edit``."""

    form = models.OneToOneField(Form, on_delete=models.CASCADE, primary_key=True, related_name="working_draft")
    definition = models.JSONField()
    revision = models.PositiveIntegerField(default=0, help_text="grows with every change, also with undo and redo")
    base = models.ForeignKey(FormVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"{self.form_id}, Arbeitsfassung {self.revision}"

    def title(self, language: str) -> str:
        """The form's title in a language, German if there is none."""
        return pick(self.definition["title"], language)[0]


class EditState(models.TextChoices):
    """Where an edit stands: in force, taken back, or taken back and then overtaken by another one."""

    DONE = "done", _("gilt")
    UNDONE = "undone", _("zurückgenommen")
    DROPPED = "dropped", _("verworfen")


class Edit(models.Model):
    """One command on a working draft: who did what when, and what it changed."""

    draft = models.ForeignKey(WorkingDraft, on_delete=models.CASCADE, related_name="edits")
    revision = models.PositiveIntegerField(help_text="the draft's revision that it led to")
    command = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    changes = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=EditState.choices, default=EditState.DONE)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "revision"], name="one_edit_a_revision")]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.revision}: {self.command}"


class ProposalState(models.TextChoices):
    """What became of a rule in prose."""

    OPEN = "open", _("offen")
    ACCEPTED = "accepted", _("umgesetzt")
    DISMISSED = "dismissed", _("verworfen")


class Proposal(models.Model):
    """A rule of an imported schema in prose or script (Vorschlag), which a clerk settles."""

    draft = models.ForeignKey(WorkingDraft, on_delete=models.CASCADE, related_name="proposals")
    source_id = models.CharField(max_length=60)
    name = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    script = models.TextField(blank=True)
    place = models.CharField(max_length=60, blank=True, help_text="key of the page or element it hangs on")
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.OPEN)
    reason = models.CharField(max_length=500, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"{self.source_id}: {self.name}"


class CodeList(models.Model):
    """A list of values that forms share (Werteliste, XÖV-Codeliste); a form takes a copy of one version."""

    urn = models.CharField(max_length=200)
    version = models.CharField(max_length=60)
    title = models.JSONField(default=dict)
    entries = models.JSONField(default=list)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["urn", "version"], name="one_list_a_version")]

    def __str__(self) -> str:
        return f"{self.urn} {self.version}"
