"""A blank page with our scripts, to try what they compute without a portal."""

from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "src" / "guichet" / "web" / "static" / "js"
# Shows a value of the browser's evaluator as JSON: numbers and dates as canonical text.
SHOWN = """
window.shown = (value) => {
  const { decimal, values } = guichet;
  if (values.isNumber(value)) return ["number", decimal.plain(value)];
  if (values.isDate(value)) return ["date", values.iso(value)];
  return value instanceof Set ? ["keys", [...value].sort()] : value === null ? null : [typeof value, value];
};
"""


def blank_page(browser: Any, *scripts: str) -> Any:
    """The page; close it when done."""
    page = browser.new_page()
    page.set_content("<!DOCTYPE html><html lang=en><title>Scripts</title><main></main>")
    for name in scripts:
        page.add_script_tag(content=(FOLDER / name).read_text(encoding="utf-8"))
    page.add_script_tag(content=SHOWN)
    return page
