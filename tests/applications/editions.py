"""Newer editions of the test program: its folder copied, and some texts in it replaced."""

import shutil
from pathlib import Path

from guichet.programs import queries
from guichet.programs.actions import publish
from guichet.programs.queries import PublishedEdition
from tests.applications.scene import PACKAGE

# What the newer edition has otherwise: one question less, one more, and several of another kind.
QUESTIONS = (
    ("- {key: summary, type: long_text, max_length: 4000, label: {en: Summary, fr: Résumé}}", ""),
    (
        "- {key: has_partner, type: yes_no,",
        "- {key: jobs, type: integer, label: {en: How many jobs?, fr: Combien d’emplois?}}\n"
        "      - {key: has_partner, type: yes_no,",
    ),
    (
        "{key: what, type: short_text, max_length: 100, label: {en: What, fr: Quoi}}",
        "{key: what, type: choice, label: {en: What, fr: Quoi}, choices: ["
        "{key: visit, label: {en: Visit, fr: Visite}}, {key: other, label: {en: Other, fr: Autre}}]}",
    ),
    ("label: {en: Start, fr: Début}", "label: {en: First day, fr: Premier jour}"),
    ("{key: plan, type: file,", "{key: plan, type: files, max_files: 3,"),
)


def newer(
    folder: Path,
    *,
    program: str = "minimal",
    key: str = "autumn-2026",
    begins: str = "2026-01-06",
    changes: tuple[tuple[str, str], ...] = QUESTIONS,
    edition: tuple[tuple[str, str], ...] = (),
) -> PublishedEdition:
    """Publish a newer edition, made in ``folder``: ``changes`` are made in application.yaml, ``edition`` in its own."""
    home = folder / program
    home.mkdir(parents=True, exist_ok=True)
    shutil.copy(PACKAGE.parent / "program.yaml", home)
    copy = home / key
    shutil.copytree(PACKAGE, copy)
    titles = (("spring 2026", "autumn 2026"), ("printemps 2026", "automne 2026"))
    head = (("begins: 2026-01-01", f"begins: {begins}"), *titles)
    _change(copy / "application.yaml", changes)
    _change(copy / "edition.yaml", (*head, *edition))
    publish(actor=None, folder=copy)
    return queries.edition_called(program, key)


def _change(file: Path, changes: tuple[tuple[str, str], ...]) -> None:
    text = file.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    file.write_text("\n".join(line for line in text.splitlines() if line.strip()) + "\n", encoding="utf-8")
