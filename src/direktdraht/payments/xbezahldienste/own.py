"""How this house is connected with the provider: one file of settings with its secret, readable by this user alone."""

import tomllib
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


class NotConnected(Exception):
    """The settings are missing or wrong; the text says which."""


class Connection(BaseModel):
    """Addresses and names that the provider's operator handed out. ``site`` is the origin of its pages for people."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    base_url: str = Field(max_length=300)
    token_url: str = Field(max_length=300)
    site: str = Field(max_length=200)
    client_id: str = Field(min_length=1, max_length=200)
    client_secret: str = Field(min_length=8, max_length=500, repr=False)
    originator_id: str = Field(pattern=r"^[A-Za-z0-9._-]{1,80}$")
    end_point_id: str = Field(pattern=r"^[A-Za-z0-9._-]{1,80}$")
    label: str = Field("", max_length=60)

    @field_validator("base_url", "token_url", "site")
    @classmethod
    def _encrypted(cls, address: str) -> str:
        """Addresses are encrypted; only a provider on this machine is asked in plain."""
        parts = urlsplit(address)
        local = parts.scheme == "http" and parts.hostname in LOCAL
        if not parts.hostname or parts.username or parts.fragment or parts.query or not (parts.scheme == "https" or local):
            raise ValueError("https")
        return address.rstrip("/")


def settings_file() -> Path:
    """Where the settings lie."""
    return Path(settings.DATA_DIR) / "payments" / "provider.toml"


def is_wanted() -> bool:
    """Whether somebody has begun to connect a provider."""
    return settings_file().exists()


def connection() -> Connection:
    """The settings, read anew. Raises NotConnected."""
    path = settings_file()
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        return Connection.model_validate(found)
    except FileNotFoundError as error:
        raise NotConnected(f"{path} is missing") from error
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NotConnected(f"{path} cannot be read") from error
    except ValidationError as error:
        names = ", ".join(sorted({str(problem["loc"][0]) for problem in error.errors()}))
        raise NotConnected(f"{path}: {names}") from error
