"""A service as it comes from outside (a file, a staff form): typed, checked, complete."""

from typing import Annotated, Self

from django.utils.translation import gettext
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from direktdraht.foundation.texts import LocalText
from direktdraht.services.models import Category, Law, WrittenForm

LANGUAGES = frozenset({"de", "en", "de-x-leicht"})
LONGEST_TEXT = 5_000
Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=60)]


class ServiceEntry(BaseModel):
    """Everything that a city says about one service; the meaning of each field stands at the model."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)

    key: Key
    title: LocalText
    summary: LocalText = {}
    description: LocalText = {}
    category: Category = Category.CITY
    unit: Key
    law: Law = Law.VWVFG
    legal_basis: Annotated[str, Field(max_length=300)] = ""
    answer_days: Annotated[int, Field(ge=1, le=365)] = 5
    retention_months: Annotated[int, Field(ge=1, le=1200)] = 24
    retention_basis: Annotated[str, Field(max_length=300)] = ""
    written_form: WrittenForm = WrittenForm.NONE
    cost: LocalText = {}
    needs: tuple[LocalText, ...] = ()
    duration_minutes: Annotated[int, Field(ge=1, le=600)] = 10
    form_key: Annotated[str, Field(pattern=r"^([a-z0-9][a-z0-9_-]*)?$", max_length=60)] = ""
    keywords: tuple[Annotated[str, Field(min_length=1, max_length=60)], ...] = ()
    active: bool = True
    popular: Annotated[int, Field(ge=0, le=99)] = 0

    @field_validator("title", "summary", "description", "cost")
    @classmethod
    def known_languages(cls, text: LocalText) -> LocalText:
        """Refuse unknown languages and endless texts; drop empty ones."""
        return checked_text(text)

    @field_validator("needs")
    @classmethod
    def known_languages_of_needs(cls, needs: tuple[LocalText, ...]) -> tuple[LocalText, ...]:
        """The same for each line, each in German at least."""
        lines = tuple(checked_text(line) for line in needs)
        if any("de" not in line for line in lines):
            raise ValueError(gettext("Jede Zeile braucht einen deutschen Text."))
        return lines

    @model_validator(mode="after")
    def german_always(self) -> Self:
        """German is the language everything falls back to."""
        for text in (self.summary, self.description, self.cost):
            if text and "de" not in text:
                raise ValueError(gettext("Der deutsche Text fehlt."))
        if "de" not in self.title:
            raise ValueError(gettext("Der deutsche Titel fehlt."))
        if len(self.title["de"]) > 120:
            raise ValueError(gettext("Der Titel ist länger als 120 Zeichen."))
        return self


def checked_text(text: LocalText) -> LocalText:
    """The text without empty languages. Raises ValueError."""
    kept = {language: words.strip() for language, words in text.items() if words.strip()}
    if unknown := set(kept) - LANGUAGES:
        raise ValueError(gettext("Unbekannte Sprache: %(codes)s.") % {"codes": ", ".join(sorted(unknown))})
    if any(len(words) > LONGEST_TEXT for words in kept.values()):
        raise ValueError(gettext("Ein Text ist länger als %(limit)s Zeichen.") % {"limit": LONGEST_TEXT})
    return kept


def sentences(problem: ValidationError) -> list[tuple[str, str]]:
    """The field and the sentence of each finding."""
    return [(str(error["loc"][0]) if error["loc"] else "", str(error["msg"]).removeprefix("Value error, ")) for error in problem.errors()]
