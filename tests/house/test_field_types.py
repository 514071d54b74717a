"""Nobody asks for the type of a question: it asks the question. Held by what the code can read at all.

A decision on a type takes the type's key, or its class. Where a key can be read from is looked for in the syntax, in
every room that knows questions; what is read there must be passed on, never compared, looked up or matched. A key that
stands written somewhere (many are common words: a date, a file, a group) can then decide nothing, and is refused all
the same where something is compared with it.
"""

import ast
import re
from collections.abc import Iterator

from guichet.questions import fields
from guichet.questions.context import Context
from guichet.questions.scripting import answers_data
from tests.conformance.fields import TYPES, example, form_of
from tests.house.sources import PACKAGE, ROOT, place, python, templates, tree

FIELDS = PACKAGE / "questions" / "fields"
# The rooms below the questions have never heard of them; what they call a type is something else.
BELOW = tuple(PACKAGE / room for room in ("kernel", "audit", "files", "mail", "answers"))
# Where a type's key is read, and what for.
READ = {
    "src/guichet/questions/bound.py": "names the folder of the type's templates",
    "src/guichet/questions/fields/__init__.py": "registers the type by its folder",
    "src/guichet/questions/fields/table/__init__.py": "names it to who wrote a package",
}
# The type of an error, as pydantic calls it.
ERRORS = {"src/guichet/programs/faults.py"}
KEYS = frozenset(TYPES)


def rooms():
    """The Python files of the rooms that know questions."""
    return [path for path in python() if not path.is_relative_to(BELOW[0]) and not set(BELOW) & set(path.parents)]


def constant(node: ast.AST, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value == value


def reads_type(node: ast.AST) -> bool:
    """``x.type``, ``x["type"]``, ``x.get("type")``, ``getattr(x, "type")``: whatever x is."""
    if isinstance(node, ast.Attribute):
        return node.attr == "type" and isinstance(node.ctx, ast.Load)
    if isinstance(node, ast.Subscript):
        return constant(node.slice, "type") and isinstance(node.ctx, ast.Load)
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return name in ("get", "pop", "getattr", "attrgetter", "itemgetter") and any(
            constant(argument, "type") for argument in node.args
        )
    return False


def decides(node: ast.AST) -> Iterator[ast.AST]:
    """What a decision is made on here: both sides of a comparison, what is matched, what is looked up."""
    if isinstance(node, ast.Compare):
        yield from (node.left, *node.comparators)
    elif isinstance(node, ast.Match):
        yield node.subject
    elif isinstance(node, ast.Subscript):
        yield node.slice
    elif (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("get", "startswith")
    ):
        yield from node.args[:1]


def of_kind(node: ast.AST) -> bool:
    """A kind of value (a date, a file) is no type: several types share each, and rules are checked by it."""
    return (isinstance(node, ast.Attribute) and node.attr == "kind") or (
        isinstance(node, ast.Name) and node.id == "kind"
    )


def written(node: ast.AST) -> set[object]:
    """The constants that stand in a comparison, those of a list in it too, and the pattern of a case."""
    if isinstance(node, ast.Constant):
        return {node.value}
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return {each.value for each in node.elts if isinstance(each, ast.Constant)}
    return set()


def test_a_type_s_key_is_read_in_few_places_and_decides_nothing_there():
    found: dict[str, int] = {}
    for path in rooms():
        name = str(path.relative_to(ROOT))
        for node in ast.walk(tree(path)):
            assert name in ERRORS or not any(reads_type(part) for part in decides(node)), place(path, node.lineno)
            if reads_type(node) and name not in ERRORS:
                found[name] = found.get(name, 0) + 1
    assert set(found) == set(READ)


def test_nothing_is_compared_with_a_type_s_key():
    found = []
    for path in rooms():
        inside = path.parent.name if path.parent.parent == FIELDS else ""
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.MatchValue):
                sides = [node.value]
            elif isinstance(node, ast.Compare) and not any(of_kind(side) for side in (node.left, *node.comparators)):
                sides = [node.left, *node.comparators]
            else:
                continue
            if any(written(side) & (KEYS - {inside}) for side in sides):
                found.append(place(path, node.lineno))
    assert found == []


def test_no_class_of_a_type_is_known_outside_its_folder():
    found = []
    for path in rooms():
        own = f"guichet.questions.fields.{path.parent.name}"
        for node in ast.walk(tree(path)):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                known = re.fullmatch(r"guichet\.questions\.fields\.(\w+)(\..*)?", name)
                if known and known[1] in KEYS and not name.startswith(own):
                    found.append(place(path, node.lineno))
    assert found == []


def test_pages_and_scripts_are_not_given_it():
    asked = re.compile(r"\b(?:q|question|part|column|item)\.(?:question\.)?type\b")
    found = [
        place(path, number)
        for path in (*templates(), *(PACKAGE / "web" / "static").rglob("*.js"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if asked.search(line)
    ]
    assert found == []
    form = form_of(*[example(type)["definition"] for type in TYPES if type != "table"])
    data = answers_data(Context(form, {}), form.sections, "en") or {}
    assert all("type" not in question for question in data["questions"].values())


def test_every_type_is_looked_at():
    assert (
        set(fields.types())
        == KEYS
        == {
            path.name for path in FIELDS.iterdir() if path.name.isidentifier() and path.name[0] != "_" and path.is_dir()
        }
    )
