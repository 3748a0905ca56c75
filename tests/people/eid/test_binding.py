"""Token and way back: once, only for whoever knows the secret, only in the browser that asked; and waiting for a result."""

from datetime import timedelta
from http.client import HTTPConnection

import pytest
from django.test import Client
from lxml import etree
from tests.people.eid.counterpart import Counterpart, path_of
from tests.people.eid.persons import begin, fetched, follows, goes_through, hrefs, token_path, way
from tests.submissions import objection

from direktdraht.foundation import clock
from direktdraht.people import identifying
from direktdraht.people.eid import asking, own, steps, tctoken
from direktdraht.people.eid.transport import Unreachable
from direktdraht.people.models import Identification, IdentificationRequest, RequestState

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"


@pytest.fixture
def real_app(counterpart: Counterpart, monkeypatch: pytest.MonkeyPatch) -> None:
    """The app listens where it always does."""
    known = own.service
    monkeypatch.setattr(own, "_app", lambda example: tctoken.APP)
    assert known() is not None


def test_the_token_is_for_the_app_and_comes_once(client: Client, counterpart: Counterpart) -> None:
    path = token_path(client, begin(client, objection.frozen(client)))
    app = Client()

    first, second = app.get(path), app.get(path)

    assert (first.status_code, first["Content-Type"], second.status_code) == (200, "text/xml; charset=utf-8", 404)
    assert "no-store" in first["Cache-Control"]
    assert not first.cookies
    assert etree.fromstring(first.content).tag == "TCTokenType"
    assert app.post(path).status_code == 405


def test_who_does_not_know_the_secret_gets_no_token_and_spoils_nothing(client: Client, counterpart: Counterpart) -> None:
    path = token_path(client, begin(client, objection.frozen(client)))

    refused = Client().get(f"{path[:-5]}xxxxx")

    assert (refused.status_code, b"TCToken" in refused.content) == (404, False)
    assert Client().get(path).status_code == 200


def test_an_hour_later_there_is_no_token(client: Client, counterpart: Counterpart) -> None:
    path = token_path(client, begin(client, objection.frozen(client)))

    with clock.frozen(clock.now() + timedelta(minutes=61)):
        assert Client().get(path).status_code == 404


def test_another_browser_is_refused_and_changes_nothing(client: Client, counterpart: Counterpart) -> None:
    """Also the app looks at the address before it sends the browser there (TR-03124-1 section 2.7)."""
    path = goes_through(client, objection.frozen(client), counterpart, "robin")

    refused = Client().get(path)

    assert refused.status_code == 404
    assert "begann in einem anderen Browser" in refused.content.decode()
    assert "Ihr Antrag ist eingegangen" in follows(client, path)


def test_who_only_began_cannot_take_in_what_another_persons_card_said(client: Client, counterpart: Counterpart) -> None:
    path = goes_through(client, objection.frozen(client), counterpart, "robin")
    guessed = path.partition("?")[0].rpartition("/")[0] + "/geraten"

    assert client.get(guessed).status_code == 404
    assert not Identification.objects.exists()


def test_the_way_back_before_the_app_was_opened_leads_nowhere(client: Client, counterpart: Counterpart) -> None:
    page = begin(client, objection.frozen(client))

    assert client.get(f"{page.replace('/start/', '/zurueck/')}/egal").status_code == 404


def test_a_page_that_is_loaded_again_leads_to_the_same_end(client: Client, counterpart: Counterpart) -> None:
    path = goes_through(client, objection.frozen(client), counterpart, "robin")
    receipt = client.get(path, follow=True)

    again = client.get(path, follow=True)

    assert again.redirect_chain[-1] == receipt.redirect_chain[-1]
    assert Identification.objects.count() == 1


def test_the_page_opens_the_app_of_this_machine_and_may_ask_it(client: Client, real_app: None) -> None:
    declaration = objection.frozen(client)
    page = client.get(begin(client, declaration))
    other = client.get(way(declaration))

    opens = [link for link in hrefs(page) if "tcTokenURL" in link]
    assert opens[0].startswith("http://127.0.0.1:24727/eID-Client?tcTokenURL=http%3A%2F%2F127.0.0.1%3A8000%2Feid%2Ftoken%2F")
    assert opens[1].startswith("eid://127.0.0.1:24727/eID-Client?tcTokenURL=")
    assert "connect-src 'self' http://127.0.0.1:24727" in page["Content-Security-Policy"]
    assert "24727" not in other["Content-Security-Policy"]
    assert "http://127.0.0.1:24727/eID-Client?Status" in page.content.decode()
    assert "Zeichen der App in der Leiste" in page.content.decode()


def test_on_a_phone_the_app_link_comes_first_and_nothing_is_asked(client: Client, real_app: None) -> None:
    page = client.get(begin(client, objection.frozen(client)), headers={"User-Agent": PHONE})

    opens = [link for link in hrefs(page) if "tcTokenURL" in link]
    assert [link.partition(":")[0] for link in opens] == ["eid", "http"]
    assert "?Status" not in page.content.decode()


def test_the_start_page_is_for_the_browser_that_began(client: Client, counterpart: Counterpart) -> None:
    assert Client().get(begin(client, objection.frozen(client))).status_code == 404


