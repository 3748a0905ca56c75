"""Logs go to standard error, one line an event, without full IP addresses and without personal data."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "WARNING"},
        "mail.log": {"level": "ERROR"},  # the LMTP receiver's library tells senders and recipients
        "pikepdf": {"level": "WARNING"},
        "procrastinate": {"level": "WARNING"},
    },
}
