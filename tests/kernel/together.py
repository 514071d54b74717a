"""Tests of things that happen at once need real commits, on connections of their own.

The database is the run's own and is dropped at its end, so nothing is cleaned up: each test makes its own objects.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Start every act at the same moment, each in a thread with a connection; their results, or what they raised."""
    connection.close()  # its place in the pool may be needed
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            gate.wait(timeout=20)
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
