"""The tcToken: one origin, encrypted, and only for whoever knows its secret."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.people.eid.city import KEY

from direktdraht.people.eid.addresses import BadAddress
from direktdraht.people.eid.answers import Result, Session
from direktdraht.people.eid.tctoken import (
    Addresses,
    check_addresses,
    error_token,
    knows,
    new_secret,
    start_address,
    status_address,
    token,
)

HERE = "https://stadt.example/eid/"
ADDRESSES = Addresses(f"{HERE}token/abc", f"{HERE}zurueck/abc", f"{HERE}fehler/abc")
SERVER = "https://eid.example/paos"
OPEN = Session(Result("ok", "", ""), "s" * 32, "p" * 32, KEY)


def test_the_token_says_where_the_app_goes_with_which_key() -> None:
    root = etree.fromstring(token(OPEN, ADDRESSES, server=SERVER))

    assert [(child.tag, child.text) for child in list(root)[:6]] == [
        ("ServerAddress", SERVER),
        ("SessionIdentifier", "p" * 32),
        ("RefreshAddress", ADDRESSES.refresh),
        ("CommunicationErrorAddress", ADDRESSES.error),
        ("Binding", "urn:liberty:paos:2006-08"),
        ("PathSecurity-Protocol", "urn:ietf:rfc:4279"),
    ]
    assert root.findtext("PathSecurity-Parameters/PSK") == KEY.upper()
    assert "s" * 32 not in etree.tostring(root).decode()


def test_an_address_that_the_server_names_goes_before() -> None:
    root = etree.fromstring(token(replace(OPEN, address="https://other.example/paos"), ADDRESSES, server=SERVER))

    assert root.findtext("ServerAddress") == "https://other.example/paos"


@pytest.mark.parametrize(
    "address",
    [
        "https://other.example/zurueck",
        "https://stadt.example:444/zurueck",
        "http://stadt.example/zurueck",
        "https://user@stadt.example/zurueck",
        "https://stadt.example/zurueck#teil",
        "https://stadt.example/zu rueck",
        "https://stadt.example:port/",
        "javascript:alert(1)",
        "//stadt.example/",
        "",
    ],
)
def test_an_address_of_another_origin_stands_in_no_token(address: str) -> None:
    with pytest.raises(BadAddress, match=r"\.$"):
        check_addresses(replace(ADDRESSES, refresh=address))
    with pytest.raises(BadAddress, match=r"\.$"):
        check_addresses(replace(ADDRESSES, error=address))


@pytest.mark.parametrize("address", ["http://eid.example/paos", "", "https:///paos"])
def test_the_app_is_sent_to_an_encrypted_server_only(address: str) -> None:
    with pytest.raises(BadAddress):
        token(OPEN, ADDRESSES, server=address)


def test_the_usual_port_is_the_same_origin() -> None:
    check_addresses(replace(ADDRESSES, refresh="https://STADT.example:443/zurueck"))


@given(st.text(min_size=1, max_size=60))
def test_only_the_secret_itself_opens_the_token(offered: str) -> None:
    secret = new_secret()

    assert knows(secret, secret)
    assert not knows(secret, offered)
    assert not knows("", offered)


def test_secrets_differ() -> None:
    assert len({new_secret() for _ in range(50)}) == 50


@pytest.mark.parametrize(("phone", "scheme"), [(False, "http"), (True, "eid")])
def test_the_app_is_opened_with_the_address_of_the_token(phone: bool, scheme: str) -> None:
    parts = urlsplit(start_address("https://stadt.example/eid/token/a?b=c&d", phone=phone))

    assert (parts.scheme, parts.netloc, parts.path) == (scheme, "127.0.0.1:24727", "/eID-Client")
    assert parse_qs(parts.query) == {"tcTokenURL": ["https://stadt.example/eid/token/a?b=c&d"]}


def test_a_token_without_a_session_has_the_way_back_and_nothing_else() -> None:
    root = etree.fromstring(error_token(ADDRESSES))

    assert {child.tag: child.text for child in root if child.text} == {"CommunicationErrorAddress": ADDRESSES.error}
    assert [child.tag for child in root if not child.text] == ["ServerAddress", "SessionIdentifier", "RefreshAddress", "Binding"]
    with pytest.raises(BadAddress):
        error_token(replace(ADDRESSES, error="https://other.example/"))


def test_the_app_is_asked_where_it_listens() -> None:
    assert status_address() == "http://127.0.0.1:24727/eID-Client?Status"
    assert start_address("https://x.example/", app="http://127.0.0.1:9/eID-Client").startswith("http://127.0.0.1:9/eID-Client?tcTokenURL=")
