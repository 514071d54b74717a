"""What rules cost while answers are saved in a table of a hundred rows, beside the same form without any rule.

    .venv/bin/python bench/rules.py [--rows 100] [--rounds 40]

Two drafts with the same answers: one on the seed's edition, one on a copy of it without conditions, checks and
calculations. One answer is saved in each in turns, by the address to which the page's script saves, then by the form
with the page that follows. Same process, same database (the tests' own), dropped at the end. Prints, and judges not.
"""

import argparse
import importlib
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

sys.path[0] = str(Path(__file__).resolve().parents[1])


def without_rules(document: Any) -> Any:
    """A form without what rules decide: everything is shown, nothing is checked or worked out."""
    if isinstance(document, list):
        return [without_rules(item) for item in document if not _is_calculated(item)]
    if not isinstance(document, dict):
        return document
    kept = {key: value for key, value in document.items() if key not in ("visible", "checks")}
    if isinstance(kept.get("required"), dict):
        kept["required"] = False
    return {key: without_rules(value) for key, value in kept.items()}


def _is_calculated(item: Any) -> bool:
    return isinstance(item, dict) and item.get("type") == "calculated"


def milliseconds(work: Callable[[], Any]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


class Draft:
    """One draft, signed in to, of which one answer is changed again and again."""

    def __init__(self, rows: int, edition_id: int | None) -> None:
        from django.conf import settings
        from django.test import Client
        from tests import people
        from tests.web import applying

        from bench.sections import section, with_rows
        from guichet.applications.models import Application
        from guichet.applications.queries import edition_of

        self.firm = people.firm("transmitted")
        self.application = applying.completed(self.firm)
        with_rows(self.firm, self.application, rows)
        if edition_id is not None:
            Application.objects.filter(pk=self.application.pk).update(edition_id=edition_id)
            self.application.refresh_from_db()
        self.edition = edition_of(self.application)
        self.page = section(self.application, "activities")
        self.answer = f"activities.{applying.ROW}.cost"
        self.client = Client(headers={"host": "localhost"})
        self.client.force_login(self.firm.signatory, backend=settings.AUTHENTICATION_BACKENDS[0])
        self.version, self.turn = 1, 0

    def save_typed(self) -> None:
        """As the page's script does: one answer."""
        from django.urls import reverse

        self.turn += 1
        row = self.answer.rpartition(".")[0]
        sent = {row: "0", self.answer: f"{self.turn}.00", "request_key": f"turn-{self.turn}"}
        sent |= {"seen": json.dumps({row: 1, self.answer: self.version}), "edition": self.edition.hash}
        address = reverse("applicant:save", args=[self.application.public_id])
        answer = self.client.post(address, sent, headers={"accept": "application/json"})
        if answer.status_code != 200 or not answer.json()["versions"]:
            raise SystemExit(f"{address}: {answer.status_code} {answer.content[:200]!r}")
        self.version = answer.json()["versions"][self.answer]

    def show(self) -> None:
        """The page, with every row."""
        if self.client.get(self.page).status_code != 200:
            raise SystemExit(self.page)


def main() -> None:
    """Make a database, set Django up, measure in turns, print."""
    parser = argparse.ArgumentParser(description="What rules cost while answers are saved.")
    parser.add_argument("--rows", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=40)
    chosen = parser.parse_args()
    importlib.import_module("tests.environment")  # makes the database and names it in the environment
    os.environ["GUICHET_BASE_URL"] = "http://localhost"
    os.environ["GUICHET_SECRET_KEY"] = "bench-" + "x" * 60
    os.environ["DJANGO_SETTINGS_MODULE"] = "guichet.config.settings"
    importlib.import_module("django").setup()
    measure(chosen)


def measure(chosen: argparse.Namespace) -> None:
    """Both drafts in turns; the first rounds warm the process and are thrown away."""
    from django.conf import settings
    from tests import people

    from guichet.config import build
    from guichet.kernel import clock
    from guichet.kernel.canonical import sha256
    from guichet.programs.models import Edition

    build.static_files(settings.PACKAGE / "web" / "static", settings.BUILD)
    full = Edition.objects.get(pk=people.edition().id)
    document = {**full.document, "application": without_rules(full.document["application"])}
    new = {"program": full.program, "key": "plain", "begins": full.begins, "published_at": clock.now()}
    plain = Edition.objects.create(document=document, hash=sha256(document), **new)
    drafts = {"with rules": Draft(chosen.rows, None), "without": Draft(chosen.rows, plain.pk)}
    taken: dict[tuple[str, str], list[float]] = {}
    for turn in range(chosen.rounds + 3):
        for name, draft in drafts.items():
            for what, work in (("save of one answer", draft.save_typed), ("page of all rows", draft.show)):
                spent = milliseconds(work)
                if turn >= 3:
                    taken.setdefault((what, name), []).append(spent)
    load = f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    print(f"{chosen.rows} rows, medians of {chosen.rounds} rounds; load of the machine {load}")
    for what in ("save of one answer", "page of all rows"):
        ruled, bare = (median(taken[what, name]) for name in drafts)
        print(f"{what:20} with rules {ruled:7.2f} ms   without {bare:7.2f} ms   ×{ruled / bare:.2f}")


if __name__ == "__main__":
    main()
