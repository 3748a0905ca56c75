"""What is stored of people: accounts, units of the administration, memberships with roles."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from direktdraht.foundation import clock


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; the e-mail address is the login name, compared without case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        """Store a new account with a hashed password (none: it cannot sign in by password)."""
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Find the account of an address, in any case."""
        return self.get(email=(username or "").lower())


class Account(AbstractBaseUser, PermissionsMixin):
    """A person's account (Konto). Staff are accounts with a membership in a unit."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("E-Mail-Adresse"), unique=True)
    name = models.CharField(_("Name"), max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    # Filled by queries.memberships_of; a new account object, so a new request, reads again.
    known_memberships: "list[Membership] | None" = None

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """The name as the person wrote it, never with a form of address."""
        return str(self)


class Unit(models.Model):
    """A unit of the administration (Stelle) that answers for services and cases."""

    key = models.SlugField(primary_key=True, max_length=60)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    email = models.EmailField(blank=True)
    four_eyes = models.BooleanField(default=False, help_text="a second person releases decisions (Vier-Augen-Prinzip)")

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a member may do in a unit (Rolle)."""

    CLERK = "clerk", _("Sachbearbeitung")
    LEAD = "lead", _("Leitung")
    FORMS = "forms", _("Formulare")
    FINANCE = "finance", _("Kassenführung")
    ADMIN = "admin", _("Verwaltung der Plattform")


class Membership(models.Model):
    """An account's place and role in a unit."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "unit", "role"], name="one_membership_per_role")]

    def __str__(self) -> str:
        return f"{self.account} · {self.unit} · {self.get_role_display()}"


class Level(models.TextChoices):
    """How sure we are who speaks (Vertrauensniveau, eIDAS article 8)."""

    NONE = "none", _("keine Prüfung")
    LOW = "low", _("niedrig")
    SUBSTANTIAL = "substantial", _("substanziell")
    HIGH = "high", _("hoch")


class Identification(models.Model):
    """The answer to "who is speaking", once for one declaration.

    ``attributes`` holds only what was asked for; ``evidence`` what proves it later (method's own shape).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="identifications")
    method = models.CharField(max_length=40)
    level = models.CharField(max_length=20, choices=Level.choices, default=Level.NONE)
    attributes = models.JSONField(default=dict, blank=True)
    evidence = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self) -> str:
        return f"{self.method} ({self.level})"


class RequestState(models.TextChoices):
    """How far a request for identification is."""

    OPEN = "open", _("läuft")
    DONE = "done", _("gelungen")
    FAILED = "failed", _("nicht gelungen")


class IdentificationRequest(models.Model):
    """A person was sent to another house to tell who they are, and comes back with an answer or without.

    ``asked`` are the attributes that may be answered, no others. ``binding`` is the digest of the declaration that
    the answer is for, ``text`` what the person sees there about it. ``browser`` ties the way back to the browser
    that began. ``memo`` holds what the protocol needs to recognise its own answer; it is emptied at the end.
    ``failure`` is the method's own word for what went wrong.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    method = models.CharField(max_length=40)
    asked = models.JSONField(default=list)
    level = models.CharField(max_length=20, choices=Level.choices)
    binding = models.CharField(max_length=64)
    text = models.CharField(max_length=500)
    return_to = models.CharField(max_length=300)
    browser = models.CharField(max_length=64)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.OPEN)
    failure = models.CharField(max_length=60, blank=True)
    memo = models.JSONField(default=dict)
    identification = models.ForeignKey(Identification, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now, db_index=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.method} {self.state} ({self.created_at:%Y-%m-%d %H:%M})"


class UsedAnswer(models.Model):
    """The mark of a message of another house that may be used once; kept until the message is too old anyway.

    ``mark`` is a digest of the sender's name and the message's ID.
    """

    mark = models.CharField(max_length=64, primary_key=True)
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.mark[:8]} ({self.until:%Y-%m-%d %H:%M})"
