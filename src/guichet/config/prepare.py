"""The two steps of a start that need Django, each in a process of its own: ``owner``, then ``application``."""

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

import django
from django.core.management import call_command


def _pending() -> bool:
    """Whether a migration has not run yet."""
    # Imported here: it needs Django to be set up.
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _as_owner() -> None:
    """Bring the tables up to date, and give the application role its rights on the rows."""
    # Imported here: it needs Django to be set up.
    from guichet.kernel.database import grant_to_application

    if _pending():
        print("Preparing the tables", flush=True)
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    if role := os.environ.get("GUICHET_APPLICATION_ROLE"):
        grant_to_application(os.environ["DATABASE_URL"], role)


def publish_all(programs: Path, offered: Callable[[Path], bool] = lambda _folder: True) -> None:
    """Publish every edition of every program in the folder that is ``offered``; published ones stay as they are.

    An edition that was changed after it was published, or in which a stricter check now finds faults, keeps its
    published form, which is said: a portal that serves it must start again.
    """
    # Imported here: they need Django to be set up.
    from guichet.programs import queries
    from guichet.programs.actions import publish
    from guichet.programs.errors import EditionFrozen, PackageFaults, UnknownProgram

    for edition in sorted(programs.glob("*/*/edition.yaml")):
        if not offered(edition.parent):
            continue
        try:
            publish(actor=None, folder=edition.parent)
        except EditionFrozen:
            print(
                f"{edition.parent.relative_to(programs)} differs from what was published under that name; the portal"
                " goes on with the published edition. A change needs an edition folder of its own.",
                flush=True,
            )
        except PackageFaults as faults:
            name = edition.parent.relative_to(programs)
            try:
                queries.edition_called(edition.parent.parent.name, edition.parent.name)
            except UnknownProgram:
                sys.exit(f"{faults}\nguichet: {name} has the faults above.")
            print(f"{faults}\n{name} has the faults above; the portal goes on with the published edition.", flush=True)


def _as_application() -> None:
    """Build what is missing, publish the packages, and load the demonstration."""
    # Imported here: they need Django to be set up.
    from django.conf import settings
    from django.core.management.base import SystemCheckError

    from guichet.config import build, demonstration

    if _pending():
        sys.exit(
            "guichet: the tables of DATABASE_URL are not up to date; give GUICHET_OWNER_DATABASE_URL, or migrate as the"
            " owner first (docs/operating.md)."
        )
    try:
        call_command("check", fail_level="ERROR", stdout=io.StringIO())
    except SystemCheckError as error:
        sys.exit(f"guichet: {error}")
    build.static_files(settings.PACKAGE / "web" / "static", settings.BUILD)
    if not settings.DEMONSTRATION:
        publish_all(settings.PROGRAMS)
    else:
        publish_all(settings.PROGRAMS, demonstration.offers)
        demonstration.load(os.environ["GUICHET_DEMO_PASSWORD"], settings.PROGRAMS)


if __name__ == "__main__":
    django.setup()
    {"owner": _as_owner, "application": _as_application}[sys.argv[1]]()
