"""Two hundred people who type at once, one save every five seconds each, beside the same save when nobody else types.

    .venv/bin/python bench/typing_load.py [--people 200] [--seconds 30] [--every 5]
    .venv/bin/python bench/typing_load.py --seconds 600        the whole of it

The people, their firms and drafts are made in a database of its own, dropped at the end; the server is the product's,
with as many processes and threads as ``./guichet up`` gives it. Ends with 1 when a save was refused or its 95th
percentile is five times the idle median or more; prints the memory of the processes every 30 s.
"""

import argparse
import importlib
import os
import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])


def main() -> int:
    """Make a database, set Django up, measure."""
    parser = argparse.ArgumentParser(description="People who type at once.")
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--every", type=float, default=5, help="seconds between two saves of one person")
    chosen = parser.parse_args()
    importlib.import_module("tests.environment")  # makes the database and names it in the environment
    os.environ["GUICHET_BASE_URL"] = "http://localhost"
    os.environ["GUICHET_SECRET_KEY"] = "bench-" + "x" * 60
    os.environ["DJANGO_SETTINGS_MODULE"] = "guichet.config.settings"
    importlib.import_module("django").setup()
    return int(importlib.import_module("bench.typists").main(chosen))


if __name__ == "__main__":
    sys.exit(main())
