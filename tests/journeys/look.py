"""What every page on a journey must be: in the language of the reader, one heading, nothing that axe finds."""

import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python
from playwright.sync_api import Page

from tests import seen

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


@cache
def axe_source() -> str:
    """The script of axe-core, as its package carries it."""
    return next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe finds on the page: rule, and where."""
    page.evaluate(axe_source())
    options = "{runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']}"  # what passes is not described
    found = page.evaluate(f"tags => axe.run(document, {options})", TAGS)
    return [
        {"rule": violation["id"], "where": [node["target"] for node in violation["nodes"]][:5]}
        for violation in found["violations"]
    ]


_seen: set[tuple[str, str, bool]] = set()


def look(page: Page, language: str) -> None:
    """Fails with what is wrong on the page, and with its address.

    axe takes a second or two, so it looks at each kind of page once per language and state: ids in addresses are
    taken for the same, a page with its error summary is another.
    """
    assert page.locator("html").get_attribute("lang") == language, page.url
    assert page.locator("h1").count() == 1, page.url
    kind = re.sub(r"/[\w-]{22}(?=/)", "/…", urlsplit(page.url).path)
    state = (kind, language, page.locator(".error-summary").count() > 0)
    if state not in _seen:
        _seen.add(state)
        seen.note(seen.Page(urlsplit(page.url).path, 200, page.content()))
        assert violations(page) == [], page.url
