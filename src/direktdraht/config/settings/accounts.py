"""Accounts: who may sign in and how (django-allauth). Addresses stand in ``people/urls.py``."""

from direktdraht.config.settings.base import BASE_URL

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["rules.permissions.ObjectPermissionBackend", "allauth.account.auth_backends.AuthenticationBackend"]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:area"  # where a person lands after signing in
STAFF_REDIRECT_URL = "portal:staff_start"  # where staff land after signing in
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "direktdraht.people.adapters.AccountAdapter"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = BASE_URL.partition(":")[0]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# The same answer whether an address is known or not; an unknown address gets a mail too, so that both cost the same time.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_FORMS = {
    "login": "direktdraht.people.inputs.SignInForm",
    "signup": "direktdraht.people.inputs.NewAccountForm",
    "add_email": "direktdraht.people.inputs.NewAddressForm",
    "change_password": "direktdraht.people.inputs.ChangePasswordForm",
    "set_password": "direktdraht.people.inputs.SetPasswordForm",
    "reset_password": "direktdraht.people.inputs.ForgottenPasswordForm",
    "reset_password_from_key": "direktdraht.people.inputs.NewPasswordForm",
    "reauthenticate": "direktdraht.people.inputs.PasswordAgainForm",
}

MFA_ADAPTER = "direktdraht.people.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# Nobody signs in without a confirmed address, so a second one that waits for its mail does no harm.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Direktdraht"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "direktdraht.people.inputs.CodeForm",
    "reauthenticate": "direktdraht.people.inputs.CodeAgainForm",
    "activate_totp": "direktdraht.people.inputs.FirstCodeForm",
}
