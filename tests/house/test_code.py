"""Where things may stand: SQL, sizes, imports inside functions, signals, models in pages, field types, programs."""

import ast
import importlib
import pkgutil
import re

import pytest

import guichet
from tests.house.sources import PACKAGE, ROOT, place, python, templates, tree

LARGEST_FILE = 500


def test_every_module_can_be_imported():
    names = [module.name for module in pkgutil.walk_packages(guichet.__path__, "guichet.")]
    assert len(names) > 50
    for name in names:
        # wsgi builds the application when it is imported, which tests already have.
        if not name.endswith((".wsgi", ".migrations")):
            importlib.import_module(name)


@pytest.mark.parametrize("folder", ["src", "tests", "bench"])
def test_no_file_is_too_large(folder):
    large = [place(path) for path in (ROOT / folder).rglob("*.py") if len(path.read_text().splitlines()) > LARGEST_FILE]
    assert large == []


def test_sql_stands_only_in_the_kernel_and_in_migrations():
    sql = re.compile(r"\.(execute|executemany|raw|extra|cursor)\(|RawSQL|\bRunSQL\b|psycopg\.sql")
    found = [
        place(path, number)
        for path in python()
        if path.parent != PACKAGE / "kernel"
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if sql.search(line)
    ]
    assert found == []


def test_an_import_inside_a_function_says_why():
    found = []
    for path in python():
        lines = path.read_text().splitlines()
        for function in ast.walk(tree(path)):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            imports = [node.lineno for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
            if imports:
                first = min(imports)
                if "#" not in lines[first - 1] and not lines[first - 2].lstrip().startswith("#"):
                    found.append(place(path, first))
    assert found == []


def test_rooms_do_not_talk_by_signals_and_save_holds_no_business():
    found = []
    for path in python():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                ("django.dispatch", "django.db.models.signals")
            ):
                found.append(place(path, node.lineno))
            if isinstance(node, ast.FunctionDef) and node.name in ("save", "delete") and path.name == "models.py":
                found.append(place(path, node.lineno))
    assert found == []


def test_pages_call_actions_and_queries_never_models():
    # Except for types alone, in the one file that says what a request carries.
    allowed = {PACKAGE / "web" / "requests.py"}
    found = [
        place(path, node.lineno)
        for path in set(python()) - allowed
        if path.is_relative_to(PACKAGE / "web")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and re.fullmatch(r"guichet\.\w+\.models", node.module or "")
    ]
    assert found == []


def test_the_engine_knows_no_program():
    # The demonstration plays with one, and says which.
    allowed = {PACKAGE / "config" / "demonstration.py"}
    found = [
        place(path, number)
        for path in (*python(), *templates())
        if path not in allowed
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if "canexport" in line.casefold()
    ]
    assert found == []


def test_html_is_made_by_templates_and_the_two_places_that_sanitize():
    unsafe = re.compile(r"mark_safe|SafeString\(|\|safe\b|autoescape off|safeseq")
    # Markdown, sanitized; and a template tag that renders templates.
    allowed = {PACKAGE / "kernel" / "markup.py"}
    found = [
        place(path, number)
        for path in (*python(), *templates())
        if path not in allowed
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if unsafe.search(line)
    ]
    assert found == []
