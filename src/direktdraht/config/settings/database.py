"""PostgreSQL, the only database: one pool a process, reached by address."""

from typing import Any

from psycopg.conninfo import conninfo_to_dict

from direktdraht.config.settings.base import ENVIRONMENT, MODE

POOL_MAX = 8
SECONDS_TO_WAIT_FOR_A_CONNECTION = 10


def connection(url: str, *, pooled: bool) -> dict[str, Any]:
    """Return Django's settings for a ``postgresql://`` address; host may be a socket folder."""
    parts = conninfo_to_dict(url)
    options: dict[str, Any] = {
        "application_name": "direktdraht",
        "options": "-c statement_timeout=60000 -c lock_timeout=20000 -c idle_in_transaction_session_timeout=120000",
    }
    if sslmode := parts.get("sslmode"):
        options["sslmode"] = sslmode
    if pooled:
        options["pool"] = {"min_size": 1, "max_size": POOL_MAX, "timeout": SECONDS_TO_WAIT_FOR_A_CONNECTION}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": str(parts.get("dbname", "direktdraht")),
        "USER": str(parts.get("user", "")),
        "PASSWORD": str(parts.get("password", "")),
        "HOST": str(parts.get("host", "")),
        "PORT": str(parts.get("port", "")),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


DATABASES = {"default": connection(ENVIRONMENT.database_url, pooled=MODE != "test")}
