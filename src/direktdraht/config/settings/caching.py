"""The shared cache lives in PostgreSQL (an unlogged table), never in process memory: rate limits hold on every web node."""

import hashlib


def digest_key(key: str, prefix: str, version: int) -> str:
    """Store only a digest: keys of rate limits would otherwise hold addresses of devices and people."""
    return hashlib.sha256(f"{prefix}:{version}:{key}".encode()).hexdigest()


CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "limits_cache",
        "TIMEOUT": 300,
        "KEY_FUNCTION": digest_key,
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}
