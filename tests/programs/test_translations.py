"""Whether both languages of a text are in step is declared, and noticed when one of them changes alone."""

from pathlib import Path

import pytest

from guichet.programs.errors import PackageFaults
from guichet.programs.loading import declare_translations, load
from guichet.programs.translations import FILE
from tests.programs.packages import KEY, example, write
from tests.programs.test_loading import faults_of


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = write(tmp_path)
    declare_translations(folder)
    return folder


def change(folder: Path, file: str, *pairs: tuple[str, str]) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after, 1)
    path.write_text(text, encoding="utf-8")


def places(folder: Path) -> list[tuple[str, int, int]]:
    return [(fault.file.removeprefix(f"{KEY}/"), fault.line, fault.column) for fault in faults_of(folder)]


def test_a_new_package_starts_without_the_file(tmp_path):
    """Nothing is asked until translations are declared for the first time."""
    assert load(write(tmp_path))


def test_declaring_changes_nothing_of_what_is_published(tmp_path):
    before = load(write(tmp_path)).hash
    assert len(declare_translations(tmp_path / KEY)) > 30
    assert load(tmp_path / KEY).hash == before
    assert declare_translations(tmp_path / KEY) == [], "a second time declares nothing new"


def test_a_french_text_that_did_not_follow_the_english(folder):
    change(folder, "profile.yaml", ("en: Name", "en: Full name"))
    assert places(folder) == [("profile.yaml", 8, 36)]
    assert "the English has changed and the French has not" in faults_of(folder)[0].message
    change(folder, "profile.yaml", ("fr: Nom", "fr: Nom complet"))
    assert "both languages have changed" in faults_of(folder)[0].message
    assert declare_translations(folder) == ["profile/sections/village/questions/village/label"]
    assert load(folder)


def test_an_english_text_that_did_not_follow_the_french(folder):
    change(folder, "application.yaml", ("fr: Chemin", "fr: Route"))
    assert places(folder) == [("application.yaml", 20, 41)]
    assert "the French has changed and the English has not" in faults_of(folder)[0].message


def test_a_text_that_was_never_declared(folder):
    change(folder, "profile.yaml", ("fr: Nom}", "fr: Nom}\n        hint: {en: In full., fr: En entier.}"))
    assert places(folder) == [("profile.yaml", 9, 15)]
    assert "not declared yet" in faults_of(folder)[0].message


def test_a_text_that_moves_or_whose_figures_change_stays_declared(folder):
    change(folder, "edition.yaml", ("people_maximum: 5000", "people_maximum: 6000"))
    change(
        folder,
        "profile.yaml",
        (
            "      - key: village\n",
            "      - key: first\n        type: yes_no\n        label: {en: A, fr: A}\n      - key: village\n",
        ),
    )
    assert places(folder) == [("profile.yaml", 8, 16)]


def test_what_has_another_fault_is_not_declared(tmp_path):
    files = example()
    files[f"{KEY}/profile.yaml"] = files[f"{KEY}/profile.yaml"].replace("fr: Nom}", "fr: ''}")
    folder = write(tmp_path, files)
    with pytest.raises(PackageFaults):
        declare_translations(folder)
    assert not (folder / FILE).exists()


@pytest.mark.parametrize("text", ["texts: []\n", "other: {}\n"])
def test_a_record_that_is_none(folder, text):
    (folder / FILE).write_text(text)
    assert places(folder) == [(FILE, 1, 1)]
