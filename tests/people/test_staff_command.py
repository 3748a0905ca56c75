"""The operator's command that makes the first staff account."""

import argparse

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse
from tests import cast

from direktdraht.config.commands import staff
from direktdraht.config.operations import staff_add
from direktdraht.people.models import Account, Membership

pytestmark = pytest.mark.django_db
FIRST = ["staff", "add", "noa@stadt.example", "--name", "Noa Petersen", "--unit", "hauptamt", "--role", "admin"]


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    staff.add(parser.add_subparsers())
    return parser.parse_args(arguments)


def test_the_printed_link_sets_the_password_once(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    status = staff_add.execute(parse(FIRST))
    link = capsys.readouterr().out.strip().removeprefix("http://127.0.0.1:8000")
    form = client.get(link)["Location"]
    client.post(form, {"password1": cast.PASSWORD, "password2": cast.PASSWORD})
    entered = client.post(reverse("account_login"), {"login": "noa@stadt.example", "password": cast.PASSWORD})
    desk = client.get(reverse("people:units"))

    assert status == 0
    assert entered["Location"] == resolve_url(settings.STAFF_REDIRECT_URL)
    assert desk["Location"] == reverse("people:second_factor")
    assert "abgelaufen" in Client().get(link).content.decode()
    assert Membership.objects.get().role == "admin"


def test_doing_it_twice_is_refused_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    staff_add.execute(parse(FIRST))
    capsys.readouterr()

    status = staff_add.execute(parse(FIRST))

    said = capsys.readouterr()
    assert status == 2
    assert said.err.startswith("direktdraht: ")
    assert said.out == ""
    assert Account.objects.count() == 1


def test_a_spoilt_address_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    status = staff_add.execute(parse(["staff", "add", "keine-adresse", "--name", "Noa", "--unit", "hauptamt"]))

    assert status == 2
    assert capsys.readouterr().err
    assert not Account.objects.exists()
