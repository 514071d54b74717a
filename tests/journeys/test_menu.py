"""The main menu: a row of links on a wide screen, behind its word on a narrow one; by keys alone, without scripts."""

from typing import Any

import pytest

NARROW, WIDE = {"width": 320, "height": 800}, {"width": 1280, "height": 800}


@pytest.mark.parametrize("javascript", [True, False])
def test_the_menu_opens_on_a_narrow_screen_and_needs_no_opening_on_a_wide_one(
    portal: Any, chromium: Any, open_page: Any, javascript: bool
) -> None:
    page = open_page(chromium, "fr", javascript=javascript)
    page.set_viewport_size(NARROW)
    page.goto(f"{portal.base_url}/fr/")
    menu = page.get_by_role("navigation", name="Menu principal")
    word, link = menu.locator("summary"), menu.get_by_role("link", name="Aide", exact=True)
    assert word.is_visible()
    assert not link.is_visible()
    word.focus()
    page.keyboard.press("Enter")
    assert link.is_visible()
    page.set_viewport_size(WIDE)
    assert not word.is_visible()
    assert link.is_visible()
    page.goto(f"{portal.base_url}/fr/")  # and where nobody opened it
    assert link.is_visible()
    link.click()
    page.wait_for_url("**/fr/aide/")
