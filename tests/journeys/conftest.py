"""The portal, the mailbox and the browsers of the journeys. One portal serves the whole run; people differ per test."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.server import Mailbox, Portal

LOCALES = {"en": "en-CA", "fr": "fr-CA"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser or the whole product."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def mailbox() -> Iterator[Mailbox]:
    """A real SMTP server."""
    box = Mailbox()
    box.start()
    yield box
    box.stop()


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory, mailbox: Mailbox) -> Iterator[Portal]:
    """The product, started the way an operator starts it, on an empty data folder."""
    running = Portal(tmp_path_factory.mktemp("portal") / "data", mailbox)
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def base_url(portal: Portal) -> str:
    """Where the portal answers."""
    return portal.base_url


@pytest.fixture
def open_page(portal: Portal) -> Iterator[Callable[..., Page]]:
    """``open_page(browser, language="fr", javascript=True)``: a page with a fresh session, watched.

    At the end of the test every page must have asked this portal alone, and have reported no error to its console
    (a violation of the content security policy is one).
    """
    contexts: list[Any] = []
    faults: list[str] = []

    def watch(page: Page) -> None:
        own = urlsplit(portal.base_url).netloc
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request",
            lambda request: (
                faults.append(f"asked {request.url}")
                if request.url.startswith("http") and urlsplit(request.url).netloc != own
                else None
            ),
        )

    def opened(browser: Browser, language: str = "en", *, javascript: bool = True, **options: Any) -> Page:
        context = browser.new_context(
            base_url=portal.base_url, locale=LOCALES[language], java_script_enabled=javascript, **options
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        context.on("page", watch)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    # A page that answers 4xx on purpose, or a connection that a journey cuts, is reported to the console as well.
    cut = ("net::ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED", "net::ERR_CONNECTION_REFUSED")
    expected = ("the server responded with a status of 4", *cut)
    serious = [fault for fault in faults if not any(words in fault for words in expected)]
    assert not serious, serious
