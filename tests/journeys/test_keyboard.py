"""From S’inscrire to the receipt by keys alone: the focus is seen at every stop, goes forward, and is never caught."""

import re
from typing import Any

from tests.journeys import steps
from tests.journeys.typist import Typist
from tests.journeys.visitor import Visitor

# A press of the mouse, or what a tool does in its place, is reported as an error of the page, which fails the journey.
NO_MOUSE = "addEventListener('pointerdown', event => console.error(`a mouse on ${event.target.outerHTML}`), true)"


def test_the_whole_way_by_keys_alone(portal: Any, chromium: Any, open_page: Any) -> None:
    page = open_page(chromium, "fr", reduced_motion="reduce")
    page.add_init_script(NO_MOUSE)
    officer = Visitor(open_page(chromium, "fr"), portal, "fr")
    officer.log_in("officer@demo.example", portal.password)
    number = steps.go_the_whole_way(Typist(page, portal, "fr"), officer)
    assert re.fullmatch(r"CXS-20\d\d-\d{5}-[0-9A-HJKMNP-TV-Y]", number)


def test_the_error_summary_takes_the_focus_and_leads_to_each_field(portal: Any, chromium: Any, open_page: Any) -> None:
    page = open_page(chromium, "fr", reduced_motion="reduce")
    page.add_init_script(NO_MOUSE)
    typist = Typist(page, portal, "fr")
    steps.register(typist)
    typist.open_menu("My profile", "Mon profil")
    typist.press("Update", "Mettre à jour")
    assert page.evaluate("document.activeElement.id") == "error-summary"
    links = page.locator(".error-summary a")
    assert links.count() > 5
    for place in (0, links.count() - 1):
        link = links.nth(place)
        typist.go_to(link)
        page.keyboard.press("Enter")
        target = page.locator(link.get_attribute("href") or "")
        assert target.evaluate("e => e === document.activeElement || e.contains(document.activeElement)"), place
        page.evaluate("document.getElementById('error-summary').focus()")
