"""The portal behind the proxy, its processes and its database, as the chaos suite strikes and judges them."""

import contextlib
import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import psycopg
from playwright.sync_api import Browser, BrowserContext, Page

from tests.chaos.proxy import Proxy
from tests.journeys.server import Mailbox, Portal

SECTION = "project"
FIELD = "project_summary"
LOGIN = "/en/log-in/"


class Disk:
    """The disk of the files, which can be full: a small one in memory, or, where nothing may be mounted, a limit on the
    size of files. Either way it is the system that refuses."""

    def __init__(self, world: "World") -> None:
        self._world, self.folder = world, world.portal.data / "files"
        self.folder.mkdir(mode=0o700, exist_ok=True)
        mount = ["mount", "-t", "tmpfs", "-o", "size=8m,mode=700", "guichet-chaos", str(self.folder)]
        self._mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
        self._filler = self.folder / "filler"

    def fill(self) -> None:
        """From now on there is room for nothing."""
        if not self._mounted:
            self._limit(1)
            return
        with contextlib.suppress(OSError), self._filler.open("wb", buffering=0) as file:
            while file.write(bytes(4096)):
                pass

    def free(self) -> None:
        """There is room again."""
        if self._mounted:
            self._filler.unlink(missing_ok=True)
        else:
            self._limit(psutil.RLIM_INFINITY)

    def give_back(self) -> None:
        """The disk as it was."""
        self.free()
        if self._mounted:
            subprocess.run(["umount", "--lazy", str(self.folder)], check=True)

    def _limit(self, size: int) -> None:
        for process in self._world.web_processes():
            process.rlimit(psutil.RLIMIT_FSIZE, (size, psutil.RLIM_INFINITY))


