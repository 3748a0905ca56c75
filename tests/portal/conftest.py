"""What the tests of the front door share: a small catalogue with one published form."""

import pytest
from tests import cast

from direktdraht.forms import actions as forms
from direktdraht.services.actions import save_service
from direktdraht.services.entries import ServiceEntry
from direktdraht.services.models import Category, Service, WrittenForm


@pytest.fixture
def bulky_waste() -> Service:
    """An online service of the waste unit, put forward."""
    unit = cast.abfall()
    service = save_service(
        ServiceEntry(
            key="sperrmuell",
            title={"de": "Sperrmüll abholen lassen", "en": "Have bulky waste collected"},
            summary={"de": "Wir holen Möbel ab."},
            category=Category.WASTE,
            unit=unit.key,
            cost={"de": "kostenlos", "en": "free of charge"},
            needs=({"de": "Anschrift der Abholung"},),
            answer_days=4,
            duration_minutes=5,
            form_key="sperrmuell",
            keywords=("Sofa",),
            legal_basis="§ 15 Satzung",
            popular=1,
        ),
        by=None,
    )
    forms.publish(forms.read_gallery("sperrmuell"), by=None)
    return service


@pytest.fixture
def housing_benefit() -> Service:
    """A service without form that asks for the written form."""
    return save_service(
        ServiceEntry(
            key="wohngeld",
            title={"de": "Ökologisches Wohngeld"},
            category=Category.HOUSING,
            unit=cast.steueramt().key,
            written_form=WrittenForm.WRITTEN,
        ),
        by=None,
    )
