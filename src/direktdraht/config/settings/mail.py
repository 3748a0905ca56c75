"""Outgoing mail: ``MAIL_URL`` is ``smtp://user:password@host:port`` or ``smtps://…``; the demo's own catcher if unset."""

from urllib.parse import unquote, urlsplit

from direktdraht.config.settings.base import BASE_URL, ENVIRONMENT, MODE

MAIL_CONFIGURED = bool(ENVIRONMENT.mail_url)
_mail = urlsplit(ENVIRONMENT.mail_url or "smtp://127.0.0.1:25")
EMAIL_BACKEND = (
    "django.core.mail.backends.locmem.EmailBackend"
    if MODE == "test" and not MAIL_CONFIGURED
    else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = _mail.hostname or "127.0.0.1"
EMAIL_PORT = _mail.port or (465 if _mail.scheme == "smtps" else 25)
EMAIL_HOST_USER = unquote(_mail.username or "")
EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = f"direktdraht@{urlsplit(BASE_URL).hostname}"
SERVER_EMAIL = DEFAULT_FROM_EMAIL
