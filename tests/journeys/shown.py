"""Shows pages that were received before, in a browser, without the portal: their HTML and headers, our static files."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Route
from playwright.sync_api import Page as Tab

from tests.seen import Page

BASE = "http://localhost"  # an origin that browsers trust without HTTPS
# A policy is not to be changed on its way, so the page's own headers go along; these two do not fit what is sent here.
NOT_SENT = ("content-length", "content-encoding", "set-cookie")
NOTHING_NEW = {"state": "saved", "versions": {}, "conflicts": [], "refused": [], "ends_in": 7200}


class Shown:
    """A tab that shows one page after the other. ``faults``: what the page asked of others, or broke of its policy."""

    def __init__(self, context: BrowserContext, static: Path) -> None:
        self.tab: Tab = context.new_page()
        self.faults: list[str] = []
        self._static, self._page = static, None
        self._files: dict[str, bytes] = {}
        context.route("**/*", self._answer)
        self.tab.on("console", lambda message: self.faults.append(message.text) if message.type == "error" else None)
        self.tab.on("pageerror", lambda error: self.faults.append(str(error)))

    def show(self, page: Page) -> None:
        """Open the page at its own address."""
        self._page, self.faults = page, []
        self.tab.goto(f"{BASE}{page.path}", wait_until="load")

    def serious(self) -> list[str]:
        """The faults; that the page itself answers 4xx or 5xx, which the browser reports too, is none."""
        return [fault for fault in self.faults if "the server responded with a status of" not in fault]

    def wide(self) -> int:
        """By how many pixels the page is wider than its window."""
        return int(self.tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    def take_pictures(self, folder: Path, name: str) -> None:
        """The whole page at 320, 768 and 1280 pixels."""
        for width in (320, 768, 1280):
            self.tab.set_viewport_size({"width": width, "height": 900})
            self.tab.screenshot(path=folder / f"{name.replace(':', '-')}.{width}.png", full_page=True)

    def _answer(self, route: Route) -> None:
        address = urlsplit(route.request.url)
        file = self._static / address.path.removeprefix("/static/")
        if f"{address.scheme}://{address.netloc}" != BASE:
            self.faults.append(f"asked {route.request.url}")
            route.abort()
        elif address.path.startswith("/static/") and file.is_file():
            route.fulfill(path=file)
        elif self._page is not None and route.request.is_navigation_request():
            headers = {name: value for name, value in self._page.headers.items() if name.lower() not in NOT_SENT}
            route.fulfill(status=self._page.status, headers=headers, body=self._page.html)
        elif self._page is not None and f'data-save="{address.path}' in self._page.html:
            route.fulfill(json=NOTHING_NEW)  # the page asks whether others have saved something
        elif self._page is not None and f'data-uploads="{address.path}' in self._page.html:
            route.fulfill(json={"uploads": []})  # the page asks which files are on their way
        else:
            self.faults.append(f"asked {route.request.url}")
            route.abort()


@contextmanager
def shown(browser: Browser, static: Path) -> Iterator[Shown]:
    """A window in which pages are shown."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield Shown(context, static)
    context.close()
