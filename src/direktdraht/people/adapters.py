"""How django-allauth fits into this house: mails, messages, where to go next, how secrets of the second factor are kept."""

import base64
import hashlib
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.encoding import force_bytes
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from direktdraht.foundation.post import actions as post
from direktdraht.people import actions, queries
from direktdraht.people.models import Account

# What a mail may know; the rest of allauth's context (request, user, raw keys) stays here.
MAIL_WORDS = ("activate_url", "password_reset_url", "signup_url", "from_email", "to_email")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Accounts of this house."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Dieses Konto ist gesperrt."),
        "duplicate_email": _("Diese Adresse gehört schon zu Ihrem Konto."),
        "email_password_mismatch": _("E-Mail-Adresse und Passwort passen nicht zusammen."),
        "enter_current_password": _("Bitte geben Sie Ihr jetziges Passwort ein."),
        "incorrect_password": _("Dieses Passwort stimmt nicht."),
        "invalid_or_expired_key": _("Dieser Link ist abgelaufen."),
        "invalid_password_reset": _("Dieser Link ist abgelaufen oder wurde schon benutzt."),
        "max_email_addresses": _("Mehr als %d Adressen sind nicht möglich."),
        "rate_limited": _("Das waren zu viele Versuche. Bitte warten Sie einige Minuten."),
        "same_as_current": _("Die neue Angabe ist dieselbe wie die alte."),
        "too_many_login_attempts": _("Das waren zu viele Versuche. Bitte warten Sie einige Minuten."),
        "unverified_primary_email": _("Bitte bestätigen Sie zuerst Ihre E-Mail-Adresse."),
    }

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff land at their desk, everybody else in their own area."""
        name = settings.STAFF_REDIRECT_URL if queries.roles_of(request.user) else settings.LOGIN_REDIRECT_URL
        return resolve_url(name)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """After a change of password the account page says so."""
        del request
        return resolve_url("people:account")

    def save_user(self, request: HttpRequest, user: Account, form: Form, commit: bool = True) -> Account:
        """Store a new account with the name that the person gave."""
        user.name = form.cleaned_data.get("name", "")
        saved: Account = super().save_user(request, user, form, commit)
        return saved

    def get_reauthentication_methods(self, user: AbstractBaseUser) -> list[dict[str, Any]]:
        """The ways to confirm who one is, in our words."""
        words = {"reauthenticate": _("Mit dem Passwort bestätigen"), "mfa_reauthenticate": _("Mit einem Code bestätigen")}
        found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [{**method, "description": str(words[method["id"]])} for method in found]

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Confirm an address; accounts that only claimed it make room."""
        with transaction.atomic():
            actions.release_address(email_address)
            return bool(super().confirm_email(request, email_address))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue one of the texts under ``templates/account/email`` in the language of the request."""
        words = {name: str(context[name]) for name in MAIL_WORDS if name in context}
        post.queue_mail(to=email, template=template_prefix, context=words, language=get_language() or settings.LANGUAGE_CODE)


def fernet_of(secret: str | bytes) -> Fernet:
    """The cipher that belongs to one secret key."""
    digest = hashlib.sha256(b"direktdraht second factor\n" + force_bytes(secret)).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def cipher() -> MultiFernet:
    """Encrypts with the present secret key, decrypts also with ``SECRET_KEY_FALLBACKS``."""
    return MultiFernet([fernet_of(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """The second factor of this house: secrets are encrypted, the QR code is a picture made here."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("Beschäftigte können den zweiten Faktor nicht abschalten."),
        "cannot_generate_recovery_codes": _("Richten Sie zuerst den zweiten Faktor ein."),
        "incorrect_code": _("Dieser Code stimmt nicht. Nehmen Sie den neuesten aus der App."),
        "unverified_email": _("Bitte bestätigen Sie zuerst Ihre E-Mail-Adresse."),
    }

    def build_totp_svg(self, url: str) -> str:
        """The QR code of ``url`` as SVG text."""
        picture: str = segno.make(url, error="m").svg_inline(scale=5, dark="black", light="white")
        return picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """Shown in the authenticator app."""
        return user.get_username()

    def encrypt(self, text: str) -> str:
        """Encrypt a secret before it is stored."""
        return cipher().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a stored secret."""
        return cipher().decrypt(encrypted_text.encode("ascii")).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Staff keep their second factor where it is required."""
        return not (settings.SECOND_FACTOR_REQUIRED and queries.roles_of(authenticator.user))
