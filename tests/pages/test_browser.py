"""Every page in a real browser: accessible, not wider than a small phone, quiet, and from one place only."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.journeys.stage import Stage, context_of
from tests.pages import matrix
from tests.pages.addresses import addresses
from tests.pages.exceptions import AXE_RULES_OFF, NOT_PAGES
from tests.pages.world import World

pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW = 320
RUN = """async ([tags, off]) => {
  const rules = Object.fromEntries(off.map(name => [name, {enabled: false}]));
  const result = await axe.run(document, {runOnly: {type: "tag", values: tags}, rules, resultTypes: ["violations"]});
  const shown = nodes => nodes.slice(0, 3).map(node => node.target.join(" ") + " " + node.html.slice(0, 120)).join(" | ");
  return result.violations.map(found => found.id + ": " + shown(found.nodes));
}"""
TOO_WIDE = """width => document.documentElement.scrollWidth <= width ? [] : [...document.querySelectorAll("body *")]
  .filter(e => e.getBoundingClientRect().right > width + 1).slice(0, 4).map(e => e.tagName + "." + e.className)"""


@pytest.mark.parametrize("role", ["anonymous", "robin", "alex", "toni", "mika", "jo", "pat"])
def test_every_page_is_accessible_narrow_and_quiet(stage: Stage, browser: Browser, role: str) -> None:
    context = context_of(browser, stage, role, width=NARROW)
    context.add_init_script(path=AXE)
    page = context.new_page()
    heard = Ear(page, stage.url)
    wrong = []
    for name, address in pages_of(stage, role).items():
        answer = page.goto(address)
        wrong += [f"{name} ({address}) for {role}: {problem}" for problem in problems(page, answer)]
        wrong += [f"{name} ({address}) for {role}: {noise}" for noise in heard.since_last()]
    context.close()

    assert not wrong, "\n".join(wrong)


class Ear:
    """Hears what a page says on the console and what it asks other places for."""

    def __init__(self, page: Page, home: str) -> None:
        self.noises: list[str] = []
        page.on("console", lambda said: self.noises.append(f"console: {said.text}") if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self.noises.append(f"script: {error}"))
        page.on("request", lambda request: None if is_home(request.url, home) else self.noises.append(f"third party: {request.url}"))

    def since_last(self) -> list[str]:
        """What was heard since the last call."""
        heard, self.noises = self.noises, []
        return heard


def is_home(url: str, home: str) -> bool:
    """Whether an address is the house's own."""
    return url.startswith("data:") or urlsplit(url)[:2] == urlsplit(home)[:2]


def problems(page: Page, answer: Response | None) -> list[str]:
    """What is wrong with the page that is open."""
    if answer is None or answer.status != 200:
        return [f"status {answer.status if answer else 'unknown'}"]
    too_wide: list[str] = page.evaluate(TOO_WIDE, NARROW)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    violations: list[str] = page.evaluate(RUN, [TAGS, list(AXE_RULES_OFF)])
    return [f"wider than {NARROW} px: {too_wide}"] * bool(too_wide) + violations


def pages_of(stage: Stage, role: str) -> dict[str, str]:
    """The HTML pages that a role may see; pages for everybody only once."""
    values: dict[str, Any] = stage.values
    allowed = matrix.read(matrix.TABLE.read_text(encoding="utf-8"))
    return {
        name: address
        for name, address in addresses(World(**values)).items()
        if allowed[name][matrix.ROLES.index(role)] == "200"
        and (role == "anonymous" or set(allowed[name]) != {"200"})
        and name.partition("#")[0] not in NOT_PAGES
        and not is_seen_by_an_earlier_role(allowed[name], role)
    }


def is_seen_by_an_earlier_role(cells: list[str], role: str) -> bool:
    """Whether a page was looked at already as somebody before; staff's own pages are looked at again as robin's."""
    order = ["anonymous", "robin", "alex", "toni", "mika", "jo", "pat"]
    return any(cells[matrix.ROLES.index(earlier)] == "200" for earlier in order[: order.index(role)])
