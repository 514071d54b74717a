"""The measurement behind ``bench/typing_load.py``, once Django is set up."""

import argparse
import asyncio
import json
import os
import random
import statistics
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode

import psutil
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import translation
from tests import people
from tests.web import applying

from bench.browsing import Browser, Site, served, token
from bench.sections import section, session_of
from guichet.config import build

FIELD = "project_summary"
WORD = "sirop d’érable "
LONGEST = 120  # words, then the text begins anew
IDLE_SAVES = 300
MOST = 5  # times the idle median
LOOK_EVERY = 30  # seconds


@dataclass
class Typist:
    """A person at a section page; ``headers`` and ``form`` are what a browser sends with every save."""

    path: str
    headers: str
    form: dict[str, str]
    version: int = 0
    words: int = 0

    def request(self) -> bytes:
        """The next save: one word more."""
        self.words = self.words % LONGEST + 1
        body = urlencode(
            self.form
            | {FIELD: WORD * self.words, "seen": json.dumps({FIELD: self.version}), "request_key": str(uuid.uuid4())}
        ).encode()
        head = f"POST {self.path} HTTP/1.1\r\n{self.headers}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        return head.encode() + body


@dataclass
class Taken:
    """Milliseconds of each save, and what was answered where it was not ``saved``."""

    saves: list[float] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)

    async def save(self, typist: Typist, port: int) -> None:
        """One save, from the connection to the end of the answer."""
        sent = typist.request()
        began = time.perf_counter()
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(sent)
            answer = await reader.read()
            writer.close()
        except OSError as error:
            self.refused[type(error).__name__] += 1
            return
        self.saves.append((time.perf_counter() - began) * 1000)
        head, _blank, body = answer.partition(b"\r\n\r\n")
        version = json.loads(body)["versions"].get(FIELD) if head.split(b" ")[1] == b"200" else None
        if version is None:
            self.refused[head.split(b"\r\n")[0].decode()] += 1
        else:
            typist.version = version


def typist(site: Site, number: int) -> Typist:
    """A firm with a draft, and its signatory at the page."""
    firm = people.firm("transmitted")
    draft = applying.started(firm)
    with translation.override("en"):
        save = reverse("applicant:save", args=[draft.public_id])
    browser = Browser(site, session_of(firm.signatory))
    _taken, html = browser.get(section(draft, "project"))
    browser.connection.close()
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    headers = f"Host: localhost\r\nAccept: application/json\r\nCookie: {cookies}\r\n"
    headers += "Content-Type: application/x-www-form-urlencoded\r\n"
    form = {"csrfmiddlewaretoken": token(html), "edition": html.split('data-edition="')[1].split('"')[0]}
    return Typist(save, headers, form, words=number % LONGEST)


async def idle(one: Typist, port: int) -> Taken:
    """One person alone, save after save; the first tenth warms the server."""
    taken = Taken()
    for _save in range(IDLE_SAVES):
        await taken.save(one, port)
        await asyncio.sleep(0.02)
    del taken.saves[: IDLE_SAVES // 10]
    return taken


async def together(all_of_them: list[Typist], port: int, every: float, seconds: float) -> Taken:
    """Each saves at its own moment of the period, whatever the others wait for."""
    taken, end = Taken(), time.monotonic() + seconds

    async def person(one: Typist) -> None:
        due = time.monotonic() + random.random() * every  # noqa: S311 -- a moment
        while due < end:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            await taken.save(one, port)
            due = max(due + every, time.monotonic())

    await asyncio.gather(*(person(one) for one in all_of_them))
    return taken


async def memory(site: Site) -> None:
    """Say every 30 s what the processes hold, in MB: of the web server each its own, of PostgreSQL together."""
    began = time.monotonic()
    while True:
        web = [process.memory_info().rss / 1e6 for process in site.processes]
        print(
            f"{time.monotonic() - began:5.0f} s  web {' '.join(f'{size:.1f}' for size in web)}"
            f"  PostgreSQL {postgres() / 1e6:.1f}  load {os.getloadavg()[0]:.1f}",
            flush=True,
        )
        await asyncio.sleep(LOOK_EVERY)


def postgres() -> int:
    """Bytes that the server processes of this database have for themselves."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        numbers = [number for (number,) in cursor.fetchall()]
    total = 0
    for number in numbers:
        try:
            total += psutil.Process(number).memory_full_info().uss
        except psutil.Error:
            continue
    return total


async def measure(site: Site, all_of_them: list[Typist], chosen: argparse.Namespace) -> tuple[Taken, Taken]:
    """Alone, then together, with an eye on the memory."""
    alone = await idle(all_of_them[0], site.port)
    site.look()
    watch = asyncio.create_task(memory(site))
    crowd = await together(all_of_them, site.port, chosen.every, chosen.seconds)
    watch.cancel()
    return alone, crowd


def main(chosen: argparse.Namespace) -> int:
    """Make the people, measure, print; 1 where the goal is missed."""
    build.static_files(settings.PACKAGE / "web" / "static", settings.BUILD)
    environment = {**os.environ, "PYTHONPATH": f"{settings.CHECKOUT / 'src'}{os.pathsep}{settings.CHECKOUT}"}
    people.edition()
    with served("guichet.config.wsgi", environment) as site:
        all_of_them = [typist(site, number) for number in range(chosen.people)]
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        alone, crowd = asyncio.run(measure(site, all_of_them, chosen))
    median = statistics.median(alone.saves)
    fifth = statistics.quantiles(crowd.saves, n=20)[18]
    refused = alone.refused + crowd.refused
    print(
        f"alone: median {median:.1f} ms of {len(alone.saves)}; {chosen.people} people for {chosen.seconds:.0f} s:"
        f" {len(crowd.saves)} saves, median {statistics.median(crowd.saves):.1f} ms, 95th percentile {fifth:.1f} ms"
        f" (×{fifth / median:.1f}), longest {max(crowd.saves):.0f} ms; refused {sum(refused.values())} {dict(refused)}"
    )
    return 1 if refused or fifth >= MOST * median else 0
