"""Neo4j Browser in a headless Chromium: the acts of a person there, and what is drawn then."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scripts.desk.programs import MissingProgramError

if TYPE_CHECKING:
    from playwright.sync_api import Page

PATIENCE_MS = 60_000
"""After this a thing that does not show up is given up; a tenth of it is usual."""
_FLAGS = (
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",  # fonts and statistics that Browser would fetch
)
_NODES = """nodes => nodes.map(node => [
    node.getAttribute("aria-label").replace("graph-node", ""),
    node.querySelector("circle.b-outline").getAttribute("fill").toLowerCase(),
    [...node.querySelectorAll("text.caption")].map(line => line.textContent.trim()).join(" "),
])"""
_AT_REST = """frame => {
    const now = [...frame.querySelectorAll("svg [transform]")].map(part => part.getAttribute("transform")).join();
    const before = window.drawnBefore;
    window.drawnBefore = now;
    return now === before;
}"""


@dataclass(frozen=True)
class Circle:
    """A node as it is drawn; a caption too long for its circle ends in "…"."""

    colour: str
    caption: str


@dataclass(frozen=True)
class Drawing:
    """An answer as it is drawn: circles by the node's number in the database, the count of arrows, and the legend."""

    circles: dict[str, Circle]
    arrows: int
    labels: Counter[str]
    types: Counter[str]


class Browser:
    """One window with Neo4j Browser, logged in. Each command begins on an empty page."""

    def __init__(self, page: Page, url: str, password: str) -> None:
        """Open the address that `make neo4j` prints, and log in as it says."""
        self._page = page
        self._frame = page.get_by_test_id("frame")
        page.goto(url, wait_until="domcontentloaded")
        page.get_by_test_id("password").fill(password)
        page.get_by_test_id("connect").click()
        page.get_by_text(":play start").first.wait_for()

    def drop(self, path: Path) -> str:
        """Drop a style on the window, as a person drags it there; return the style as Browser shows it then."""
        self._clear()
        devtools = self._page.context.new_cdp_session(self._page)
        data = {"items": [], "files": [str(path.resolve())], "dragOperationsMask": 1}
        for act in ("dragEnter", "dragOver", "drop"):
            devtools.send("Input.dispatchDragEvent", {"type": act, "x": 600, "y": 400, "data": data})
        devtools.detach()
        return str(self._frame.locator("pre").inner_text())

    def reset_style(self) -> None:
        """Return to the style of a fresh Browser."""
        self._enter(":style reset")
        self._frame.wait_for()

    def set_parameter(self, name: str, value: str | int) -> None:
        """Set a parameter for the statements that follow, by the line that stands in a saved query."""
        self._enter(f":param {name} => {value!r}")
        self._frame.get_by_test_id("rawParamData").wait_for()

    def draw(self, statement: str) -> Drawing:
        """Run a statement and return what is drawn."""
        self._enter(statement)
        self._frame.locator("g.node").first.wait_for()
        circles = self._frame.locator("g.node").evaluate_all(_NODES)
        return Drawing(
            circles={key: Circle(colour, caption) for key, colour, caption in circles},
            arrows=int(self._frame.locator("g.relationship").count()),
            labels=self._legend("node-label"),
            types=self._legend("relationship-type"),
        )

    def take_picture(self, path: Path) -> None:
        """Save a picture of what is drawn, filling the window, once it has come to rest."""
        self._frame.get_by_title("Fullscreen", exact=True).click()
        self._come_to_rest()
        self._frame.get_by_label("zoom-to-fit").click()
        self._come_to_rest()
        self._page.mouse.move(0, 0)
        self._page.screenshot(path=path)
        self._frame.get_by_title("Close fullscreen").click()

    def _come_to_rest(self) -> None:
        drawing: Any = self._frame.element_handle()
        self._page.wait_for_function(_AT_REST, arg=drawing, polling=500)

    def _legend(self, kind: str) -> Counter[str]:
        chips = self._frame.locator(f"[data-testid^=property-details-overview-{kind}-]").all_inner_texts()
        return Counter({name: int(count) for name, count in re.findall(r"^(\S+) \((\d+)\)$", "\n".join(chips), re.M)})

    def _enter(self, command: str) -> None:
        self._clear()
        self._type(command)

    def _clear(self) -> None:
        self._type(":clear")
        self._frame.first.wait_for(state="detached")

    def _type(self, command: str) -> None:
        self._page.get_by_test_id("activeEditor").locator(".monaco-editor").first.click()
        self._page.keyboard.insert_text(command)
        self._page.keyboard.press("Control+Enter")


@contextmanager
def chromium() -> Iterator[Page]:
    """Yield a fresh window of Chromium, without a screen.

    Raises:
        MissingProgramError: Chromium or playwright are missing.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise MissingProgramError("no playwright: pip install 'kg[desk]'") from error
    program = shutil.which("chromium")
    if program is None:
        raise MissingProgramError("no Chromium: install the packages chromium and fonts-noto-cjk of your system")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*_FLAGS, *sandbox])
        try:
            page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="zh-CN")
            page.set_default_timeout(PATIENCE_MS)
            yield page
        finally:
            browser.close()
