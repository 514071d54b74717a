"""What a section page and a save cost, beside a bare Django page and a bare save of one row.

    .venv/bin/python bench/section_page.py [--rounds 12] [--each 15]

Both sites run on the same kind of server and the same database in the same run, and are asked in turns over open
connections, so that what else the machine does falls on both. The database is the tests' own PostgreSQL, with
``fsync`` and ``synchronous_commit`` on; it is dropped at the end. Prints figures and ratios, and no verdict.
"""

import argparse
import importlib
import os
import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])


def main() -> None:
    """Make a database, set Django up, measure."""
    parser = argparse.ArgumentParser(description="What a section page and a save cost, beside a bare Django page.")
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--each", type=int, default=15, help="requests of each kind in a round")
    chosen = parser.parse_args()
    importlib.import_module("tests.environment")  # makes the database and names it in the environment
    os.environ["GUICHET_BASE_URL"] = "http://localhost"
    os.environ["GUICHET_SECRET_KEY"] = "bench-" + "x" * 60
    os.environ["DJANGO_SETTINGS_MODULE"] = "guichet.config.settings"
    importlib.import_module("django").setup()
    importlib.import_module("bench.sections").main(chosen)


if __name__ == "__main__":
    main()
