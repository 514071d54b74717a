"""A page with a question of every type, as the templates draw it, served to a browser without the portal around it."""

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Page, Route

from guichet.questions import engine, lists, pages
from guichet.questions.context import Context
from guichet.questions.definitions import Form
from tests.conformance.fields import TYPES, example

ORIGIN = "http://types.test"
STATIC = (settings.PACKAGE / "web" / "static", settings.BUILD / "assets")  # as they are written, and as they are built
ROW = "abcdefgh2345"
FISH = ("cod", "halibut", "herring", "mackerel", "salmon", "smelt", "sole", "trout", "tuna", "whiting")


def choices() -> list[dict[str, Any]]:
    """More options than are shown one below the other."""
    names = [f"{kind} {fish}" for kind in ("fresh", "frozen", "smoked") for fish in FISH]
    return [{"key": name.replace(" ", "-"), "label": {"en": name.title(), "fr": f"{name} (fr)"}} for name in names]


def form() -> Form:
    """Every example, and the long lists."""
    questions = [example(type)["definition"] for type in TYPES]
    fish = {"en": "Fish", "fr": "Poisson"}
    questions.append({"key": "fish", "type": "choice", "label": fish, "choices": choices()})
    fishes = {"en": "Fishes", "fr": "Poissons"}
    questions.append({"key": "fishes", "type": "choices", "label": fishes, "choices": choices()})
    where = {"key": "where", "type": "country", "label": {"en": "Where", "fr": "Où"}}
    row_label = {"en": "Place", "fr": "Lieu"}
    held = [
        {"key": "address", "type": "short_text", "label": {"en": "Address", "fr": "Adresse"}},
        {"key": "opened", "type": "date", "label": {"en": "Opened on", "fr": "Ouvert depuis"}},
    ]
    group = {"key": "found", "type": "group", "label": {"en": "Where to find it", "fr": "Où le trouver"}}
    columns = [where, {**group, "questions": held}]
    questions.append({"key": "places", "type": "table", "label": row_label, "row_label": row_label, "columns": columns})
    title = {"en": "Every type", "fr": "Tous les types"}
    return Form.model_validate({"sections": [{"key": "only", "title": title, "questions": questions}]})


def values(state: str) -> dict[str, Any]:
    """Answers of a page that is ``empty``, ``filled`` or full of ``faults``."""
    found: dict[str, Any] = {}
    if state == "empty":
        return found
    for type in TYPES:
        definition, own = example(type)["definition"], example(type)["values"]
        if own:
            found[definition["key"]] = own[0] if state == "filled" else {"unreadable": "germ <b>&"}
    found |= {f"activities.{ROW}": 0, f"activities.{ROW}.cost": "12.50" if state == "filled" else {"unreadable": "?"}}
    found |= {f"places.{ROW}": 0, f"places.{ROW}.where": "FR" if state == "filled" else {"unreadable": "congo"}}
    found |= {f"places.{ROW}.opened": "2026-04-01" if state == "filled" else {"unreadable": "soon"}}
    found |= {"fish": "fresh-cod", "fishes": ["fresh-cod", "smoked-tuna"]}
    if state == "faults":
        found |= {"fish": {"unreadable": "cod"}, "fishes": {"unreadable": "fresh-cod\nsalmon"}}
    return found


def html(language: str, state: str, *, editable: bool = True, scripts: bool = True) -> str:
    """The page."""
    the_form = form()
    section = the_form.sections[0]
    ctx = Context(the_form, values(state))
    problems = engine.problems(ctx, level="section", section=section) if state == "faults" else ()
    bound = pages.bind(ctx, section, language, problems=problems, editable=editable, rows=pages.EVERY_ROW)
    with translation.override(language):
        return render_to_string(
            "every_type.html", {"bound": bound, "sections": [bound], "language": language, "scripts": scripts}
        )


def opened(page: Page, language: str, state: str, **options: Any) -> dict[str, list[str]]:
    """Show the page in the browser; what it then sends is gathered in the result."""
    sent: dict[str, list[str]] = {}

    def answer(route: Route) -> None:
        address = urlsplit(route.request.url)
        if route.request.method == "POST":
            sent.update(parse_qs(route.request.post_data or "", keep_blank_values=True))
            route.fulfill(content_type="text/html", body="<!DOCTYPE html><html lang=en><title>Sent</title>")
        elif address.path.endswith("/suggestions/"):
            asked = {key: found[0] for key, found in parse_qs(address.query).items()}
            levels = frozenset(map(int, asked["digits"].split(".")))
            route.fulfill(json=lists.suggestions(asked["list"], levels, asked["q"], language, 12))
        elif address.path.startswith("/static/"):
            name = re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", address.path.removeprefix("/static/"))
            kind = "text/css" if name.endswith(".css") else "text/javascript"
            found = next((folder / name for folder in STATIC if (folder / name).exists()), None)
            route.fulfill(content_type=kind, body=found.read_bytes() if found else b"")
        else:
            route.fulfill(content_type="text/html; charset=utf-8", body=html(language, state, **options))

    page.route(f"{ORIGIN}/**", answer)
    page.goto(f"{ORIGIN}/{language}/")
    return sent


def read(sent: dict[str, list[str]], language: str) -> dict[str, Any]:
    """What the server understands of what the browser sent."""

    class Post(dict[str, list[str]]):
        def getlist(self, key: str) -> list[str]:
            return self.get(key, [])

    return dict(engine.read_post(form().sections[0], Post(sent), language=language))


def dumped(value: Any) -> str:
    """For messages of failures."""
    return json.dumps(value, ensure_ascii=False)
