"""The measurement behind ``bench/section_page.py``, once Django is set up."""

import argparse
import json
import os
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from tests import people
from tests.web import applying

from bench.browsing import Browser, Cost, median, served, token
from guichet.config import build

BARE_BACKEND = "django.contrib.auth.backends.ModelBackend"


def session_of(user: Any, backend: str = settings.AUTHENTICATION_BACKENDS[0]) -> str:
    """The key of a session in which the person is signed in; both sites read the same table."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = backend
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return str(store.session_key)


def with_rows(firm: Any, application: Any, rows: int) -> None:
    """Give the application that many activities."""
    model = {
        path.removeprefix(f"activities.{applying.ROW}"): value
        for path, value in applying.application_answers(firm.edition).items()
        if path.startswith(f"activities.{applying.ROW}")
    }
    answers = {}
    for place in range(1, rows):
        answers |= {f"activities.benchrow{place:04}{column}": value for column, value in model.items()}
        answers[f"activities.benchrow{place:04}"] = place
    applying.save(firm, application, answers)


def section(application: Any, key: str, row: str = "") -> str:
    """The address of a section, in English; with a row of its table open."""
    with translation.override("en"):
        address = reverse("applicant:section", args=[application.public_id, key])
    return f"{address}?row={row}" if row else address


def fields_of(html: str) -> dict[str, Any]:
    """What a browser would send of the page's form, with every answer."""
    fields = applying.fields(SimpleNamespace(content=html.encode()), number=-1)
    return {**fields, "csrfmiddlewaretoken": token(html), "action": "save"}


def typed_over(fields: dict[str, Any], name: str, turn: int) -> dict[str, Any]:
    """The same, with one answer changed."""
    if name not in fields:
        raise SystemExit(f"the page has no {name}; it has {sorted(fields)}")
    return {**fields, name: f"Changed for the {turn}th time"}


class Measured:
    """One page of ours: its address, the answer that a save changes, and the samples taken."""

    def __init__(self, label: str, path: str, answer: str) -> None:
        self.label, self.path, self.answer = label, path, answer
        self.gets: list[Cost] = []
        self.posts: list[Cost] = []
        self.size = 0
        self.turn = 0

    def take(self, browser: Browser) -> None:
        """Open the page, change one answer, save."""
        self.turn += 1
        taken, html = browser.get(self.path)
        self.size = len(html)
        self.gets.append(taken)
        self.posts.append(browser.post(self.path, self.changed(html)))

    def changed(self, html: str) -> dict[str, Any]:
        """What the save sends."""
        return typed_over(fields_of(html), self.answer, self.turn)


class Bare(Measured):
    """The bare page, and its save of one row."""

    def changed(self, html: str) -> dict[str, Any]:
        """One field."""
        return {"csrfmiddlewaretoken": token(html), "title": f"Changed for the {self.turn}th time"}


class Autosaved(Measured):
    """One answer saved by the script of the page: what happens every second while somebody types."""

    def __init__(self, label: str, path: str, answer: str, application: Any) -> None:
        super().__init__(label, path, answer)
        with translation.override("en"):
            self.save = reverse("applicant:save", args=[application.public_id])
        self.form: dict[str, Any] = {}

    def take(self, browser: Browser) -> None:
        """Save one answer; the page that is typed in was opened once."""
        self.turn += 1
        if not self.form:
            _taken, html = browser.get(self.path)
            self.form = {"csrfmiddlewaretoken": token(html), "edition": html.split('data-edition="')[1].split('"')[0]}
            self.version = json.loads(fields_of(html)["seen"]).get(self.answer, 0)
        self.posts.append(browser.sent(self.save, self.sent()))

    def sent(self) -> dict[str, Any]:
        """What the script sends."""
        seen = json.dumps({self.answer: self.version})
        self.version += 1
        typed = f"Typed for the {self.turn}th time"
        return {**self.form, self.answer: typed, "seen": seen, "request_key": f"bench-{id(self)}-{self.turn}"}


class Update(Measured):
    """The yardstick of an autosave: one row changed and committed through Django, and nothing else."""

    def __init__(self, row: int) -> None:
        super().__init__("bare UPDATE, COMMIT", "/update/", "title")
        self.row = row

    def take(self, browser: Browser) -> None:
        """Change the row."""
        self.turn += 1
        self.posts.append(browser.sent(self.path, {"row": self.row, "title": f"Changed for the {self.turn}th time"}))


