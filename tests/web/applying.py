"""A firm with an application under way, for tests of the applicant's and the officer's pages."""

from datetime import timedelta
from typing import Any

from django.test.html import parse_html

from guichet.answers.actions import Change
from guichet.answers.queries import answers
from guichet.applications import actions, queries
from guichet.applications.models import Application
from tests import people

ROW = "rowrowrow1"


def application_answers(edition: Any, **changed: Any) -> dict[str, Any]:
    """A complete application to the seed's program, by path; its first activity starts as early as it may."""
    first = queries.earliest_start(edition, queries.submission_day(edition)).date
    return {
        "project_title": "Sirop d’érable au Japon",
        "project_summary": "Trois foires et un catalogue.",
        "products": "Sirop, tire et beurre d’érable.",
        "total_sales": "1000000.00",
        f"target_markets.{ROW}": 0,
        f"target_markets.{ROW}.country": "JP",
        f"target_markets.{ROW}.sales": "0.00",
        f"target_markets.{ROW}.potential": "Grand.",
        "capacity": "Deux personnes.",
        "ip_strategy": "Marque déposée.",
        f"activities.{ROW}": 0,
        f"activities.{ROW}.category": "b",
        f"activities.{ROW}.market": "JP",
        f"activities.{ROW}.destination": "JP",
        f"activities.{ROW}.start": first.isoformat(),
        f"activities.{ROW}.end": (first + timedelta(days=3)).isoformat(),
        f"activities.{ROW}.cost": "12345.67",
        f"activities.{ROW}.description": "Foodex.",
        "benefit_sales": "Plus de ventes.",
        "has_relationships": False,
        "prepared_by_consultant": False,
        "has_other_funding": False,
    } | changed


def started(firm: people.Firm) -> Application:
    """The firm's draft."""
    return actions.start(actor=firm.signatory, organization=firm.organization, edition=firm.edition)


def save(firm: people.Firm, application: Application, values: dict[str, Any], actor: Any = None) -> Any:
    """Save answers over whatever stands there."""
    now = answers(application.sheet)
    changes = [Change(path, value, now[path].version if path in now else 0) for path, value in values.items()]
    return actions.save_answers(actor=actor or firm.signatory, application=application, changes=changes)


def completed(firm: people.Firm, **changed: Any) -> Application:
    """A draft in which everything is answered."""
    application = started(firm)
    save(firm, application, application_answers(firm.edition, **changed))
    application.refresh_from_db()
    return application


def submitted(firm: people.Firm) -> Application:
    """An application that was submitted."""
    application = completed(firm)
    keys = {statement.key for statement in firm.edition.definition.attestations}
    actions.submit(actor=firm.signatory, application=application, attestations=keys, language="fr")
    application.refresh_from_db()
    return application


def fields(response: Any, number: int = -1) -> dict[str, Any]:
    """What a browser would send of a page's form (the last one, without its buttons), typed over by the test."""
    forms = [element for element in _elements(parse_html(response.content.decode())) if element.name == "form"]
    sent: dict[str, Any] = {}
    for element in _elements(forms[number]):
        given = dict(element.attributes)
        name = given.get("name")
        if not name or element.name == "button" or given.get("type") == "file":
            continue
        if element.name == "select":
            options = [dict(one.attributes) for one in _elements(element) if one.name == "option"]
            chosen = [one.get("value", "") for one in options if "selected" in one]
            sent[name] = chosen[0] if chosen else ""
        elif element.name == "textarea":
            sent[name] = "".join(str(child) for child in element.children)
        elif given.get("type") not in ("radio", "checkbox"):
            sent[name] = given.get("value", "")
        elif "checked" in given:
            sent[name] = [*([sent[name]] if isinstance(sent.get(name), str) else sent.get(name, [])), given["value"]]
    return sent


def _elements(root: Any) -> Any:
    for child in getattr(root, "children", ()):
        if hasattr(child, "name") and child.name:
            if child.name == "template":
                continue
            yield child
        yield from _elements(child)
