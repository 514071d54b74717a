"""The steps that several journeys take."""

import re
from datetime import date
from itertools import count

from tests.journeys import sample
from tests.journeys.visitor import Visitor

OWNER = {"name": "Éloïse Tremblay-Nguyễn", "country": "CA", "share": "100"}
CRITERIA_MET = (
    "Account creation verification: Criteria met",
    "Vérification de la création du compte\u00a0: Critères atteints",
)
_people = count(1)


def link_of(letter: str, part: str) -> str:
    """The first link of a letter that contains ``part``."""
    found = re.search(rf"https?://\S*{re.escape(part)}[^\s)>]*", letter)
    assert found is not None, letter
    return found[0]


def new_email() -> str:
    return f"personne{next(_people)}@entreprise.example"


def register(visitor: Visitor) -> str:
    """A confirmed account of a new person, who stands on the applicant's home page; returns the address."""
    email = new_email()
    name = "Éloïse Tremblay-Nguyễn" if visitor.language == "fr" else "Ada O’Connor"
    visitor.register(email, sample.PASSWORD, name)
    return email


def conclude(officer: Visitor, legal_name: str) -> None:
    """The officer opens the firm's case from the queue and concludes it as computed."""
    officer.open_menu("Verifications", "Vérifications")
    officer.page.get_by_role("link", name=re.compile(re.escape(legal_name))).first.click()
    officer.arrived()
    officer.follow("Preview the letter and conclude", "Voir la lettre et conclure")
    officer.press("Conclude and send the letter", "Conclure et envoyer la lettre")


def fill_in(visitor: Visitor, start: date, *, faulty: str = "") -> None:
    """Every section of a new application, in the order of its task list; ``faulty`` is the one that has faults."""
    language = visitor.language
    tasks = visitor.page.url
    links = visitor.page.locator(".tasks a").evaluate_all("links => links.map(a => a.href)")
    plain = dict(sample.sections(language))
    for href in links:
        visitor.page.goto(href)
        visitor.arrived()
        key = href.rstrip("/").rsplit("/", 1)[1]
        if key in plain:
            visitor.fill(plain[key])
        elif key == "markets":
            fill_markets(visitor)
        elif key == "activities":
            fill_activities(visitor, start)
        visitor.press("Save and continue", "Enregistrer et continuer")
        assert bool(visitor.errors()) == (key == faulty), (key, visitor.errors())
    visitor.page.goto(tasks)
    visitor.arrived()


def fill_markets(visitor: Visitor) -> None:
    visitor.answer("total_sales", "1 234 567,89" if visitor.language == "fr" else "1,234,567.89")
    if not visitor.rows("target_markets"):
        visitor.add("target_markets")
    potential = "Marché de connaisseurs." if visitor.language == "fr" else "A market that pays for quality."
    visitor.fill_row("target_markets", 0, {"country": "FR", "sales": "0", "potential": potential})


def fill_activities(visitor: Visitor, start: date) -> None:
    visitor.fill_row("activities", 0, sample.activity(start, visitor.language))
    if len(visitor.rows("activities")) < 2:
        visitor.add("activities")
    visitor.fill_row("activities", 1, sample.activity(start, visitor.language, category="b", cost="1000"))


def earliest_start(visitor: Visitor) -> date:
    """The date that the page gives as the earliest start, before anything is typed; its moments are other things."""
    days = "times => times.map(time => time.dateTime).find(one => one.length === 10)"
    return date.fromisoformat(visitor.page.locator("main time").evaluate_all(days))


def submit(visitor: Visitor) -> str:
    """From the task list to the receipt; returns the number."""
    visitor.follow("Review the application", "Réviser la demande")
    visitor.follow("Continue: confirm and submit", "Continuer\u00a0: attester et transmettre")
    for box in visitor.page.locator('[name="attestation"]').all():
        visitor.tick(box)
    visitor.press("Submit the application", "Transmettre la demande")
    return visitor.page.locator(".notice strong").first.inner_text()


def go_the_whole_way(visitor: Visitor, officer: Visitor) -> str:
    """The steps of the published page, one after the other; returns the number of the application."""
    portal, language = visitor.server, visitor.language
    email = register(visitor)
    answers = sample.profile(language, sample.business_number())
    visitor.update_profile(answers)
    assert visitor.errors() == []
    received = portal.mailbox.wait(email, visitor.say("Profile received", "Profil reçu"))
    assert received["Content-Language"] == language
    conclude(officer, answers["legal_name"])
    portal.mailbox.wait(email, visitor.say(*CRITERIA_MET))
    visitor.transmit_account_profile(sample.account_profile(language), OWNER)
    assert visitor.errors() == []
    visitor.open_menu("My applications", "Mes demandes")
    visitor.follow("CanExport", "CanExport")
    visitor.follow("New application", "Nouvelle application")
    visitor.follow("SMEs", "PME")
    visitor.press("Start the application", "Commencer la demande")
    fill_in(visitor, earliest_start(visitor))
    number = submit(visitor)
    letter = portal.mailbox.wait(email, number)
    assert number in str(letter.get_body(("plain",)))
    assert number in str(letter.get_body(("html",)))
    return number
