"""A browser that is used with the keyboard alone: Tab, typing, Space, Enter, arrow keys."""

from collections.abc import Callable, Sequence
from pathlib import Path

from playwright.sync_api import FileChooser, Page

MOST_TABS = 120
MOST_PRESSES = 3
CHECKS_A_PRESS = 50
FOCUSED = """() => { const e = document.activeElement; return {
  tag: e.tagName.toLowerCase(), name: e.name || "", value: e.value || "", text: (e.textContent || "").replace(/\\s+/g, " ").trim() } }"""
Focused = dict[str, str]


class Keyboard:
    """Presses keys until the wanted thing has the focus."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def focused(self) -> Focused:
        """What has the focus now."""
        found: Focused = self.page.evaluate(FOCUSED)
        return found

    def tab_to(self, wanted: Callable[[Focused], bool], what: str) -> Focused:
        """Press Tab until it has the focus; raises LookupError if it is never reached."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            here = self.focused()
            if wanted(here):
                return here
        raise LookupError(f"{what} cannot be reached with the Tab key on {self.page.url}")

    def reach_and_press(self, tag: str, text: str) -> None:
        """Press a button or follow a link."""
        address = self.page.url
        self.tab_to(lambda here: here["tag"] == tag and here["text"] == text, text)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: url != address)
        self.page.wait_for_load_state()

    def type_into(self, name: str, text: str) -> None:
        """Reach a field and type."""
        self.tab_to(lambda here: here["name"] == name, name)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)

    def choose(self, name: str, value: str) -> None:
        """Reach a group of radio buttons and move to one with the arrow keys."""
        here = self.tab_to(lambda here: here["name"] == name, name)
        self.page.keyboard.press("Space")
        for _ in range(20):
            if here["value"] == value:
                return
            self.page.keyboard.press("ArrowDown")
            here = self.focused()
        raise LookupError(f"{name} has no {value}")

    def choose_files(self, name: str, files: Sequence[Path]) -> None:
        """Reach a file field and open its chooser; a headless browser now and then loses the first press on a fresh page."""
        self.tab_to(lambda here: here["name"] == name, name)
        opened: list[FileChooser] = []
        self.page.once("filechooser", lambda chooser: opened.append(chooser))  # noqa: PLW0108  # playwright marks the function that it is given; a built-in method cannot be marked
        for _ in range(MOST_PRESSES):
            self.page.keyboard.press("Space")
            for _ in range(CHECKS_A_PRESS):
                self.page.wait_for_timeout(100)
                if opened:
                    opened[0].set_files(list(files))
                    return
        raise LookupError(f"{name} opens no chooser with the space bar")

    def pick(self, name: str, value: str) -> None:
        """Reach a list to choose from and move to an entry with the arrow keys."""
        self.tab_to(lambda here: here["name"] == name, name)
        self.page.keyboard.press("Home")
        for _ in range(60):
            if self.focused()["value"] == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise LookupError(f"{name} has no {value}")

    def tick(self, name: str, value: str) -> None:
        """Reach a box and tick it."""
        self.tab_to(lambda here: here["name"] == name and here["value"] == value, f"{name} {value}")
        self.page.keyboard.press("Space")

    def tick_all(self, name: str) -> int:
        """Tick every box of a name, in the order of the Tab key; returns how many there were."""
        ticked: set[str] = set()
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            here = self.focused()
            if here["name"] == name:
                if here["value"] in ticked:
                    break
                ticked.add(here["value"])
                self.page.keyboard.press("Space")
        return len(ticked)