def test_the_start_page_says_that_the_app_was_opened_and_lets_begin_again(client: Client, counterpart: Counterpart) -> None:
    declaration = objection.frozen(client)
    fetched(client, declaration)
    page = client.get(f"/eid/start/{IdentificationRequest.objects.get().pk}")

    back = next(link for link in hrefs(page) if "zurueck?anfrage=" in link)

    assert "Die AusweisApp wurde von hier schon geöffnet." in page.content.decode()
    assert "So können Sie unterschreiben" in follows(client, back)


def test_a_start_page_of_a_request_that_is_over_leads_to_its_end(client: Client, counterpart: Counterpart) -> None:
    follows(client, goes_through(client, objection.frozen(client), counterpart, "abort"))
    wanted = IdentificationRequest.objects.get()

    assert client.get(f"/eid/start/{wanted.pk}").headers["Location"] == identifying.way_back(wanted)


def test_a_connection_that_goes_away_meanwhile_has_its_sentence(
    client: Client, counterpart: Counterpart, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, other = (begin(client, objection.frozen(client)) for _ in range(2))
    token = token_path(client, other)
    monkeypatch.setattr(own, "service", lambda: None)

    assert "Die Einrichtung des Online-Ausweises ist fehlerhaft." in follows(client, page)
    root = etree.fromstring(Client().get(token).content)
    assert "Die Einrichtung des Online-Ausweises ist fehlerhaft." in follows(
        client, path_of(root.findtext("CommunicationErrorAddress") or "")
    )


def test_a_server_that_is_away_when_the_app_opens_is_named(
    client: Client, counterpart: Counterpart, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = token_path(client, begin(client, objection.frozen(client)))

    def silent(*_given: object, **_more: object) -> None:
        raise Unreachable("nobody")

    monkeypatch.setattr(asking, "ask", silent)
    root = etree.fromstring(Client().get(token).content)

    assert "Der eID-Server ist mitten im Vorgang verstummt." in follows(client, path_of(root.findtext("CommunicationErrorAddress") or ""))


def test_a_connection_that_goes_away_before_the_result_has_its_sentence(
    client: Client, counterpart: Counterpart, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = goes_through(client, objection.frozen(client), counterpart, "robin")
    monkeypatch.setattr(own, "service", lambda: None)

    assert "Die Einrichtung des Online-Ausweises ist fehlerhaft." in follows(client, path)
    assert not Identification.objects.exists()


def test_while_there_is_no_result_a_page_shows_how_far_it_is(
    client: Client, counterpart: Counterpart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "LEAST_PAUSE", timedelta())
    declaration = objection.frozen(client)
    token = fetched(client, declaration)
    path = counterpart.choose(token, "waiting")

    pages = [client.get(path) for _ in range(2)]
    counterpart.choose(token, "robin")
    receipt = follows(client, path)

    assert [page["Refresh"] for page in pages] == ["3", "3"]
    assert ["Nachfrage 1 von höchstens 20" in pages[0].content.decode(), "Nachfrage 2" in pages[1].content.decode()] == [True, True]
    assert "Ihr Antrag ist eingegangen" in receipt


def test_a_page_that_is_loaded_again_at_once_asks_no_sooner(client: Client, counterpart: Counterpart) -> None:
    path = goes_through(client, objection.frozen(client), counterpart, "waiting")

    pages = [client.get(path).content.decode() for _ in range(3)]

    assert all("Nachfrage 1 von" in page for page in pages)
    assert IdentificationRequest.objects.get().memo["counter"] == 1


def test_two_windows_do_not_ask_at_the_same_time_and_a_dead_one_holds_nobody_up(client: Client, counterpart: Counterpart) -> None:
    path = goes_through(client, objection.frozen(client), counterpart, "robin")
    wanted = IdentificationRequest.objects.get()
    identifying.remember(wanted, {**wanted.memo, "counter": 1, "asking": clock.now().isoformat()})

    beside = client.get(path)
    identifying.remember(wanted, {**wanted.memo, "asking": (clock.now() - timedelta(seconds=31)).isoformat()})
    later = follows(client, path)

    assert "Nachfrage 1 von" in beside.content.decode()
    assert "Ihr Antrag ist eingegangen" in later


def test_a_server_that_falls_silent_is_asked_again_and_then_named(
    client: Client, counterpart: Counterpart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "LEAST_PAUSE", timedelta())
    monkeypatch.setattr(steps, "MOST_QUESTIONS", 2)
    path = goes_through(client, objection.frozen(client), counterpart, "robin")

    def silent(*_given: object) -> None:
        raise Unreachable("nobody")

    monkeypatch.setattr(asking, "tell", silent)

    first, second = client.get(path), follows(client, path)

    assert first["Refresh"] == "3"
    assert "Der eID-Server ist mitten im Vorgang verstummt." in second
    assert IdentificationRequest.objects.get().state == RequestState.FAILED


def test_the_example_app_says_that_it_runs_and_takes_only_what_it_began(process_beside: Counterpart) -> None:
    connection = HTTPConnection("127.0.0.1", process_beside.app, timeout=20)
    connection.request("GET", "/eID-Client?Status")
    status = connection.getresponse()
    told, allowed = status.read().decode(), status.headers["Access-Control-Allow-Origin"]
    connection.request("GET", "/eID-Client?tcTokenURL=http%3A%2F%2Fstadt.example%2F")
    strange = connection.getresponse()
    strange.read()
    connection.close()

    assert ("TR-03124" in told, allowed, strange.status) == (True, "*", 400)
