"""What ``./guichet test`` does: every check, then every test; pytest's summary is the last line.

With arguments, only pytest runs, with them.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = {"chromium": "chromium", "firefox-esr": "firefox-esr"}  # program: Debian package
BIN = Path(sys.executable).parent
DJANGO = [sys.executable, "-m", "django"]
CHECKS = {
    "ruff check": [BIN / "ruff", "check", ".", "guichet"],
    "ruff format": [BIN / "ruff", "format", "--check", ".", "guichet"],
    "mypy": [BIN / "mypy"],
    "import contracts": [BIN / "lint-imports"],
    "templates": [BIN / "djlint", "--lint", "src/guichet"],
    "French catalogues": [*DJANGO, "messages", "--check"],
}


def install_browsers() -> None:
    """Install the browsers that are missing; end with one sentence where that cannot be done."""
    missing = [package for program, package in BROWSERS.items() if shutil.which(program) is None]
    if not missing:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit(f"guichet: the tests need {' and '.join(missing)}; install them with your package manager first.")
    print(f"Installing {' and '.join(missing)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", *missing]):
        result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if result.returncode:
            sys.stderr.write("\n".join((result.stdout + result.stderr).splitlines()[-15:]) + "\n")
            sys.exit("guichet: the browsers could not be installed; the last lines of apt-get are above.")


def check(name: str, command: list[object], environment: dict[str, str]) -> bool:
    """Run one check; its output is shown when it fails."""
    began = time.monotonic()
    result = subprocess.run(
        [str(part) for part in command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    passed = result.returncode == 0
    print(f"{'passed' if passed else 'FAILED'}  {name} ({time.monotonic() - began:.1f} s)", flush=True)
    if not passed:
        print(result.stdout + result.stderr, flush=True)
    return passed


def main(arguments: list[str]) -> int:
    """Returns 0 only when every check and every test passed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    pytest = [sys.executable, "-m", "pytest", *arguments]
    if arguments:
        return subprocess.call(pytest, cwd=ROOT, env=environment)
    install_browsers()
    dry = {
        **environment,
        "DATABASE_URL": "postgresql:///none",
        "DJANGO_SETTINGS_MODULE": "guichet.config.settings",
    }
    failed = [name for name, command in CHECKS.items() if not check(name, command, dry)]
    if failed:
        print(f"FAILED before the tests: {', '.join(failed)}", flush=True)
    code = subprocess.call(pytest, cwd=ROOT, env=environment)
    return code or (1 if failed else 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
