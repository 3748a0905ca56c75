"""``address``: street, number, postal code, town and country."""

import re
from typing import Annotated, Any, Literal

from pydantic import Field

from direktdraht.questions import countries, din91379
from direktdraht.questions.elements.base import Cleaned, Element, Kind, Posted, Problem, Raw, refused
from direktdraht.questions.elements.written import written_line
from direktdraht.questions.files import Files
from direktdraht.questions.messages import Message
from direktdraht.questions.surroundings import Surroundings

PARTS = {"street": 120, "number": 20, "postal_code": 16, "city": 120, "country": 2}
"""The parts of an address, with their greatest length."""

NEEDED = ("street", "postal_code", "city")

_GERMAN_CODE = re.compile(r"[0-9]{5}\Z")


class Address(Element):
    """A postal address (Anschrift). ``foreign`` allows other countries; ``postal_codes`` narrows to a city."""

    type: Literal["address"]
    foreign: bool = True
    postal_codes: Annotated[list[Annotated[str, Field(pattern="^[0-9]{5}$")]], Field(max_length=300)] = []
    own: bool = True
    """The person's own address, which a browser may fill in."""

    @property
    def kind(self) -> Kind:
        return "address"

    def parts(self) -> tuple[str, ...]:
        return tuple(PARTS)

    def clean(self, raw: Raw, around: Surroundings) -> Cleaned:
        if raw is None or raw in ("", {}):
            return Cleaned()
        if not isinstance(raw, dict):
            return refused("wrong_type")
        cleaned = {part: written_line(raw.get(part), most) for part, most in PARTS.items()}
        problems = [Problem(one.problems[0].message, part) for part, one in cleaned.items() if one.problems]
        value = {part: one.value for part, one in cleaned.items() if one.value is not None}
        if not problems and not set(value) - {"country"}:
            return Cleaned()
        country = value.setdefault("country", "DE")
        problems += [Problem(Message("required"), part) for part in NEEDED if part not in value and not cleaned[part].problems]
        problems += self._place_problems(value, country)
        return Cleaned(problems=tuple(problems)) if problems else Cleaned({part: value[part] for part in PARTS if part in value})

    def _place_problems(self, value: dict[str, str], country: str) -> list[Problem]:
        problems = []
        for part in ("street", "number", "city"):
            strange = din91379.strangers(value.get(part, ""), "C")
            if strange:
                problems.append(Problem(Message("characters", {"characters": " ".join(strange[:5])}), part))
        if country not in countries.CODES or (country != "DE" and not self.foreign):
            problems.append(Problem(Message("no_country"), "country"))
        code = value.get("postal_code", "")
        if code and country == "DE":
            if not _GERMAN_CODE.match(code):
                problems.append(Problem(Message("no_postal_code"), "postal_code"))
            elif self.postal_codes and code not in self.postal_codes:
                problems.append(Problem(Message("postal_code_outside"), "postal_code"))
        return problems

    def from_post(self, post: Posted, path: str, old: Raw) -> Raw:
        return {part: post.get(f"{path}.{part}", "") for part in PARTS if f"{path}.{part}" in post}

    def names(self, path: str) -> list[str]:
        return [f"{path}.{part}" for part in PARTS]

    def fragment(self) -> dict[str, Any]:
        parts: dict[str, Any] = {part: {"type": "string", "minLength": 1, "maxLength": most} for part, most in PARTS.items()}
        parts["country"] = {"type": "string", "pattern": "^[A-Z]{2}$"}
        return {"type": "object", "properties": parts, "required": [*NEEDED, "country"], "additionalProperties": False}

    def display(self, value: Any, language: str, files: Files) -> str:
        street = f"{value['street']} {value.get('number', '')}".rstrip()
        lines = [street, f"{value['postal_code']} {value['city']}"]
        if value["country"] != "DE":
            lines.append(countries.name(value["country"], language))
        return "\n".join(lines)

    def face(self, raw: Raw, language: str) -> dict[str, Any]:
        typed = (
            {part: text if isinstance(text := raw.get(part), str) else "" for part in PARTS}
            if isinstance(raw, dict)
            else dict.fromkeys(PARTS, "")
        )
        chosen = typed.pop("country") or "DE"
        return typed | {"foreign": self.foreign, "own": self.own, "countries": countries.choices(chosen, language)}
