"""What the check of a large package costs, beside reading its YAML alone.

    .venv/bin/python bench/package_check.py [--questions 200] [--rules 30] [--rounds 9]

Writes the example of docs/programs.md with that many questions, and rules among them, into a temporary folder, declares
its translations, and measures the whole check against parsing the same files with the same YAML library, in turns.
Prints figures and ratios, and no verdict.
"""

import argparse
import importlib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)
sys.path.insert(0, str(ROOT / "src"))

_QUESTION = """      - key: question_{n}
        type: {kind}
        label: {{en: Question number {n}, fr: Question numéro {n}}}
        hint: {{en: What is meant by question {n}, fr: Ce que veut dire la question {n}}}
"""
_RULE = """        visible:
          all:
            - {{answered: {{answer: question_{a}}}}}
            - {{more_than: [{{answer: question_{b}}}, {n}]}}
"""
_SECTION = "  - key: part_{n}\n    title: {{en: Part {n}, fr: Partie {n}}}\n    questions:\n"


def questions(count: int, rules: int) -> str:
    """Sections of ten questions; the last ``rules`` of them are shown under a condition."""
    text = ""
    for n in range(count):
        if n % 10 == 0:
            text += _SECTION.format(n=n)
        text += _QUESTION.format(n=n, kind="integer" if n < count - rules else "long_text")
        if n >= count - rules:
            text += _RULE.format(n=n, a=n - count + rules, b=n - count + rules + 1)
    return text


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Generate, measure in turns, print."""
    parser = argparse.ArgumentParser(description="What the check of a large package costs, beside parsing its YAML.")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--rules", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=9)
    chosen = parser.parse_args()
    os.environ["DATABASE_URL"] = "postgresql:///none"
    os.environ["DJANGO_SETTINGS_MODULE"] = "guichet.config.settings"
    importlib.import_module("django").setup()
    packages = importlib.import_module("tests.programs.packages")
    loading = importlib.import_module("guichet.programs.loading")
    reader = importlib.import_module("ruamel.yaml").YAML
    with TemporaryDirectory() as folder:
        files = packages.example()
        files[f"{packages.KEY}/application.yaml"] += questions(chosen.questions, chosen.rules)
        edition = packages.write(Path(folder), files)
        texts = len(loading.declare_translations(edition))
        written = [path.read_text(encoding="utf-8") for path in edition.glob("*.yaml")]

        def parse() -> None:
            for text in written:
                reader(typ="safe", pure=True).compose(text)

        taken = [(seconds(parse), seconds(lambda: loading.load(edition))) for _round in range(chosen.rounds + 1)][1:]
    parsing, check = median(one for one, _ in taken), median(two for _, two in taken)
    size = sum(len(text) for text in written) / 1000
    print(f"{chosen.questions} questions, {chosen.rules} rules, {texts} texts in two languages, {size:.0f} KB")
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; medians of {chosen.rounds} rounds")
    print(f"parsing its YAML   {parsing:6.3f} s")
    print(f"the whole check    {check:6.3f} s   ×{check / parsing:.1f}")


if __name__ == "__main__":
    main()
