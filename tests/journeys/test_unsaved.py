"""Answers typed and not saved: leaving asks first, and the language toggle takes them along."""

import pytest
from playwright.sync_api import expect

from tests.journeys.visitor import Visitor


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_was_typed_is_not_left_behind_unasked(portal, chromium, open_page, language):
    page = open_page(chromium, language)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    visitor = Visitor(page, portal, language)
    visitor.log_in("newcomer@demo.example", portal.password)
    visitor.open_menu("My profile", "Mon profil")
    name = page.locator("[name=legal_name]")

    visitor.open_menu("Help", "Aide")
    assert asked == []
    visitor.open_menu("My profile", "Mon profil")
    name.fill(f"Ébénisterie {language}")
    page.get_by_role("link", name=visitor.say("Help", "Aide"), exact=True).first.click(no_wait_after=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    expect(name).to_have_value(f"Ébénisterie {language}")

    page.locator(".language a").click()
    other = visitor.say("fr", "en")
    expect(page.locator("html")).to_have_attribute("lang", other)
    expect(name).to_have_value(f"Ébénisterie {language}")
    assert asked == ["beforeunload"]
