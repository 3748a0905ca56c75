"""Pages and mails in English."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from tests import cast

from direktdraht.foundation.post.models import Mail

pytestmark = pytest.mark.django_db


def test_a_reader_of_english_gets_pages_and_mails_in_english(client: Client) -> None:
    cast.robin()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    page = client.get(reverse("account_login")).content.decode()
    client.post(reverse("account_reset_password"), {"email": "robin@example.org"})

    assert '<html lang="en"' in page
    assert "Sign in" in page
    assert Mail.objects.get().subject == "Set a new password"
    assert "Kind regards" in Mail.objects.get().text
