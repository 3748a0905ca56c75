"""The demo city seeds once, with believable matters in every state."""

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from direktdraht.cases.models import Case, Decision, State
from direktdraht.forms.actions import gallery_keys, read_gallery
from direktdraht.forms.models import FormVersion
from direktdraht.foundation import clock
from direktdraht.people.models import Account, Membership, Unit
from direktdraht.portal.demo import STAFF, DemoCity
from direktdraht.services.models import Service

pytestmark = pytest.mark.django_db


def test_the_demo_city_is_whole_and_seeds_once() -> None:
    entry = DemoCity()
    assert not entry.is_seeded()

    entry.seed(1)

    assert entry.is_seeded()
    assert 38 <= Case.objects.count() <= 48
    assert {State.NEW, State.IN_PROGRESS, State.CLOSED, State.DECIDED} <= set(
        Case.objects.values_list("state", flat=True).order_by("state")
    )
    assert Case.objects.filter(account__email="buergerin@musterstadt.example").exists()
    assert Case.objects.filter(unread_by_staff=False).count() > 15
    assert not Case.objects.filter(received_at__gt=clock.now()).exists()
    assert Decision.objects.exclude(dispatched_on=None).exists()
    assert FormVersion.objects.filter(state="published").count() == len(gallery_keys()) == 10
    assert Service.objects.count() == 12
    assert Unit.objects.filter(parent="hauptamt").count() == Unit.objects.count() - 1


def test_every_form_of_the_demo_belongs_to_its_service() -> None:
    DemoCity().seed(1)

    services = {service.key: service for service in Service.objects.exclude(form_key="")}
    for key in gallery_keys():
        form = read_gallery(key)
        service = services.pop(form["service"])
        assert service.form_key == key
        assert (form["unit"], form["law"], form["answer_days"]) == (service.unit_id, service.law, service.answer_days)
        assert form["written_form"]["rule"] == service.written_form
        assert (form["legal_basis"], form["retention"]["basis"]) == (service.legal_basis, service.retention_basis)
        assert form["retention"]["months"] == service.retention_months
        assert form["title"]["de"] == service.title["de"]
    assert services == {}


def test_every_member_of_staff_of_the_demo_can_sign_in() -> None:
    DemoCity().seed(1)

    for login in STAFF:
        email = f"{login}@musterstadt.example"
        account = authenticate(RequestFactory().get("/"), email=email, password="direktdraht-demo")
        assert isinstance(account, Account)
        assert Membership.objects.filter(account=account).exists()


def test_the_scale_multiplies_cases() -> None:
    DemoCity().seed(3)

    assert Case.objects.count() >= 114
    assert Case.objects.count() % 3 == 0