@dataclass
class World:
    """Everything a run needs. ``states`` keeps the cookies of people who are signed in."""

    portal: Portal
    proxy: Proxy
    mailbox: Mailbox
    states: dict[str, Any] = field(default_factory=dict)
    draft: str = ""

    @classmethod
    def begun(cls, folder: Path) -> "World":
        """A portal on an empty data folder, which knows itself by the proxy's address."""
        mailbox, proxy = Mailbox(), Proxy()
        mailbox.start()
        portal = Portal(folder / "data", mailbox, {"GUICHET_BASE_URL": f"http://localhost:{proxy.port}"})
        proxy.target = portal.port
        portal.start()
        return cls(portal, proxy, mailbox)

    def end(self) -> None:
        """Stop all of it."""
        self.portal.stop()
        self.proxy.stop()
        self.mailbox.stop()

    @property
    def base_url(self) -> str:
        """Where the browser finds the portal."""
        return f"http://localhost:{self.proxy.port}"

    # -- people ---------------------------------------------------------------------------------------------------
    def context(self, browser: Browser, who: str = "signatory", *, fresh: bool = False) -> BrowserContext:
        """A browser in which that person is signed in; ``fresh`` with a session of its own."""
        if who in self.states and not fresh:
            context = browser.new_context(base_url=self.base_url, storage_state=self.states[who])
            context.set_default_timeout(30_000)
            return context
        context = browser.new_context(base_url=self.base_url)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.goto(LOGIN)
        page.fill("[name=login]", f"{who}@demo.example")
        page.fill("[name=password]", self.portal.password)
        page.locator("main form button.button").first.click()
        page.wait_for_url(re.compile("/home/"))
        if not fresh:
            self.states[who] = context.storage_state()
        if not self.draft:
            self._start(page)
        page.close()
        return context

    def _start(self, page: Page) -> None:
        page.goto("/en/my-applications/canexport/new/canexport-smes/")
        page.get_by_role("main").locator("form button.button, a[href*='/application/']").first.click()
        page.wait_for_url(re.compile("/application/"))
        self.draft = page.url.split("/application/")[1].split("/")[0]

    def address(self, language: str = "en") -> str:
        """The page on which the text is typed."""
        path = {"en": "/en/application/{}/section/{}/", "fr": "/fr/demande/{}/section/{}/"}[language]
        return path.format(self.draft, SECTION)

    # -- processes ------------------------------------------------------------------------------------------------
    def _children(self, words: str) -> list[psutil.Process]:
        assert self.portal.process is not None
        found = []
        for child in psutil.Process(self.portal.process.pid).children():
            with contextlib.suppress(psutil.Error):
                if words in " ".join(child.cmdline()):
                    found += [child, *child.children(recursive=True)]
        return found

    def kill(self, words: str) -> None:
        """SIGKILL to a child of the supervisor, and to all that it had started."""
        found = self._children(words)
        assert found, f"no process with {words}"
        for process in found:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()

    def web_processes(self) -> list[psutil.Process]:
        """Those that answer requests."""
        return self._children("gunicorn")[1:]

    def kill_web_process(self) -> None:
        """SIGKILL to the processes that answer requests; the master, which starts them again, stays."""
        for process in self.web_processes():
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Inside, every save stops in the middle: it waits for a lock that is not given."""
        folder = self.portal.data / "postgres"
        connection = psycopg.connect(f"postgresql://guichet_owner@/guichet?host={folder}", connect_timeout=5)
        try:
            connection.execute(
                "SELECT 1 FROM answers_sheet sheet JOIN applications_application draft ON draft.sheet_id = sheet.id"
                " WHERE draft.public_id = %s FOR UPDATE OF sheet",
                [self.draft],
            )
            yield
        finally:
            with contextlib.suppress(psycopg.Error):
                connection.close()  # rolls back

    def saves_held(self) -> int:
        """How many saves have come as far as that lock."""
        return int(self.ask("SELECT count(*) FROM pg_locks WHERE NOT granted")[0][0])

    def kill_database(self) -> None:
        """SIGKILL to the embedded PostgreSQL, whole."""
        number = int((self.portal.data / "postgres" / "postmaster.pid").read_text().split()[0])
        server = psutil.Process(number)
        for process in [server, *server.children(recursive=True)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()

    # -- what is stored -------------------------------------------------------------------------------------------
    def ask(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows, asked of the database itself."""
        folder = self.portal.data / "postgres"
        with psycopg.connect(f"postgresql://guichet_owner@/guichet?host={folder}", connect_timeout=5) as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def history(self, after: int = 0) -> list[tuple[int, str, int, str]]:
        """What was ever written for the answer: id, text, version, who."""
        rows = self.ask(
            "SELECT change.id, change.value, change.version, change.changed_by_name FROM answers_answerchange change"
            " JOIN applications_application draft ON draft.sheet_id = change.sheet_id"
            " WHERE draft.public_id = %s AND change.path = %s AND change.id > %s ORDER BY change.id",
            self.draft,
            FIELD,
            after,
        )
        return [(number, _text(value), version, name) for number, value, version, name in rows]

    def stored(self) -> tuple[str, int]:
        """The text that stands, and its version."""
        rows = self.history()
        return (rows[-1][1], rows[-1][2]) if rows else ("", 0)

    def arrived(self, name: str) -> int:
        """How many bytes of a file on its way count."""
        rows = self.ask('SELECT "offset" FROM files_upload WHERE name = %s', name)
        return int(rows[0][0]) if rows else 0

    def file_as_kept(self, name: str) -> list[bytes]:
        """What the answers name so, byte by byte; one for each time that it is there."""
        rows = self.ask(
            "SELECT file.stored_name FROM files_storedfile file JOIN answers_answer answer"
            " ON answer.path = 'attachments' AND answer.value::text LIKE '%%' || file.public_id || '%%'"
            " WHERE file.name = %s",
            name,
        )
        return [(self.portal.data / "files" / stored[:2] / stored).read_bytes() for (stored,) in rows]

    def rows_twice(self) -> int:
        """Rows that are there twice: one answer, one version."""
        found = self.ask(
            "SELECT count(*) FROM (SELECT 1 FROM answers_answerchange GROUP BY sheet_id, path, version"
            " HAVING count(*) > 1) AS twice"
        )
        return int(found[0][0])


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else json.dumps(value)
