"""Staff show a second factor; the demo may skip it, production cannot."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.test import Client
from django.urls import reverse
from tests import cast

from direktdraht.people.models import Account, Role

pytestmark = pytest.mark.django_db
UNITS = "/buero/stellen"


def code_of(secret: str) -> str:
    """The code that an authenticator app shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def jo_without_factor() -> Account:
    return cast.staff("jo@musterstadt.example", "Jo Hansen", cast.hauptamt(), Role.ADMIN, second_factor=False)


def test_staff_without_second_factor_are_led_to_set_it_up(client: Client) -> None:
    cast.signed_in(client, jo_without_factor())

    refused = client.get(UNITS)
    explained = client.get(reverse("people:second_factor"))

    assert refused["Location"] == reverse("people:second_factor")
    assert reverse("mfa_activate_totp") in explained.content.decode()


def test_setting_it_up_opens_the_staff_pages_and_shows_recovery_codes(client: Client) -> None:
    cast.signed_in(client, jo_without_factor())
    page = client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]

    done = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    codes = client.get(reverse("mfa_view_recovery_codes"))
    file = client.get(reverse("mfa_download_recovery_codes"))

    assert "data:image/svg+xml;base64," in page.content.decode()
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    assert codes.status_code == 200
    assert len(file.content.split()) == 10
    assert client.get(UNITS).status_code == 200


def test_a_wrong_first_code_is_refused(client: Client) -> None:
    cast.signed_in(client, jo_without_factor())

    response = client.post(reverse("mfa_activate_totp"), {"code": "000000"})

    assert "stimmt nicht" in response.content.decode()
    assert not Authenticator.objects.exists()


def test_signing_in_asks_for_the_code(client: Client) -> None:
    jo = cast.jo()

    asked = client.post(reverse("account_login"), {"login": jo.email, "password": cast.PASSWORD})
    before = client.get(UNITS)
    page = client.get(reverse("mfa_authenticate"))
    client.post(reverse("mfa_authenticate"), {"code": code_of(cast.TOTP_SECRET)})

    assert asked["Location"] == reverse("mfa_authenticate")
    assert before["Location"].startswith("/konto/anmelden")
    assert page.status_code == 200
    assert client.get(UNITS).status_code == 200


def test_a_code_counts_only_once(client: Client) -> None:
    jo = cast.jo()
    code = code_of(cast.TOTP_SECRET)
    entered = []
    for device in (client, Client()):
        device.post(reverse("account_login"), {"login": jo.email, "password": cast.PASSWORD})
        device.post(reverse("mfa_authenticate"), {"code": code})
        entered.append(device.get(UNITS).status_code)

    assert entered == [200, 302]


def test_a_session_from_before_the_factor_must_show_it(client: Client) -> None:
    client.force_login(cast.jo())

    refused = client.get(UNITS)
    asked = client.get(reverse("people:second_factor"))
    page = client.get(reverse("mfa_reauthenticate"))
    client.post(reverse("mfa_reauthenticate"), {"code": code_of(cast.TOTP_SECRET)})

    assert refused["Location"] == reverse("people:second_factor")
    assert asked["Location"] == reverse("mfa_reauthenticate")
    assert page.status_code == 200
    assert client.get(UNITS).status_code == 200


def test_staff_cannot_switch_it_off(client: Client) -> None:
    cast.signed_in(client, cast.jo())

    page = client.get(reverse("mfa_deactivate_totp"))
    client.post(reverse("mfa_deactivate_totp"))

    assert "nicht abschalten" in page.content.decode()
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_new_recovery_codes_replace_the_old_ones(client: Client) -> None:
    cast.signed_in(client, cast.jo())
    before = client.get(reverse("mfa_download_recovery_codes")).content

    asked = client.get(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_generate_recovery_codes"))

    assert asked.status_code == 200
    assert client.get(reverse("mfa_download_recovery_codes")).content != before


def test_secrets_are_stored_encrypted() -> None:
    jo = cast.jo()

    stored = str(Authenticator.objects.get(user=jo, type="totp").data)

    assert cast.TOTP_SECRET not in stored


def test_the_demo_may_skip_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SECOND_FACTOR_REQUIRED", False)
    cast.signed_in(client, jo_without_factor())

    assert client.get(UNITS).status_code == 200


def required_with(extra: Mapping[str, str], folder: Path) -> str:
    """What the product's own settings say under these environment variables."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("DIREKTDRAHT_")},
        "DIREKTDRAHT_SECRET_KEY": "x" * 60,
        "DIREKTDRAHT_DATA": str(folder),
        **extra,
    }
    script = "from direktdraht.config import settings; print(settings.SECOND_FACTOR_REQUIRED)"
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize("name", ["SECOND_FACTOR_REQUIRED", "DEBUG", "DJANGO_SETTINGS_MODULE", "DEMO"])
def test_no_variable_switches_it_off_in_production(tmp_path: Path, name: str) -> None:
    assert required_with({"DIREKTDRAHT_ENV": "production", name: "False"}, tmp_path) == "True"


def test_an_unset_environment_is_production(tmp_path: Path) -> None:
    assert required_with({}, tmp_path) == "True"


def test_an_invented_variable_of_the_house_stops_the_start(tmp_path: Path) -> None:
    assert "is not known" in required_with({"DIREKTDRAHT_SECOND_FACTOR_REQUIRED": "False"}, tmp_path)
