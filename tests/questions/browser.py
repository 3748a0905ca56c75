"""A very small browser: shows a page of a form and sends back what its fields hold."""

from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any

from django.http import QueryDict
from django.template import engines
from django.utils.translation import override

from direktdraht.questions.definition import FormDefinition
from direktdraht.questions.evaluation import Evaluation
from direktdraht.questions.faces import Errors, StoredFile
from tests.harness.pages import check_page

PAGE = (
    "{% load questions %}<!doctype html><html lang='{{ language }}'><head><title>Probe</title></head>"
    "<body><h1>Probe</h1><form method='post'>"
    "{% for element in elements %}{% question element raw errors evaluation=evaluation files=files %}{% endfor %}</form></body></html>"
)


def show(
    definition: FormDefinition,
    page: str,
    raw: dict[str, Any],
    *,
    errors: Errors | None = None,
    evaluation: Evaluation | None = None,
    files: Sequence[StoredFile] = (),
    language: str = "de",
) -> str:
    """The page as HTML; it must keep the rules of all pages."""
    elements = [element for element in definition.page(page).elements if evaluation is None or element.key in evaluation.shown]
    context = {
        "elements": elements,
        "raw": raw,
        "errors": errors or {},
        "evaluation": evaluation,
        "files": files,
        "language": language.partition("-")[0],
    }
    with override(language):
        html = engines["django"].from_string(PAGE).render(context)
    check_page(html, page)
    return html


class _Fields(HTMLParser):
    """Collects what a browser would send."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sent: list[tuple[str, str]] = []
        self.buttons: list[tuple[str, str]] = []
        self.select = self.textarea = ""
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        kind = values.get("type", "")
        if tag == "input" and kind != "file" and (kind not in {"radio", "checkbox"} or "checked" in values):
            self.sent.append((values["name"], values.get("value", "")))
        elif tag == "select":
            self.select = values["name"]
        elif tag == "option" and "selected" in values:
            self.sent.append((self.select, values["value"]))
        elif tag == "textarea":
            self.textarea, self.text = values["name"], ""
        elif tag == "button":
            self.buttons.append((values["name"], values["value"]))

    def handle_data(self, data: str) -> None:
        self.text += data if self.textarea else ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.sent.append((self.textarea, self.text.removeprefix("\n").replace("\n", "\r\n")))
            self.textarea = ""


def send(html: str, **more: str) -> QueryDict:
    """What the page's form sends, with one button or changed fields besides."""
    post = QueryDict(mutable=True)
    for name, value in read(html).sent:
        post.appendlist(name, value)
    for name, value in more.items():
        post[name] = value
    return post


def read(html: str) -> _Fields:
    """The page's fields and buttons."""
    fields = _Fields()
    fields.feed(html)
    return fields
