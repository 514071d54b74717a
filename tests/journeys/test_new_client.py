"""A new client, from S'inscrire to the confirmation letter, with nothing but what the published page says."""

import re
from typing import Any

import pytest

from tests.journeys.look import look
from tests.journeys.steps import go_the_whole_way
from tests.journeys.visitor import Visitor


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_new_client_gets_from_registration_to_the_confirmation_letter(
    portal: Any, chromium: Any, open_page: Any, language: str
) -> None:
    visitor = Visitor(open_page(chromium, language), portal, language, look)
    officer = Visitor(open_page(chromium, language), portal, language, look)
    officer.log_in("officer@demo.example", portal.password)
    number = go_the_whole_way(visitor, officer)
    assert re.fullmatch(r"CXS-20\d\d-\d{5}-[0-9A-HJKMNP-TV-Y]", number)
    assert len(portal.mailbox.to("@entreprise.example", number)) == 1


def test_the_same_way_in_firefox(portal: Any, chromium: Any, firefox: Any, open_page: Any) -> None:
    visitor = Visitor(open_page(firefox, "fr"), portal, "fr")
    officer = Visitor(open_page(chromium, "en"), portal, "en")
    officer.log_in("officer@demo.example", portal.password)
    assert go_the_whole_way(visitor, officer).startswith("CXS-")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_same_way_without_scripts(portal: Any, chromium: Any, open_page: Any, language: str) -> None:
    visitor = Visitor(open_page(chromium, language, javascript=False), portal, language)
    officer = Visitor(open_page(chromium, language, javascript=False), portal, language)
    officer.log_in("officer@demo.example", portal.password)
    assert go_the_whole_way(visitor, officer).startswith("CXS-")
