"""Forms of the room: allauth's own with our words, and the ones for names, units and members."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from direktdraht.people.models import Account, Role
from direktdraht.people.names import LIMIT, NameRefused, clean_name

PASSWORD_HINT = _("Mindestens 12 Zeichen. Ein Satz ist leichter zu merken als ein Wort.")
CODE_HINT = _("6 Ziffern aus Ihrer App oder einer Ihrer Ersatzcodes")


def say(form: forms.Form, name: str, label: Any, hint: Any = "") -> None:
    """Give a field our label and hint and take its placeholder away."""
    if name in form.fields:
        field = form.fields[name]
        field.label, field.help_text = label, hint
        field.widget.attrs.pop("placeholder", None)


class NameField(forms.CharField):
    """A name as the person writes it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LIMIT, widget=forms.TextInput(attrs={"autocomplete": "name"}), **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the cleaned name; a refused one is an error of this field."""
        try:
            return clean_name(super().clean(value))
        except NameRefused as problem:
            raise forms.ValidationError(_("Bitte schreiben Sie den Namen ohne unsichtbare Zeichen.")) from problem


class SignInForm(account_forms.LoginForm):  # type: ignore[misc]  # allauth is untyped
    """Sign in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "login", _("E-Mail-Adresse"))
        say(self, "password", _("Passwort"))


class NewAccountForm(account_forms.SignupForm):  # type: ignore[misc]  # allauth is untyped
    """Make an account."""

    name = NameField(label=_("Name"), required=False)
    field_order = ("name", "email", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "name", _("Name"), _("So sprechen wir Sie an."))
        say(self, "email", _("E-Mail-Adresse"), _("Wir schicken Ihnen dorthin einen Link."))
        say(self, "password1", _("Passwort"), PASSWORD_HINT)

    def try_save(self, request: HttpRequest) -> tuple[Account | None, HttpResponse | None]:
        """Store the account; a known address costs the same hash, so that time does not tell."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        saved: tuple[Account | None, HttpResponse | None] = super().try_save(request)
        return saved


class NewAddressForm(account_forms.AddEmailForm):  # type: ignore[misc]  # allauth is untyped
    """Change the e-mail address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "email", _("Neue E-Mail-Adresse"), _("Sie gilt, sobald Sie den Link in unserer Mail geöffnet haben."))


class ChangePasswordForm(account_forms.ChangePasswordForm):  # type: ignore[misc]  # allauth is untyped
    """Change the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "oldpassword", _("Jetziges Passwort"))
        say(self, "password1", _("Neues Passwort"), PASSWORD_HINT)
        say(self, "password2", _("Neues Passwort wiederholen"))


class SetPasswordForm(account_forms.SetPasswordForm):  # type: ignore[misc]  # allauth is untyped
    """Set a first password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "password1", _("Neues Passwort"), PASSWORD_HINT)
        say(self, "password2", _("Neues Passwort wiederholen"))


class ForgottenPasswordForm(account_forms.ResetPasswordForm):  # type: ignore[misc]  # allauth is untyped
    """Ask for a link that sets a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "email", _("E-Mail-Adresse"))


class NewPasswordForm(account_forms.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth is untyped
    """Set a new password after the link was opened."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "password1", _("Neues Passwort"), PASSWORD_HINT)
        say(self, "password2", _("Neues Passwort wiederholen"))


class PasswordAgainForm(account_forms.ReauthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """The password once more before something delicate."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "password", _("Passwort"))


class CodeForm(mfa_forms.AuthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """The second factor while signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "code", _("Code"), CODE_HINT)


class CodeAgainForm(mfa_forms.ReauthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """The second factor once more before something delicate."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "code", _("Code"), CODE_HINT)


class FirstCodeForm(totp_forms.ActivateTOTPForm):  # type: ignore[misc]  # allauth is untyped
    """The first code of a new authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "code", _("Code aus der App"), _("6 Ziffern"))


class NameForm(forms.Form):
    """Change the own name."""

    name = NameField(label=_("Name"), help_text=_("So sprechen wir Sie an."), required=False)


class MemberForm(forms.Form):
    """Add a person to a unit."""

    email = forms.EmailField(label=_("E-Mail-Adresse"), max_length=254)
    name = NameField(label=_("Name"), required=False, help_text=_("Nur nötig, wenn die Person noch kein Konto hat."))
    role = forms.ChoiceField(label=_("Rolle"), choices=Role.choices)


class RoleForm(forms.Form):
    """Change what a member may do."""

    role = forms.ChoiceField(label=_("Rolle"), choices=Role.choices)


class UnitForm(forms.Form):
    """Add a unit."""

    key = forms.SlugField(label=_("Kürzel"), max_length=60, help_text=_("Kleinbuchstaben, Ziffern und Bindestriche, zum Beispiel „bauamt“"))
    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-Mail-Adresse"), required=False)
    four_eyes = forms.BooleanField(label=_("Bescheide gibt eine zweite Person frei (vier Augen)"), required=False)
