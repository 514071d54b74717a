"""What a start does with the packages that it finds."""

import shutil
from pathlib import Path

import pytest

from guichet.config import demonstration
from guichet.config.prepare import publish_all
from guichet.programs import queries

MINIMAL = Path(__file__).resolve().parents[1] / "packages" / "minimal"


@pytest.fixture
def programs(tmp_path):
    """A folder of programs with the small one in it."""
    shutil.copytree(MINIMAL, tmp_path / "minimal")
    return tmp_path


@pytest.mark.django_db
def test_the_demonstration_offers_the_editions_that_its_file_names(programs):
    shutil.copytree(programs / "minimal" / "spring-2026", programs / "minimal" / "autumn-2026")
    assert demonstration.offers(programs / "minimal" / "autumn-2026")  # every one, where nothing is said
    (programs / "minimal" / "demonstration.yaml").write_text("editions: [spring-2026]\norganizations: []\n")
    publish_all(programs, demonstration.offers)
    assert [edition.key for edition in queries.editions()] == ["spring-2026"]
    publish_all(programs)
    assert len(queries.editions()) == 2


def spoil(programs):
    """Give the package a fault."""
    with (programs / "minimal" / "spring-2026" / "application.yaml").open("a", encoding="utf-8") as file:
        file.write("\nunheard_of: true\n")


@pytest.mark.django_db
def test_a_package_with_faults_stops_the_first_start(programs):
    spoil(programs)
    with pytest.raises(SystemExit, match=r"minimal/spring-2026 has the faults above\.$"):
        publish_all(programs)


@pytest.mark.django_db
def test_a_published_edition_goes_on_when_its_folder_has_faults(programs, capsys):
    publish_all(programs)
    published = queries.edition_called("minimal", "spring-2026")
    spoil(programs)
    publish_all(programs)
    assert "unheard_of" in capsys.readouterr().out
    assert queries.edition_called("minimal", "spring-2026") == published
