"""Every line that the product logs during a test is looked at: no key, password, PIN, token or person may stand in it."""

import logging
import re

from tests import cast

SECRETS = (
    re.compile(r"BEGIN [A-Z ]*PRIVATE KEY"),
    re.compile(re.escape(cast.PASSWORD)),
    re.compile(re.escape(cast.TOTP_SECRET)),
    re.compile(r"\b(?:[ACDEFHJKMNPQRTVWXY2-9]{4}-){6}[ACDEFHJKMNPQRTVWXY2-9]{4}\b"),  # a case key or resume code
    re.compile(r"Robin Weber|robin@example\.org|Lange Straße 12"),
    re.compile(r"(?i)\b(?:pin|password|passwort|kennwort|secret|token)\s*[=:]\s*\S"),
)


class Watcher(logging.Handler):
    """Keeps the lines in which something stands that may not."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Look at one line."""
        line = record.getMessage()
        if any(secret.search(line) for secret in SECRETS):
            self.found.append(f"{record.name}: {line}")

    def take(self) -> list[str]:
        """What was found since the last time."""
        found, self.found = self.found, []
        return found


WATCHER = Watcher()
