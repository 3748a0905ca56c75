"""What a city sets for payments, as values: bank account, references, days, accounts. Read often, changed rarely."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

from direktdraht.foundation import clock
from direktdraht.payments.models import SetupRecord
from direktdraht.payments.references import METHODS, Pattern, WrongPattern


def clean_iban(text: str) -> str:
    """An IBAN without gaps, or ``""`` when its check digits do not hold."""
    try:
        return str(IBAN(text)) if text.strip() else ""
    except SchwiftyException:
        return ""


class Setup(BaseModel):
    """The settings. An empty ``iban`` means that nobody can pay by transfer yet.

    ``grace_days`` is how long a bank file may need: an order that can be paid by transfer ends that many days after
    its expiry, because the value date counts and not the day of the file. ``remind_before_days`` is how long before the
    due day a payer is reminded, ``remind_after_days`` how long after due day and grace once more; without a number never.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    payee: str = Field("Stadt Musterstadt", min_length=2, max_length=70)
    iban: str = Field("", max_length=34)
    bic: str = Field("", max_length=11, pattern=r"^([A-Z0-9]{8}([A-Z0-9]{3})?)?$")
    bank_name: str = Field("", max_length=70)
    reference_pattern: str = "JJ.NNNNNNN.P"
    reference_method: Literal["luhn", "mod11", "mod97"] = "luhn"
    due_days: int = Field(30, ge=1, le=365)
    grace_days: int = Field(4, ge=0, le=30)
    remind_before_days: int | None = Field(3, ge=1, le=60)
    remind_after_days: int | None = Field(7, ge=0, le=60)
    fee_account: str = Field("331100", pattern=r"^[A-Za-z0-9.-]{1,40}$")
    fee_cost_centre: str = Field("", pattern=r"^[A-Za-z0-9.-]{0,40}$")

    @field_validator("iban")
    @classmethod
    def _right_iban(cls, iban: str) -> str:
        """An account whose check digits hold, without gaps."""
        if iban.strip() and not clean_iban(iban):
            raise ValueError("iban")
        return clean_iban(iban)

    @field_validator("reference_method")
    @classmethod
    def _fitting_pattern(cls, method: str, info: ValidationInfo) -> str:
        """The pattern has as many check digits as the method writes."""
        try:
            Pattern(info.data.get("reference_pattern", ""), method)
        except WrongPattern as error:
            raise ValueError(f"pattern: {error}; methods: {', '.join(METHODS)}") from error
        return method

    @property
    def pattern(self) -> Pattern:
        """The pattern of references."""
        return Pattern(self.reference_pattern, self.reference_method)


def current() -> Setup:
    """The settings as they are now; the first ones where nobody has set any."""
    record = SetupRecord.objects.filter(pk=1).first()
    return Setup.model_validate(record.values) if record else Setup.model_validate({})


def save(setup: Setup) -> None:
    """Store the settings; the caller holds the transaction and has checked the permission."""
    values: dict[str, Any] = {"values": setup.model_dump(mode="json"), "changed_at": clock.now()}
    SetupRecord.objects.update_or_create(pk=1, defaults=values)
