"""Reading one YAML file of a package: plain data, and the place of every key and value in it.

YAML 1.2 (``NO`` is a word, not false), read to nodes only: no object is ever built from a tag. Refused with their
place: keys given twice, aliases (and with them every kind of bomb), decimal numbers without quotes, keys that are
not words, oversized files, deep nesting.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from guichet.programs.errors import Fault
from guichet.programs.unreadable import explained

MAX_BYTES = 1_000_000
MAX_DEPTH = 40

_COLLECTIONS = ("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")

Steps = tuple[str | int, ...]
Place = tuple[int, int]


@dataclass
class Source:
    """A file that was read: its ``data``, where each value and each key stands (1-based), and its faults."""

    file: str
    data: Any = None
    values: dict[Steps, Place] = field(default_factory=dict)
    keys: dict[Steps, Place] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, place: Place, message: str) -> None:
        """Note a fault at a place of this file."""
        self.faults.append(Fault(self.file, *place, message))

    def place(self, steps: Steps, *, key: bool = False) -> Place:
        """Where ``steps`` leads, or the nearest thing around it that exists. ``key``: the key, not its value."""
        if key and steps in self.keys:
            return self.keys[steps]
        while steps and steps not in self.values:
            steps = steps[:-1]
        return self.values.get(steps, (1, 1))


def read(path: Path, name: str) -> Source:
    """Read the file at ``path``, called ``name`` in faults. Never raises for what the file says."""
    source = Source(name)
    try:
        if path.stat().st_size > MAX_BYTES:
            source.fault(
                (1, 1), f"the file is larger than {MAX_BYTES // 1000} KB; shorten it, a package holds short texts only"
            )
            return source
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        source.fault((line, 1), "the file is not UTF-8 text; save it as UTF-8")
        return source
    except OSError as error:
        source.fault((1, 1), f"the file cannot be read: {error.strerror}")
        return source
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        source.fault(*explained(error, text))
        return source
    except (YAMLError, RecursionError, ValueError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error).split("\n")[0]
        source.fault((1, 1), f"this is not YAML: {reason}")
        return source
    if node is None:
        source.fault((1, 1), "the file is empty")
        return source
    source.data = _Builder(source).build(node, ())
    return source


class _Builder:
    """Turns nodes into plain data, keeping places, and noting what is refused."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.seen: set[int] = set()

    def build(self, node: Node, steps: Steps) -> Any:
        place = (node.start_mark.line + 1, node.start_mark.column + 1)
        self.source.values[steps] = place
        if id(node) in self.seen:
            self.source.fault(place, "this is used again by an alias (*); write it out in each place")
            return None
        self.seen.add(id(node))
        if len(steps) > MAX_DEPTH:
            self.source.fault(place, "this is nested too deeply")
            return None
        if isinstance(node, ScalarNode):
            return self._scalar(node, place)
        if str(node.tag) not in _COLLECTIONS:
            self.source.fault(place, f"the tag {node.tag} is not supported")
            return None
        if isinstance(node, MappingNode):
            return self._mapping(node, steps)
        return [self.build(item, (*steps, index)) for index, item in enumerate(node.value)]

    def _mapping(self, node: MappingNode, steps: Steps) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            place = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if not isinstance(key_node, ScalarNode):
                self.source.fault(place, "a key must be a word")
                continue
            key = str(key_node.value)
            if key in data:
                first = self.source.keys[(*steps, key)][0]
                self.source.fault(place, f"the key {key!r} is given twice; it stands on line {first} already")
                continue
            self.source.keys[(*steps, key)] = place
            data[key] = self.build(value_node, (*steps, key))
            if isinstance(value_node, ScalarNode) and not value_node.value and data[key] is None:
                self.source.values[(*steps, key)] = place  # nothing is written: its mark is that of what comes next
        return data

    def _scalar(self, node: ScalarNode, place: Place) -> Any:
        kind = str(node.tag).rsplit(":", 1)[-1]
        text = str(node.value)
        if kind in ("str", "timestamp"):
            return text
        if kind == "int":
            return self._integer(text, place)
        if kind == "bool" and text.lower() in ("true", "false"):
            return text.lower() == "true"
        if kind == "bool":
            self.source.fault(place, f"write true or false, or put {text!r} between quotes if it is text")
            return None
        if kind == "null" and text.lower() in ("", "~", "null"):
            return None
        if kind == "float":
            self.source.fault(place, f'write decimal numbers between quotes: "{text}"')
            return None
        self.source.fault(place, f"the tag {node.tag} is not supported")
        return None

    def _integer(self, text: str, place: Place) -> int | None:
        try:
            value = int(text.replace("_", ""), 0) if text.startswith(("0x", "0o")) else int(text.replace("_", ""))
        except ValueError:
            self.source.fault(place, f"{text!r} is not a whole number; put it between quotes if it is text")
            return None
        if abs(value) > 2**53:
            self.source.fault(place, "this number is too large; put it between quotes")
            return None
        return value
