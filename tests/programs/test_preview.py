"""The preview: a package alone, nothing of a real portal, an organization out of a golden case."""

import shutil

import pytest

from guichet.config import demonstration, preview
from guichet.config.cast import SIGNATORY
from guichet.config.prepare import publish_all
from guichet.eligibility.queries import has_met
from guichet.organizations.models import Organization
from guichet.programs.queries import programs
from tests.programs.packages import SHIPPED, changed, documented, example, write
from tests.programs.test_cases import SOUND


def test_nothing_of_a_real_portal_reaches_it(tmp_path):
    real = {"DATABASE_URL": "postgresql:///real", "GUICHET_EMAIL_URL": "smtp://real", "GUICHET_SECRET_KEY_FILE": "/key"}
    real |= {
        "GUICHET_MODE": "production",
        "GUICHET_DATA": "/srv/real",
        "GUICHET_PROGRAMS": "/srv/programs",
        "PATH": "/bin",
    }
    kept = preview.separate(real, tmp_path / "data", tmp_path / "programs")
    assert kept == {
        "PATH": "/bin",
        "GUICHET_MODE": "demonstration",
        "GUICHET_DATA": str(tmp_path / "data"),
        "GUICHET_PROGRAMS": str(tmp_path / "programs"),
    }


@pytest.mark.django_db
def test_the_first_case_that_may_apply_becomes_an_organization(tmp_path):
    folder = changed(tmp_path / "mine", "calendar.yaml", "first_year: 2030", "first_year: 2020")
    (folder / "cases").mkdir()
    (folder / "cases" / "first.yaml").write_text(SOUND, encoding="utf-8")
    preview.lay_out(folder, tmp_path / "shown")
    publish_all(tmp_path / "shown")
    demonstration.load("a long enough password", tmp_path / "shown")
    assert [edition.key for edition in programs()] == ["2030"]
    organization = Organization.objects.get()
    assert organization.legal_name == "Baie-Verte"
    assert has_met(organization, "village-grants")


def test_an_edition_whose_calendar_has_not_begun_is_shown_without_an_organization(tmp_path):
    preview.lay_out(write(tmp_path / "mine", documented()), tmp_path / "shown")
    assert not list((tmp_path / "shown").glob("*/demonstration.yaml"))


def test_a_package_without_cases_is_shown_without_an_organization(tmp_path):
    preview.lay_out(write(tmp_path / "mine"), tmp_path / "shown")
    assert not list((tmp_path / "shown").glob("*/demonstration.yaml"))


def test_tables_of_a_case_become_rows(tmp_path):
    folder = SHIPPED / "canexport-smes" / "2024-25"
    preview.lay_out(folder, tmp_path)
    text = (tmp_path / "canexport-smes" / "demonstration.yaml").read_text(encoding="utf-8")
    assert SIGNATORY.email in text
    assert '"owners": [{"name": "Marie Tremblay", "country": "CA", "share": "100"}]' in text


def test_one_edition_is_shown_at_a_time(tmp_path):
    folder = write(tmp_path / "mine", example())
    shutil.copytree(folder, folder.parent / "2031")
    with pytest.raises(SystemExit, match="has: 2030, 2031"):
        preview.lay_out(folder.parent, tmp_path / "shown")
