"""At the end of a run: every page that it received, in every state, is opened in a browser.

axe finds nothing, the policy holds, no other host is asked, and nothing is wider than a screen of 320 pixels. So a new
page is looked at as soon as any test asks for it, and the access matrix asks for every address in both languages.

With ``PICTURES=shots`` in the environment, the folder ``shots`` gets a picture of every page at three widths.
"""

import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests import seen
from tests.house import test_access_matrix as matrix
from tests.journeys.look import violations
from tests.journeys.shown import Shown, shown

pytestmark = pytest.mark.last
NO_PAGE = (
    *("public:who", "public:seals_json", "public:questions_pdf"),  # data, a file
    *("applicant:uploads", "applicant:profile_uploads", "applicant:account_profile_uploads"),
    *("applicant:receipt_pdf", "applicant:bundle", "officer:receipt_pdf", "officer:bundle"),
    "applicant:takeaway_file",
    *("applicant:attachment", "applicant:document", "officer:attachment", "officer:profile_document"),
)
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 900}


def faults(window: Shown, page: seen.Page) -> list[str]:
    """What is wrong with one page, with its name in front."""
    window.tab.set_viewport_size(WIDE)
    window.show(page)
    found = [f"axe {violation['rule']}: {violation['where']}" for violation in violations(window.tab)]
    window.tab.set_viewport_size(NARROW)
    wide = window.wide()
    if wide > 0:
        found.append(f"{wide} pixels wider than a screen of 320")
    if "PICTURES" in os.environ:
        window.take_pictures(Path(os.environ["PICTURES"]), f"{page.address or 'refused'}.{page.name}.{page.language}")
    return [f"{page.name} ({page.language}): {fault}" for fault in found + window.serious()]


def test_every_page_of_this_run_is_accessible_and_keeps_its_policy(chromium: Any) -> None:
    with shown(chromium, Path(settings.STATIC_ROOT)) as window:
        found = [fault for page in seen.views() for fault in faults(window, page)]
    assert not found, "\n".join(found)


def test_a_page_with_every_fault_is_found_out(chromium: Any) -> None:
    html = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>x</title></head><body><main><h1>x</h1>'
        '<p id="w">x</p><input><img src="https://elsewhere.example/x.png" alt="">'
        "<script>document.title = 'changed'</script><table><tr><td>" + "x" * 500 + "</td></tr></table>"
        "</main></body></html>"
    )
    policy = {"Content-Type": "text/html", "Content-Security-Policy": "default-src 'none'; img-src *"}
    with shown(chromium, Path(settings.STATIC_ROOT)) as window:
        found = "\n".join(faults(window, seen.Page("/en/", 200, html, policy)))
    for fault in ("axe label", "wider than", "asked https://elsewhere.example/x.png", "inline script"):
        assert fault in found


def test_every_address_was_seen_in_both_languages(request: pytest.FixtureRequest) -> None:
    """Holds where the access matrix was walked in this run: it asks for every address."""
    walked = [item for item in request.session.items if item.path == Path(matrix.__file__)]
    wanted = {
        (name, language)
        for name, row in matrix.MATRIX.items()
        if walked and name not in NO_PAGE and 200 in {row.expected(persona) for persona in matrix.PERSONAS}
        for language in ("en", "fr")
    }
    assert wanted - {(page.address, page.language) for page in seen.views() if page.status == 200} == set()
