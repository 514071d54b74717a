"""What a key costs the browser in a table of a hundred rows, with the scripts of the page as they are built.

    .venv/bin/python bench/long_table.py [--rows 100] [--keys 200]

The page is drawn once and shown to Chromium without the portal, so that nothing but the page's own scripts runs: what a
key takes until everything on the page is right again, and the longest task of the browser's main thread while somebody
types faster than anybody can. The aim: no task above 50 ms. Prints figures, and no verdict.
"""

import argparse
import importlib
import os
import statistics
import sys
from pathlib import Path
from typing import Any

sys.path[0] = str(Path(__file__).resolve().parents[1])

WATCH = """() => {
  window.took = [];
  window.long = [];
  const told = (list) => long.push(...list.getEntries().map((entry) => entry.duration));
  new PerformanceObserver(told).observe({ type: "longtask" });
  let began = 0;
  document.addEventListener("input", () => (began = performance.now()), true);
  document.addEventListener("guichet:evaluated", () => setTimeout(() => took.push(performance.now() - began)));
}"""


def drawn(rows: int) -> tuple[str, str, str]:
    """Address and HTML of the section with so many activities, one of them open; the name of its cost."""
    from django.conf import settings
    from django.test import Client
    from tests import people
    from tests.web import applying

    from bench import sections

    firm = people.firm("transmitted")
    application = applying.completed(firm)
    sections.with_rows(firm, application, rows)
    client = Client(headers={"host": "localhost"})
    client.force_login(firm.signatory, backend=settings.AUTHENTICATION_BACKENDS[0])
    path = sections.section(application, "activities", applying.ROW)
    return path, client.get(path).content.decode(), f"activities.{applying.ROW}"


def measured(page: Any, row: str, keys: int) -> dict[str, list[float]]:
    """Type in the cost and in the description; milliseconds."""
    page.evaluate(WATCH)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = _worked(devtools)
    for column, typed in (("cost", "1234567.89"), ("description", "What, why, when, who. ")):
        field = page.locator(f'[name="{row}.{column}"]')
        field.fill("")
        for _time in range(max(1, keys // 2 // len(typed))):
            field.press_sequentially(typed)
    return {**page.evaluate("({ took, long })"), "worked": [_worked(devtools) - before]}


def _worked(devtools: Any) -> float:
    """Milliseconds that the page's main thread has had a processor."""
    metrics = {each["name"]: each["value"] for each in devtools.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"]) * 1000


def main() -> None:
    """Draw, show, type, print."""
    parser = argparse.ArgumentParser(description="What a key costs the browser in a long table.")
    parser.add_argument("--rows", type=int, default=100)
    parser.add_argument("--keys", type=int, default=200)
    chosen = parser.parse_args()
    importlib.import_module("tests.environment")  # makes the database and names it in the environment
    os.environ["GUICHET_BASE_URL"] = "http://localhost"
    os.environ["GUICHET_SECRET_KEY"] = "bench-" + "x" * 60
    os.environ["DJANGO_SETTINGS_MODULE"] = "guichet.config.settings"
    importlib.import_module("django").setup()
    from django.conf import settings
    from playwright.sync_api import sync_playwright
    from tests.browsers import CHROMIUM_ARGUMENTS
    from tests.journeys.shown import shown
    from tests.seen import Page

    from guichet.config import build

    build.static_files(settings.PACKAGE / "web" / "static", settings.BUILD)
    path, html, row = drawn(chosen.rows)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=list(CHROMIUM_ARGUMENTS))
        with shown(browser, settings.STATIC_ROOT) as window:
            window.show(Page(path, 200, html))
            found = measured(window.tab, row, chosen.keys)
        browser.close()
    took, tasks = found["took"], found["long"]
    print(f"{chosen.rows} rows, {len(took)} looks at the page; load of the machine {os.getloadavg()[0]:.1f}")
    print(f"a key until the page is right: median {statistics.median(took):.1f} ms, longest {max(took):.1f} ms")
    print(f"processor of the main thread: {found['worked'][0] / len(took):.1f} ms a key, drawing included")
    print(f"tasks above 50 ms: {len(tasks)}" + (f", the longest {max(tasks):.0f} ms" if tasks else ""))


if __name__ == "__main__":
    main()
