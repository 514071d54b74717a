"""The one client of the tests: every page that it receives is checked (tests/page.py), and noted (tests/seen.py)."""

import re
from typing import Any

from django.conf import settings
from django.test import Client

from tests import page, seen


class PageClient(Client):
    """Django's client; an answer that is a page and is not well made fails the test that asked for it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._somebodys: dict[str, bool] = {}

    def request(self, **request: Any) -> Any:
        """Ask, check, answer. Raises AssertionError with every fault of the page."""
        signed_in = self.signed_in()
        response = super().request(**request)
        kind = response.headers.get("Content-Type", "")
        if kind.startswith("text/html") and not response.streaming and response.content:
            path = request.get("PATH_INFO", "")
            faults = self.faults(response, path, signed_in=signed_in)
            assert not faults, f"{path} ({response.status_code}):\n- " + "\n- ".join(faults)
        return response

    def signed_in(self) -> bool:
        """Whether the session is somebody's. Asked of the database once per session, not to count in tests."""
        cookie = self.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie is None or not cookie.value:
            return False
        if cookie.value not in self._somebodys:
            self._somebodys[cookie.value] = "_auth_user_id" in self.session
        return self._somebodys[cookie.value]

    def faults(self, response: Any, path: str, *, signed_in: bool) -> list[str]:
        """Everything wrong with the page and its headers."""
        of_path = re.match(r"/(en|fr)(/|$)", path)
        language = of_path[1] if of_path else response.headers.get("Content-Language", "")
        html = response.content.decode(response.charset)
        seen.note(seen.Page(path, response.status_code, html, dict(response.headers)))
        return page.faults(html, language=language) + page.header_faults(
            response.headers, language, signed_in=signed_in
        )
