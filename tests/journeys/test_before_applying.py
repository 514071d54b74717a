"""Before applying: what a visitor may learn without an account, and what an officer sees of it."""

from typing import Any

import pytest

from tests.journeys.look import look, violations
from tests.journeys.visitor import Visitor

WIDTHS = (320, 768, 1280)


def fits(visitor: Visitor) -> None:
    """The page reflows, and axe finds nothing, at every width."""
    for width in WIDTHS:
        visitor.page.set_viewport_size({"width": width, "height": 900})
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert visitor.page.evaluate(wide) <= 0, (visitor.page.url, width)
        assert violations(visitor.page) == [], (visitor.page.url, width)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("javascript", [True, False])
def test_a_visitor_reads_the_questions_checks_and_counts(
    portal: Any, chromium: Any, open_page: Any, language: str, javascript: bool
) -> None:
    page = open_page(chromium, language, javascript=javascript)
    visitor = Visitor(page, portal, language, look if javascript else None)
    visitor.open(visitor.say("/en/programs/canexport-smes/", "/fr/programmes/canexport-smes/"))
    visitor.answer("submitted", visitor.say("May 29, 2026", "29 mai 2026"))
    visitor.press("Show the earliest start", "Afficher la première date possible")
    visitor.sees("August 25, 2026", "25 août 2026")
    visitor.follow("Read and print the questions", "Lire et imprimer le questionnaire")
    visitor.sees("Documents to have ready", "Documents à préparer")
    page.go_back()
    visitor.follow("Am I eligible?", "Suis-je admissible?")
    visitor.fill({"employees": "612", "for_profit": True, "revenue": visitor.say("a lot", "beaucoup")})
    visitor.press("Check my answers", "Vérifier mes réponses")
    assert len(visitor.errors()) == 1
    assert page.input_value("[name=employees]") == "612"
    assert page.input_value("[name=revenue]") == visitor.say("a lot", "beaucoup")
    visitor.sees("Not met", "Non atteint")
    visitor.answer("employees", "12")
    visitor.answer("revenue", "1 234 567,89 $")
    visitor.fill({"established_in_canada": True, "business_number_active": True, "legal_form": "incorporated"})
    visitor.answer("business_number", "12302-6635 RC0001")
    visitor.press("Check my answers", "Vérifier mes réponses")
    assert visitor.errors() == []
    visitor.sees("you meet every criterion", "vous satisfaites à tous les critères")
    other = visitor.say("The same answers in the other language", "Les mêmes réponses dans l’autre langue")
    page.get_by_role("button", name=other).click()
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("lang") != language
    assert page.locator("#results").count() == 1
    assert page.input_value("[name=employees]") == "12"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_pages_fit_every_screen_and_paper(portal: Any, chromium: Any, open_page: Any, language: str) -> None:
    visitor = Visitor(open_page(chromium, language), portal, language, look)
    for path in (
        visitor.say("/en/programs/canexport-smes/questions/", "/fr/programmes/canexport-smes/questionnaire/"),
        visitor.say("/en/programs/canexport-smes/am-i-eligible/", "/fr/programmes/canexport-smes/suis-je-admissible/"),
        visitor.say("/en/programs/canexport-smes/?submitted=soon", "/fr/programmes/canexport-smes/?submitted=demain"),
    ):
        visitor.open(path)
        fits(visitor)
    visitor.open(visitor.say("/en/programs/canexport-smes/questions/", "/fr/programmes/canexport-smes/questionnaire/"))
    visitor.page.emulate_media(media="print")
    assert not visitor.page.locator("header .bar").is_visible()
    assert visitor.page.get_by_role("heading", level=1).is_visible()
    assert visitor.page.locator("#application-activities").is_visible()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_officer_goes_through_an_edition(portal: Any, chromium: Any, open_page: Any, language: str) -> None:
    officer = Visitor(open_page(chromium, language), portal, language, look)
    officer.log_in("officer@demo.example", portal.password)
    officer.open_menu("Programs", "Programmes")
    officer.follow("CanExport SMEs 2024–2025", "CanExport PME 2024–2025")
    fits(officer)
    officer.follow("Activities and budget", "Activités et budget")
    fits(officer)
    assert officer.page.locator("main input:enabled, main select:enabled, main textarea:enabled").count() == 0
    officer.page.get_by_role("link", name=officer.say("Next section", "Section suivante")).click()
    officer.arrived()
    assert officer.heading().startswith(officer.say("Preview:", "Aperçu"))
