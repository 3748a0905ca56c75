"""What the process is told from outside: environment variables, read once, checked, typed.

Unknown ``DIREKTDRAHT_*`` names are an error with the nearest known name: a typo must not
silently fall back to a default.
"""

import difflib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

Mode = Literal["production", "demo", "test"]

KNOWN = {
    "DIREKTDRAHT_DATA": "data folder, default var/",
    "DIREKTDRAHT_SECRET_KEY": "secret of sessions and links, required outside the demo",
    "DIREKTDRAHT_BASE_URL": "public address, for example https://direktdraht.musterstadt.example",
    "DIREKTDRAHT_ENV": "production, demo or test",
    "DIREKTDRAHT_PROXIES": "how many own reverse proxies stand in front, default 0",
    "DIREKTDRAHT_MIGRATE_DATABASE_URL": "database address of the role that owns the tables, default DATABASE_URL",
}
DEFAULT_BASE_URL = "http://127.0.0.1:8000"


class EnvironmentProblem(Exception):
    """The environment cannot be used as it is; the message says what to change."""


@dataclass(frozen=True)
class Environment:
    """The checked environment of one process."""

    mode: Mode
    data_dir: Path
    secret_key: str
    base_url: str
    database_url: str
    migrate_database_url: str
    mail_url: str
    storage_url: str
    clamav_url: str
    proxies: int


def read(variables: Mapping[str, str] | None = None) -> Environment:
    """Read and check the environment.

    Raises:
        EnvironmentProblem: an unknown name, an unknown mode, or no secret key in production.
    """
    source = os.environ if variables is None else variables
    refuse_unknown_names(source)
    mode = read_mode(source)
    data_dir = Path(source.get("DIREKTDRAHT_DATA", "var")).absolute()
    database_url = source.get("DATABASE_URL", "")
    return Environment(
        mode=mode,
        data_dir=data_dir,
        secret_key=read_secret(source, mode, data_dir),
        base_url=source.get("DIREKTDRAHT_BASE_URL", DEFAULT_BASE_URL).rstrip("/"),
        database_url=database_url,
        migrate_database_url=source.get("DIREKTDRAHT_MIGRATE_DATABASE_URL", database_url),
        mail_url=source.get("MAIL_URL", ""),
        storage_url=source.get("STORAGE_URL", ""),
        clamav_url=source.get("CLAMAV_URL", ""),
        proxies=read_proxies(source),
    )


def refuse_unknown_names(source: Mapping[str, str]) -> None:
    """Raise for the first ``DIREKTDRAHT_*`` name that does not exist, naming the nearest one."""
    for name in sorted(source):
        if name.startswith("DIREKTDRAHT_") and name not in KNOWN:
            near = difflib.get_close_matches(name, KNOWN, n=1)
            hint = f" Did you mean {near[0]}?" if near else f" Known names: {', '.join(KNOWN)}."
            raise EnvironmentProblem(f"The environment variable {name} is not known.{hint}")


def read_mode(source: Mapping[str, str]) -> Mode:
    """Return the mode; an unset one is production, the safe side."""
    value = source.get("DIREKTDRAHT_ENV", "production")
    for mode in get_args(Mode):
        if value == mode:
            return mode  # type: ignore[no-any-return]  # get_args is untyped
    raise EnvironmentProblem(f"DIREKTDRAHT_ENV is {value!r}; it must be production, demo or test.")


def read_proxies(source: Mapping[str, str]) -> int:
    """Return the number of own proxies in front."""
    value = source.get("DIREKTDRAHT_PROXIES", "0")
    if not (value.isascii() and value.isdigit() and int(value) <= 9):
        raise EnvironmentProblem(f"DIREKTDRAHT_PROXIES is {value!r}; it must be a number from 0 to 9.")
    return int(value)


def read_secret(source: Mapping[str, str], mode: Mode, data_dir: Path) -> str:
    """Return the secret key; demo and test make one in the data folder and keep it."""
    given = source.get("DIREKTDRAHT_SECRET_KEY", "")
    if given:
        return given
    if mode == "production":
        raise EnvironmentProblem("DIREKTDRAHT_SECRET_KEY is missing. Set it to a long random text and keep it secret.")
    return kept_secret(data_dir / "keys" / "secret-key")


def kept_secret(path: Path) -> str:
    """Return the random text kept at ``path``, making it on the first call; two makers agree on one."""
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        return path.read_text(encoding="ascii")
