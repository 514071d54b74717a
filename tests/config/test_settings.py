"""Settings: each mistake is answered by one sentence that says what to set; production refuses what is unsafe."""

import os
import subprocess
import sys

import pytest

from tests.house.sources import ROOT

PRODUCTION = {
    "GUICHET_MODE": "production",
    "DATABASE_URL": "postgresql://guichet_app@db.example.org/guichet",
    "GUICHET_SECRET_KEY": "k" * 20 + "0123456789abcdefghijklmnopqrstuvwxyz",
    "GUICHET_BASE_URL": "https://portal.example.org",
    "GUICHET_EMAIL_URL": "smtp://relay.example.org:25",
    "GUICHET_SUPPORT_EMAIL": "help@example.org",
}


def load(**settings):
    """The exit code and the last line of importing the settings in a fresh Python."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("GUICHET_", "DATABASE_"))}
    result = subprocess.run(
        [sys.executable, "-c", "import guichet.config.settings as s; print(s.MODE)"],
        env={**own, "PYTHONPATH": str(ROOT / "src"), **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    return result.returncode, (result.stdout + result.stderr).strip()


def test_demonstration_needs_nothing_but_a_database():
    assert load(DATABASE_URL="postgresql:///x") == (0, "demonstration")


def test_production_with_everything_it_needs():
    assert load(**PRODUCTION) == (0, "production")


@pytest.mark.parametrize("name", ["DATABASE_URL", "GUICHET_SECRET_KEY", "GUICHET_BASE_URL", "GUICHET_EMAIL_URL"])
def test_production_asks_for_what_is_missing(name):
    code, said = load(**{key: value for key, value in PRODUCTION.items() if key != name})
    assert code == 1
    assert said.startswith(f"guichet: {name} is not set.")
    assert "\n" not in said


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("GUICHET_MODE", "prod", "must be one of demonstration, production"),
        ("GUICHET_SECRET_KEY", "short", "at least 50 random characters"),
        ("GUICHET_SECRET_KEY", "a" * 60, "at least 50 random characters"),
        ("GUICHET_BASE_URL", "http://portal.example.org", "must begin with https://"),
        ("GUICHET_HOSTS", "*", "* is not accepted"),
        ("GUICHET_DEMO_PASSWORD", "anything", "belongs to demonstration mode"),
        ("GUICHET_EMAIL_URL", "demonstration://", "must name an SMTP relay"),
        ("GUICHET_EMAIL_URL", "http://relay", "must begin with smtp://"),
        ("GUICHET_SESSION_IDLE_SECONDS", "two hours", "must be a whole number"),
        ("GUICHET_REDIRECT_TO_HTTPS", "maybe", "must be one of true, false"),
        ("GUICHET_TIME_ZONE", "Canada/Nowhere", "is not a time zone"),
        ("DATABASE_URL", "mysql://somewhere", "is not a PostgreSQL address"),
        ("DATABASE_URL", "one two three", "is not a PostgreSQL address"),
    ],
)
def test_what_production_refuses(name, value, says):
    code, said = load(**{**PRODUCTION, name: value})
    assert code == 1
    assert said.startswith(f"guichet: {name}")
    assert says in said
    assert "\n" not in said


def test_production_expects_a_web_server_in_front():
    own = {name: value for name, value in os.environ.items() if not name.startswith(("GUICHET_", "DATABASE_"))}
    asked = [sys.executable, "-c", "import guichet.config.settings as s; print(s.ALLAUTH_TRUSTED_PROXY_COUNT)"]
    environment = {**own, "PYTHONPATH": str(ROOT / "src"), **PRODUCTION}
    assert subprocess.check_output(asked, env=environment, text=True).strip() == "1"
    assert subprocess.check_output(asked, env={**environment, "GUICHET_PROXIES": "2"}, text=True).strip() == "2"


def test_a_secret_may_come_from_a_file(tmp_path):
    path = tmp_path / "key"
    path.write_text(PRODUCTION["GUICHET_SECRET_KEY"] + "\n")
    given = {key: value for key, value in PRODUCTION.items() if key != "GUICHET_SECRET_KEY"}
    assert load(**given, GUICHET_SECRET_KEY_FILE=str(path)) == (0, "production")
    path.write_text("")
    assert "which is empty" in load(**given, GUICHET_SECRET_KEY_FILE=str(path))[1]
    assert "cannot be read" in load(**given, GUICHET_SECRET_KEY_FILE=str(tmp_path / "none"))[1]
