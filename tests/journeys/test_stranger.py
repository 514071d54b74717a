"""A program of a stranger, written from docs/programs.md alone: published by the command, applied for to the receipt.

The package is that of ``tests/packages``; only its days are moved to those around today, as for a next year's edition.
"""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from guichet.kernel import clock
from tests.journeys import sample, steps
from tests.journeys.look import look
from tests.journeys.offered import PDF, ZONE, open_now, rewrite
from tests.journeys.server import ROOT, Portal, text_of
from tests.journeys.visitor import Values, Visitor

PACKAGE = ROOT / "tests" / "packages" / "shared-collections"
YEAR = clock.today(ZONE).year + 1  # the fiscal year that begins in April of it lies wholly ahead


def of_this_year(folder: Path) -> Path:
    """A copy of the package whose call is open today, and whose two fiscal years are the next two."""
    home = open_now(PACKAGE, folder, "2027-28")
    years = {"  first_year": YEAR, "  second_year": YEAR + 1, "  end_year": YEAR + 2}
    rewrite(home / "2027-28" / "edition.yaml", years)
    return home


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, mailbox: Any) -> Any:
    """A portal without a program, in which the package is published by the command while it runs."""
    folder = tmp_path_factory.mktemp("stranger")
    (folder / "programs").mkdir()
    running = Portal(folder / "data", mailbox, {"GUICHET_PROGRAMS": str(folder / "programs")})
    running.start()
    home = of_this_year(folder)
    command = [sys.executable, "-P", "-m", "guichet.config.cli", "program", "publish", str(home)]
    said = subprocess.run(
        command,
        env={**running.environment(), "GUICHET_DATA": str(running.data)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert said.stdout == "shared-collections/2027-28: published\n", (said.stdout, said.stderr)
    yield running
    running.stop()


@pytest.fixture
def portal(own: Portal) -> Portal:
    """The pages of this module are those of its own portal."""
    return own


def profile(visitor: Visitor, number: str) -> Values:
    """A First Nation in French, a museum in English: each is asked for other things."""
    french = visitor.language == "fr"
    common = {
        "person-title": "Directrice" if french else "Director",
        "person-phone": "506 555-0142",
        "business_number": number,
        "collection_since": "1998-05-01",
        "catalogued": "60 %" if french else "60%",
        "street": "12, rue du Quai" if french else "12 Wharf Street",
        "town": "Baie-Sainte-Anne",
        "province": "NB",
        "postal_code": "e9a 1a1",
        "phone": "506 555-0143",
    }
    if french:
        return common | {
            "legal_name": f"Première Nation de la Baie {number}",
            "applicant": "first_nation",
            "inhabitants": "61 000",
            "council_resolution": PDF,
        }
    return common | {
        "legal_name": f"Museum of the Bay {number}",
        "applicant": "museum",
        "not_for_profit": True,
        "open_days": "90",
        "constitution": PDF,
    }


ACCOUNT = {
    "direct_phone": "506 555-0144",
    "direct_email": "direction@baie.example",
    "languages": "french",
    "mandate": True,
}


def press(visitor: Visitor, english: str, french: str) -> None:
    """Press a button that leads to another page, and wait for that page."""
    button = visitor.page.get_by_role("main").get_by_role("button", name=visitor.say(english, french), exact=True)
    with visitor.page.expect_navigation():
        button.first.click()
    visitor.arrived()


def save(visitor: Visitor, *missing: str) -> None:
    """Save and continue; ``missing`` are the questions that the page then asks for besides."""
    press(visitor, "Save and continue", "Enregistrer et continuer")
    asked = visitor.page.locator(".question.has-error [name]").evaluate_all("all => all.map(one => one.name)")
    assert (sorted(set(asked)), bool(visitor.errors())) == (sorted(missing), bool(missing)), visitor.errors()


def describe(visitor: Visitor) -> None:
    """The project, which is shown in an exhibition: that asks for two answers more."""
    say = visitor.say
    visitor.fill({"title": say("Baskets of the bay", "Les paniers de la baie"), "story": "…", "exhibition": True})
    visitor.fill({"discipline": say("Basketry", "Vannerie")})
    visitor.fill({"showing-start": f"{YEAR + 1}-06-01", "showing-end": f"{YEAR + 1}-09-30", "loan": PDF})
    save(visitor)


def name_partners(visitor: Visitor) -> None:
    """Exactly three, one of them a community, whose consent is asked for."""
    community = {"kind": "community", "nation": "Mi’kmaq"}
    for number, more in enumerate(({"kind": "museum"}, {"kind": "municipality"}, community)):
        if len(visitor.rows("partners")) <= number:
            visitor.add("partners")
        partner = {"name": f"P{number}", "email": f"p{number}@baie.example", "share": "34" if number else "32"}
        visitor.fill_row("partners", number, partner | more)
    save(visitor, "consent")
    visitor.fill({"consent": PDF})
    save(visitor)


def reckon(visitor: Visitor) -> None:
    """Activities in both fiscal years; lodging and equipment beyond their caps."""
    rows: list[Values] = [
        {"what": "A", "kind": "care", "starts": f"{YEAR}-04-01", "ends": f"{YEAR}-05-01", "cost": "30000"},
        {"what": "B", "kind": "visit", "starts": f"{YEAR + 1}-04-01", "ends": f"{YEAR + 1}-04-03", "cost": "2000"},
        {"what": "C", "kind": "equipment", "starts": f"{YEAR}-06-01", "ends": f"{YEAR}-06-02", "cost": "10000"},
    ]
    rows[1] |= {"nights": "2", "lodging": "400"}
    for number, row in enumerate(rows):
        if len(visitor.rows("activities")) <= number:
            visitor.add("activities")
        visitor.fill_row("activities", number, row)
    save(visitor)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_stranger_s_program_is_applied_for_from_registration_to_the_receipt(
    portal: Portal, chromium: Any, open_page: Any, language: str
) -> None:
    visitor = Visitor(open_page(chromium, language), portal, language, look)
    officer = Visitor(open_page(chromium, language), portal, language, look)
    officer.log_in("officer@demo.example", portal.password)
    email = steps.register(visitor)
    answers = profile(visitor, sample.business_number())
    visitor.open_menu("My profile", "Mon profil")
    visitor.fill(answers)
    press(visitor, "Update", "Mettre à jour")
    assert visitor.errors() == []
    portal.mailbox.wait(email, visitor.say("Profile received", "Profil reçu"))
    steps.conclude(officer, answers["legal_name"])
    portal.mailbox.wait(email, visitor.say("you may apply", "vous pouvez présenter une demande"))
    visitor.open_menu("Account profile", "Profil du compte")
    visitor.fill(ACCOUNT | {"signatory_title": visitor.say("Director", "Directrice")})
    press(visitor, "Save and submit", "Enregistrer et transmettre")
    assert visitor.errors() == []
    visitor.open_menu("My applications", "Mes demandes")
    visitor.follow("Shared Collections", "Collections partagées")
    visitor.follow("New application", "Nouvelle application")
    visitor.follow("Shared Collections", "Collections partagées", within=visitor.page.get_by_role("main"))
    press(visitor, "Start the application", "Commencer la demande")
    tasks = visitor.page.url
    visitor.follow("The project", "Le projet")
    describe(visitor)
    name_partners(visitor)
    reckon(visitor)
    save(visitor, "statement", "quotes")
    visitor.fill({"statement": PDF, "quotes": PDF})
    save(visitor)
    visitor.open(tasks.removeprefix(portal.base_url))
    number = steps.submit(visitor)
    assert re.fullmatch(r"CPR-20\d\d-\d{5}-[0-9A-HJKMNP-TV-Y]", number)
    # 42,000, less 40 of lodging, less 1,608 of equipment: what is beyond a fifth of 41,960. Of the rest, 75 %.
    visitor.sees("$30,264", "30\u00a0264\u00a0$")
    letter = portal.mailbox.wait(email, number)
    assert str(letter["Subject"]) == visitor.say(
        f"Shared Collections: your application {number} has arrived",
        f"Collections partagées\u00a0: votre demande {number} est arrivée",
    )
    assert visitor.say("once the call has closed", "après la clôture de l’appel") in text_of(letter)
