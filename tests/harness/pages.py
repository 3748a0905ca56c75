"""What every HTML page must hold, checked on each page that any test sees."""

import re
from html.parser import HTMLParser

VOID_INPUTS = {"hidden", "submit", "button", "image", "reset"}
LEFTOVERS = re.compile(r"{%|%}|{{|}}|\bNone\b(?!<)|&lt;(?:a|b|p|span|strong|br)\b")


class PageError(AssertionError):
    """An HTML page breaks a rule that holds for every page."""


class PageReader(HTMLParser):
    """Collects what the rules look at."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.problems: list[str] = []
        self.language = ""
        self.title = ""
        self.headings = 0
        self.labels: set[str] = set()
        self.fields: list[tuple[str, str]] = []
        self.ids: set[str] = set()
        self.open: list[str] = []
        self.label_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one start tag."""
        values = {name: value or "" for name, value in attrs}
        self.open.append(tag)
        if tag == "html":
            self.language = values.get("lang", "")
        self.headings += tag == "h1"
        self.check_attributes(tag, values)
        if tag == "label":
            self.label_depth += 1
            self.labels.add(values.get("for", ""))
        if tag in {"input", "select", "textarea"} and values.get("type") not in VOID_INPUTS:
            named = self.label_depth > 0 or "aria-label" in values or "aria-labelledby" in values
            self.fields.append(("" if named else values.get("id", "?"), values.get("name", "?")))

    def check_attributes(self, tag: str, values: dict[str, str]) -> None:
        """No inline code, no third party, no doubled id, no picture without text."""
        if tag == "style" or "style" in values:
            self.problems.append(f"inline style at <{tag}>")
        if tag == "script" and "src" not in values and values.get("type") != "application/json":
            self.problems.append("inline script")
        self.problems += [f"inline handler {name} at <{tag}>" for name in values if name.startswith("on")]
        for name in ("src", "action") + (("href",) if tag == "link" else ()):
            if values.get(name, "").startswith(("http://", "https://", "//")):
                self.problems.append(f"third-party address {values[name]} at <{tag}>")
        if tag == "img" and "alt" not in values:
            self.problems.append("picture without text")
        if (identity := values.get("id")) is not None:
            if identity in self.ids:
                self.problems.append(f"id {identity!r} stands twice")
            self.ids.add(identity)

    def handle_endtag(self, tag: str) -> None:
        """Note one end tag."""
        if tag == "label":
            self.label_depth -= 1
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Note text: the title, and left-over template marks outside of what people wrote."""
        inside = self.open[-1] if self.open else ""
        if inside == "title" and "svg" not in self.open:
            self.title += data
        if inside not in {"textarea", "code", "pre"} and LEFTOVERS.search(data):
            self.problems.append(f"left-over mark in {data.strip()[:60]!r}")


def check_page(html: str, where: str) -> None:
    """Raise PageError unless the page keeps the house rules."""
    reader = PageReader()
    reader.feed(html)
    problems = list(reader.problems)
    if reader.language not in {"de", "en"}:
        problems.append(f"language is {reader.language!r}")
    if not reader.title.strip():
        problems.append("no title")
    if reader.headings != 1:
        problems.append(f"{reader.headings} first-level headings")
    problems += [f"field {name!r} has no label" for identity, name in reader.fields if identity and identity not in reader.labels]
    if problems:
        raise PageError(f"{where}: {'; '.join(problems)}")
