"""Firms for the journeys, made in the running portal's own database: ``python -m tests.journeys.firms FIRST LANGUAGE``.

A journey that only needs a client who may begin an application would spend ten seconds of browser on the way there,
and the people of the demonstration are few: what one journey does with them, the next would find. So each has a firm
of its own, made through the product's actions. Prints the address with which its signatory logs in.
"""

import itertools
import os
import subprocess
import sys

from tests.journeys.server import ROOT, Portal

_first = itertools.count(1_000, 100)


def signatory(portal: Portal, language: str) -> str:
    """A new firm whose account profile is transmitted; returns the e-mail address of its one signatory."""
    database = f"postgresql://guichet_owner@/guichet?host={portal.data / 'postgres'}"
    environment = portal.environment() | {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "guichet.config.settings",
        "GUICHET_DATA": str(portal.data),
        "GUICHET_SECRET_KEY": "that of a process which signs nothing, and is gone at once",
    }
    command = [sys.executable, "-m", "tests.journeys.firms", str(next(_first)), language]
    made = subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True, timeout=60)
    return made.stdout.strip()


def _make(first: int, language: str, password: str) -> str:
    """What the process does; ``first`` is the first of the numbers that tell its people and firms from others."""
    import django  # the settings of this process are the running portal's

    django.setup()
    from django.db import transaction

    from tests import people

    people.numbers = itertools.count(first)
    with transaction.atomic():
        user = people.firm("transmitted", language=language).signatory
        user.set_password(password)
        user.save(update_fields=["password"])
    return user.email


if __name__ == "__main__":
    sys.stdout.write(_make(int(sys.argv[1]), sys.argv[2], os.environ["GUICHET_DEMO_PASSWORD"]))
