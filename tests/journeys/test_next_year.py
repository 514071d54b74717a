"""Next year's edition, made as docs/programs.md tells it, is published while the portal runs; a draft goes on in it.

Applicant and officer see what is new, changed and gone, in both languages, before, after and once it is submitted.
"""

from pathlib import Path
from typing import Any

import pytest

from tests.journeys import steps
from tests.journeys.look import look
from tests.journeys.server import Portal
from tests.journeys.visitor import Visitor
from tests.programs import walk

WRITTEN = "Une relève formée dans trois régions.\n" + "Long récit. " * 60 + "Fin du récit."
NEW = "Hours that your people give to it each week", "Heures que votre personnel y consacre chaque semaine"
GONE = "Other benefits", "Autres retombées"


@pytest.fixture
def portal(tmp_path: Path, mailbox: Any) -> Any:
    """A portal of its own, in which last year's edition alone is on offer."""
    walk.ready(tmp_path)
    running = Portal(tmp_path / "data", mailbox, {"GUICHET_PROGRAMS": str(tmp_path / "programs")})
    running.start()
    yield running
    running.stop()


def publish_next_year(portal: Portal, home: Path) -> None:
    """Every change and the last command of the walk; what lies between is tried without a portal."""
    edition, publish = home / walk.AFTER, None
    for step in walk.steps():
        if step.command.startswith("cp "):
            walk.run(step.command, home)
        elif not step.command:
            walk.change(edition, step.text)
        publish = step
    (edition / "translations.lock.yaml").unlink()  # both languages of the changed texts are not declared here
    assert publish is not None
    environment = {**portal.environment(), "GUICHET_DATA": str(portal.data)}
    assert walk.run(publish.command, home, **environment).endswith(publish.text)


def in_french(visitor: Visitor, address: str) -> None:
    """The same page, by the link to the other language."""
    visitor.page.goto(address)
    visitor.page.get_by_role("link", name="Français", exact=True).click()
    visitor.page.wait_for_url("**/fr/**")
    visitor.arrived()


def listed(visitor: Visitor, *, answer: bool = True) -> None:
    """New, changed, gone, in the language of the page; the answer that went in full, for its owners."""
    main = visitor.page.get_by_role("main")
    groups = {}
    for title in (
        ("New questions", "Questions nouvelles"),
        ("Changed questions", "Questions modifiées"),
        ("Questions that are no longer asked", "Questions retirées"),
    ):
        heading = main.get_by_role("heading", name=visitor.say(*title), exact=True)
        groups[title[0]] = heading.locator("xpath=following-sibling::ul[1]").inner_text()
    assert visitor.say(*NEW) in groups["New questions"]
    assert visitor.say("Project title", "Titre du projet") in groups["Changed questions"]
    assert visitor.say("other rules or limits", "autres règles ou limites") in groups["Changed questions"]
    gone = groups["Questions that are no longer asked"]
    assert visitor.say(*GONE) in gone
    assert ("Fin du récit." in gone) is answer
    assert ("Une relève" in gone) is answer


def test_a_draft_goes_on_in_the_edition_of_the_walk(
    portal: Portal, chromium: Any, open_page: Any, tmp_path: Path
) -> None:
    applicant, reader, officer, officer_fr = (
        Visitor(open_page(chromium, language), portal, language, look) for language in ("en", "fr", "en", "fr")
    )
    for visitor, who in (
        (applicant, "signatory"),
        (reader, "colleague"),
        (officer, "officer"),
        (officer_fr, "officer"),
    ):
        visitor.log_in(f"{who}@demo.example", portal.password)
    applicant.open("/en/my-applications/canexport/new/canexport-smes/")
    applicant.press("Start the application", "Commencer la demande")
    draft = applicant.page.url
    steps.fill_in(applicant, steps.earliest_start(applicant))
    applicant.follow("Benefits to Canada", "Retombées pour le Canada")
    applicant.fill({"benefit_other": WRITTEN})
    applicant.press("Save and continue", "Enregistrer et continuer")
    publish_next_year(portal, tmp_path)

    applicant.page.goto(draft)
    applicant.arrived()
    applicant.follow("See what would change", "Voir ce qui changerait")
    listed(applicant)
    in_french(reader, applicant.page.url)
    listed(reader)
    applicant.press("Move the draft", "Faire passer le brouillon")
    listed(applicant)
    applicant.page.goto(draft)
    applicant.follow("Capacity", "Capacité")
    applicant.fill({"hours_a_week": "12"})
    applicant.press("Save and continue", "Enregistrer et continuer")
    applicant.page.goto(draft)
    applicant.arrived()
    number = steps.submit(applicant)
    assert number.startswith("CXS-")

    applicant.follow("Read what was submitted", "Lire ce qui a été transmis")
    applicant.follow("See what has changed", "Voir ce qui a changé")
    applicant.sees("is not part of what you submitted", "")
    listed(applicant)
    in_french(reader, applicant.page.url)
    reader.sees("", "ne fait pas partie de ce que vous avez transmis")
    listed(reader)
    officer.open(f"/en/officer/search/?q={number}")  # the number leads to the file
    officer.sees("Begun in: CanExport SMEs 2024–2025, moved to: CanExport SMEs 2025–2026", "")
    listed(officer, answer=False)
    in_french(officer_fr, officer.page.url)
    officer_fr.sees("", "CanExport PME 2025–2026")
    listed(officer_fr, answer=False)