def statements(user: Any, measured: Measured) -> tuple[int, int]:
    """How many SQL statements the page and its save take."""
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    client.get(measured.path)  # what is kept in the process is there
    with CaptureQueriesContext(connection) as shown:
        html = client.get(measured.path).content.decode()
    with CaptureQueriesContext(connection) as saved:
        answer = client.post(measured.path, typed_over(fields_of(html), measured.answer, 0))
    if answer.status_code not in (302, 303):
        raise SystemExit(f"POST {measured.path}: {answer.status_code}")
    return len(shown), len(saved)


def main(chosen: argparse.Namespace) -> None:
    """Set up, measure in turns, print."""
    build.static_files(settings.PACKAGE / "web" / "static", settings.BUILD)
    few, many, most = (people.firm("transmitted") for _ in range(3))
    short, long, longest = (applying.completed(firm) for firm in (few, many, most))
    for firm, application, rows in ((few, short, 5), (many, long, 40), (most, longest, 100)):
        with_rows(firm, application, rows)
    answer = f"activities.{applying.ROW}.description"
    plain = Measured("section of 2 answers", section(short, "project"), "project_title")
    table = Measured("table of 5 rows", section(short, "activities", applying.ROW), answer)
    large = Measured("table of 40 rows", section(long, "activities", applying.ROW), answer)
    vast = Measured("table of 100 rows", section(longest, "activities", applying.ROW), answer)
    typing = Autosaved("autosave of one answer", section(short, "project"), "project_summary", short)
    update = Update(few.signatory.pk)
    bare = Bare("bare page", "/", "title")
    pages = [(plain, few), (table, few), (large, many), (vast, most)]
    counted = {each.label: statements(firm.signatory, each) for each, firm in pages}
    measure(chosen, bare, update, [(each, firm.signatory) for each, firm in (*pages, (typing, few))])
    show(bare, [each for each, _firm in pages], counted)
    show_autosave(update, typing)


def measure(chosen: argparse.Namespace, bare: Bare, update: Update, ours: list[tuple[Measured, Any]]) -> None:
    """Ask both servers in turns; the first round warms them and is thrown away."""
    environment = {**os.environ, "PYTHONPATH": f"{settings.CHECKOUT / 'src'}{os.pathsep}{settings.CHECKOUT}"}
    yardstick = {**environment, "DJANGO_SETTINGS_MODULE": "bench.bare_settings"}
    with served("guichet.config.wsgi", environment) as site, served("bench.bare", yardstick) as plain:
        pages: list[tuple[Measured, Browser]] = [(bare, Browser(plain, session_of(ours[0][1], BARE_BACKEND)))]
        pages.append((update, Browser(plain, "")))
        pages += [(each, Browser(site, session_of(user))) for each, user in ours]
        for turn in range(chosen.rounds + 1):
            for each, browser in pages:
                browser.again()
                for _request in range(chosen.each):
                    each.take(browser)
                if turn == 0:
                    each.gets.clear()
                    each.posts.clear()


def show(bare: Bare, ours: list[Measured], counted: dict[str, tuple[int, int]]) -> None:
    """Print the table: milliseconds, and how many times the bare page's."""
    print(
        f"medians of {len(bare.gets)} requests; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    heads = ("page, processor", "page, waited", "save, processor", "save, waited")
    print(f"{'':22}" + "".join(f"{head:18}" for head in heads) + f"{'statements':12}{'KB':>5}")
    for each in (bare, *ours):
        cells = []
        for costs, yardstick in ((each.gets, bare.gets), (each.posts, bare.posts)):
            for name in ("worked", "waited"):
                took = median(costs, name)
                cells.append(f"{took:7.2f} ×{took / median(yardstick, name):<9.1f}")
        sql = "{}, {}".format(*counted[each.label]) if each.label in counted else "2, 3"
        print(f"{each.label:22}{''.join(cells)}{sql:12}{each.size / 1000:5.0f}")


def show_autosave(update: Update, typing: Autosaved) -> None:
    """Print what saving one answer costs beside changing one row."""
    for each in (update, typing):
        cells = [
            f"{name} {median(each.posts, name):6.2f} ms ×{median(each.posts, name) / median(update.posts, name):.1f}"
            for name in ("worked", "waited")
        ]
        print(f"{each.label:24}" + "   ".join(cells))
