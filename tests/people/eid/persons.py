"""What a person does on the way through the app, with the browser of Django's tests."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.test import Client
from lxml import etree
from tests.people.eid.counterpart import Counterpart, path_of

from direktdraht.submissions.models import Declaration


def way(declaration: Declaration) -> str:
    """The page before the card."""
    return f"/antrag/{declaration.draft_id}/unterschreiben/mit/eid"


def begin(client: Client, declaration: Declaration) -> str:
    """Press the button that begins; the path of the page that opens the app."""
    answer = client.post(way(declaration))
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def token_path(client: Client, page: str) -> str:
    """The path of the token, from the link that opens the app."""
    links = [link for link in hrefs(client.get(page)) if "tcTokenURL=" in link]
    return path_of(parse_qs(urlsplit(links[0]).query)["tcTokenURL"][0])


def hrefs(page: Any) -> list[str]:
    """The links of a page."""
    root = etree.fromstring(page.content, etree.HTMLParser(encoding="utf-8"))
    return [str(link.get("href")) for link in root.iter("a")]


def fetched(client: Client, declaration: Declaration) -> bytes:
    """Begin; the token as the app gets it, which is not this browser."""
    answer = Client().get(token_path(client, begin(client, declaration)))
    assert answer.status_code == 200
    return bytes(answer.content)


def goes_through(client: Client, declaration: Declaration, counterpart: Counterpart, choice: str) -> str:
    """Begin, open the app, choose; the path to which the app leads the browser."""
    return counterpart.choose(fetched(client, declaration), choice)


def follows(client: Client, path: str) -> str:
    """Go there and on; the text of the last page."""
    return str(client.get(path, follow=True).content.decode())
