"""Addresses of accounts. Only what is listed here exists; allauth's views keep their own names."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as sessions
from django.urls import include, path, re_path, reverse_lazy
from django.utils.translation import gettext_lazy as _

from direktdraht.people import staff_views, views
from direktdraht.people.bundid.urls import urlpatterns as bundid
from direktdraht.people.eid.urls import urlpatterns as eid


def below(title: Any) -> dict[str, Any]:
    """What a page below the account page shows as its place."""
    return {"trail": [(_("Mein Konto"), reverse_lazy("people:account")), (title, "")]}


own = [
    path("konto", views.show_account, name="account"),
    path("konto/name", views.change_name, name="name"),
    path("konto/daten", views.show_data, name="data"),
    path("konto/daten/export", views.export_data, name="data_export"),
    path("konto/zweiter-faktor/einrichten", views.second_factor, name="second_factor"),
    path("buero/stellen", staff_views.list_units, name="units"),
    path("buero/stellen/<slug:key>/vier-augen", staff_views.set_four_eyes, name="unit_four_eyes"),
    path("buero/stellen/neu", staff_views.add_unit, name="unit_add"),
    path("buero/stellen/<slug:key>/mitglied", staff_views.add_member, name="member_add"),
    path("buero/mitglieder/<int:pk>/rolle", staff_views.change_role, name="member_role"),
    path("buero/mitglieder/<int:pk>/entfernen", staff_views.remove_member, name="member_remove"),
    *eid,
    *bundid,
]

urlpatterns = [
    path("", include((own, "people"))),
    path("konto/anmelden", account.LoginView.as_view(), name="account_login"),
    path("konto/abmelden", account.LogoutView.as_view(), name="account_logout"),
    path("konto/gesperrt", account.AccountInactiveView.as_view(), name="account_inactive"),
    path("konto/neu", account.SignupView.as_view(), name="account_signup"),
    path("konto/bestaetigen", account.EmailVerificationSentView.as_view(), name="account_email_verification_sent"),
    re_path(r"^konto/bestaetigen/(?P<key>[-:\w]+)$", account.ConfirmEmailView.as_view(), name="account_confirm_email"),
    path("konto/passwort/vergessen", account.PasswordResetView.as_view(), name="account_reset_password"),
    path("konto/passwort/vergessen/gesendet", account.PasswordResetDoneView.as_view(), name="account_reset_password_done"),
    re_path(
        r"^konto/passwort/neu/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)$",
        account.PasswordResetFromKeyView.as_view(),
        name="account_reset_password_from_key",
    ),
    path("konto/passwort/neu", account.PasswordResetFromKeyDoneView.as_view(), name="account_reset_password_from_key_done"),
    path(
        "konto/passwort/aendern",
        account.PasswordChangeView.as_view(extra_context=below(_("Passwort ändern"))),
        name="account_change_password",
    ),
    path(
        "konto/passwort/setzen",
        account.PasswordSetView.as_view(extra_context=below(_("Passwort setzen"))),
        name="account_set_password",
    ),
    path("konto/e-mail", account.EmailView.as_view(extra_context=below(_("E-Mail-Adresse"))), name="account_email"),
    path("konto/erneut-anmelden", account.ReauthenticateView.as_view(), name="account_reauthenticate"),
    path("konto/sitzungen", sessions.ListUserSessionsView.as_view(extra_context=below(_("Sitzungen"))), name="usersessions_list"),
    path("konto/zweiter-faktor", mfa.IndexView.as_view(extra_context=below(_("Zweiter Faktor"))), name="mfa_index"),
    path("konto/zweiter-faktor/code", mfa.AuthenticateView.as_view(), name="mfa_authenticate"),
    path("konto/zweiter-faktor/code-erneut", mfa.ReauthenticateView.as_view(), name="mfa_reauthenticate"),
    path("konto/zweiter-faktor/app", views.ActivateSecondFactor.as_view(), name="mfa_activate_totp"),
    path("konto/zweiter-faktor/app/entfernen", totp.DeactivateTOTPView.as_view(), name="mfa_deactivate_totp"),
    path("konto/zweiter-faktor/ersatzcodes", codes.ViewRecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
    path("konto/zweiter-faktor/ersatzcodes/neu", codes.GenerateRecoveryCodesView.as_view(), name="mfa_generate_recovery_codes"),
    path("konto/zweiter-faktor/ersatzcodes/datei", views.DownloadRecoveryCodes.as_view(), name="mfa_download_recovery_codes"),
]
