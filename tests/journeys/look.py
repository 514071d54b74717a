"""What every page on a journey must be: in the language of the reader, one heading, nothing that axe finds."""

from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


@cache
def axe_source() -> str:
    """The script of axe-core, as its package carries it."""
    return next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe finds on the page: rule, and where."""
    page.evaluate(axe_source())
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    return [
        {"rule": violation["id"], "where": [node["target"] for node in violation["nodes"]][:5]}
        for violation in found["violations"]
    ]


def look(page: Page, language: str) -> None:
    """Fails with what is wrong on the page, and with its address."""
    assert page.locator("html").get_attribute("lang") == language, page.url
    assert page.locator("h1").count() == 1, page.url
    assert violations(page) == [], page.url
