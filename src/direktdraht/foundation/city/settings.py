"""The city's settings as values, read often, changed rarely."""

import re
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from django.conf import settings as django_settings
from pydantic import AfterValidator, BaseModel, ConfigDict, EmailStr, Field, ValidationInfo, field_validator

from direktdraht.foundation import clock
from direktdraht.foundation.city import contrast
from direktdraht.foundation.city.models import CityRecord

SECONDS_KEPT = 2.0
State = Literal["BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH"]


def readable_on_white(colour: str) -> str:
    """Accept an accent colour that text and buttons can use on white (contrast ≥ 4.5:1)."""
    if contrast.ratio(colour, "#ffffff") < contrast.LEAST_FOR_TEXT:
        raise ValueError("contrast")
    return colour.lower()


# What a map service's address may hold. Its host goes into a header, so nothing that means something there.
_MAP_HOST = re.compile(r"(?=[^.])[a-z0-9.-]{1,200}(:[0-9]{1,5})?")
_MAP_ADDRESS = re.compile(r"https://[!#$%&()*+,./0-9:;=?@A-Z_a-z{}~-]{1,480}")
TILE_PARTS = ("{z}", "{x}", "{y}")


class City(BaseModel):
    """What the house knows of its city. All texts are plain text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field("Stadt Musterstadt", min_length=2, max_length=80)
    place: str = Field("Musterstadt", min_length=2, max_length=80)
    state: State = "NI"
    accent: Annotated[str, AfterValidator(readable_on_white)] = "#003c90"
    gender_style: Literal["*", ":", "pair"] = ":"
    address: str = Field("Rathausplatz 1\n30999 Musterstadt", max_length=400)
    represented_by: str = Field("Oberbürgermeisterin Dr. Ayla Kern", max_length=200)
    phone: str = Field("0511 000-0", max_length=60)
    email: EmailStr = "direktdraht@musterstadt.example"
    vat_id: str = Field("", max_length=30)
    privacy_email: EmailStr = "datenschutz@musterstadt.example"
    supervisory_authority: str = Field("Die Landesbeauftragte für den Datenschutz Niedersachsen", max_length=300)
    accessibility_email: EmailStr = "barrierefrei@musterstadt.example"
    enforcement_body: str = Field("Schlichtungsstelle nach dem Niedersächsischen Behindertengleichstellungsgesetz", max_length=300)
    security_email: EmailStr = "sicherheit@musterstadt.example"
    accessibility_checked_on: str = Field("2026-11-24", pattern=r"\d{4}-\d\d-\d\d")
    map_kind: Literal["own", "wms", "wmts"] = "own"
    map_address: str = Field("", max_length=500, validate_default=True)
    map_layers: str = Field("", max_length=200, pattern=r"^[\w:,. -]*$", validate_default=True)
    map_source: str = Field("", max_length=200)

    @field_validator("map_address")
    @classmethod
    def _map_service(cls, address: str, info: ValidationInfo) -> str:
        """A service is asked over HTTPS, at a host that can be named in a header; a WMTS by a template of tiles."""
        kind = info.data.get("map_kind", "own")
        if not address and kind == "own":
            return address
        parts = urlsplit(address)
        if not _MAP_ADDRESS.fullmatch(address) or not _MAP_HOST.fullmatch(parts.netloc):
            raise ValueError("address")
        if kind == "wmts" and not all(part in address for part in TILE_PARTS):
            raise ValueError("template")
        return address

    @field_validator("map_layers")
    @classmethod
    def _layers_of_service(cls, layers: str, info: ValidationInfo) -> str:
        """A WMS needs to know what to draw."""
        if info.data.get("map_kind") == "wms" and not layers:
            raise ValueError("layers")
        return layers

    @property
    def map_host(self) -> str:
        """The one foreign host that pages with a map may ask for pictures; empty where the map is our own."""
        return "" if self.map_kind == "own" else f"https://{urlsplit(self.map_address).netloc}"


@dataclass(frozen=True)
class Logo:
    """A checked picture; empty content takes the logo away."""

    content: bytes
    content_type: str


class _Kept:
    """The settings this process read last, with the time of reading."""

    city: City | None = None
    version = "0"
    until = 0.0


def current() -> City:
    """Return the city's settings; at most two seconds old, so that every web node follows a change."""
    if _Kept.city is None or time.monotonic() > _Kept.until:
        record = CityRecord.objects.filter(pk=1).first()
        _Kept.city = City.model_validate(record.values) if record else first_settings()
        _Kept.version = f"{record.changed_at:%Y%m%d%H%M%S%f}" if record else "0"
        _Kept.until = time.monotonic() + SECONDS_KEPT
    return _Kept.city


def version() -> str:
    """Return digits that change with every change of the settings; as fresh as ``current``."""
    current()
    return _Kept.version


def first_settings() -> City:
    """Return what ``city.toml`` in the data folder says, or the sample city."""
    path = Path(django_settings.DATA_DIR) / "city.toml"
    if not path.exists():
        return City()
    return City.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


def save(city: City, logo: Logo | None = None) -> None:
    """Store the settings, and the logo if one is given; they hold on all nodes within two seconds."""
    values: dict[str, Any] = {"values": city.model_dump(mode="json"), "changed_at": clock.now()}
    if logo is not None:
        values |= {"logo": logo.content, "logo_type": logo.content_type}
    CityRecord.objects.update_or_create(pk=1, defaults=values)
    forget()


def forget() -> None:
    """Forget what was read, so that the next question reads anew."""
    _Kept.city = None
