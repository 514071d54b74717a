"""Why a file is not YAML, in the words of whoever wrote it: at the line to mend, with what to do there."""

import re

from ruamel.yaml.error import MarkedYAMLError, StreamMark

Place = tuple[int, int]

_COLON = "put a text that has a colon and a space between double quotes"
_INDENT = "this line is not indented as those that it belongs with: let keys that belong together begin in one column"
_QUOTE = "this quotation mark is not closed: end the text with another one"
_CLOSING = {"{": "}", "[": "]"}


def explained(error: MarkedYAMLError, text: str) -> tuple[Place, str]:
    """(line and column from 1, sentence) for an error of the reader over ``text``."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return (1, 1), f"this is not YAML: {error.problem or error.context or ''}"
    lines = text.splitlines() or [""]
    line = lines[mark.line] if mark.line < len(lines) else ""
    return _why(error, mark, line, lines) or (_place(mark), f"this is not YAML: {error.problem or error.context}")


def _why(error: MarkedYAMLError, mark: StreamMark, line: str, lines: list[str]) -> tuple[Place, str] | None:
    problem, context = error.problem or "", error.context or ""
    before = line[: mark.column]
    if "'\\t'" in problem:
        return _place(mark), "begin the line with spaces, not with a tab"
    if "cannot start any token" in problem:
        return _place(mark), f"put a text that begins with {line[mark.column : mark.column + 1]} between double quotes"
    if "quoted scalar" in context and error.context_mark:
        return _place(error.context_mark), _QUOTE
    if opened := _left_open(lines[: mark.line + 1], lines):
        return opened, _QUOTE
    if "mapping values are not allowed" in problem:
        return _place(mark), _COLON if re.search(r":\s", before) else _INDENT
    if "expected ',' or" in problem and error.context_mark:
        return _in_braces(problem, error.context_mark, mark, before, lines)
    if "but found '<block" in problem:
        return _place(mark), _INDENT
    if "but found '<scalar>'" in problem:
        return _place(mark), "put the whole text between double quotes, what stands inside “ ” excepted"
    return None


def _in_braces(problem: str, opening: StreamMark, mark: StreamMark, before: str, lines: list[str]) -> tuple[Place, str]:
    """Inside { } or [ ]: a text has a colon, or the sign that opens is not closed."""
    entry = re.split(r"[{\[,]", before)[-1]
    if problem.endswith("':'") and re.search(r":\s", entry):
        return _place(mark), f"{_COLON}, and a comma between what stands inside {{ }}"
    sign = lines[opening.line][opening.column : opening.column + 1]
    return _place(opening), f"this {sign} is not closed: write {_CLOSING.get(sign, '}')} where what it holds ends"


def _left_open(before: list[str], lines: list[str]) -> Place | None:
    """The last double quotation mark that opens before the fault, in a file that has an odd number of them."""
    if sum(map(_marks, lines)) % 2 == 0:
        return None
    odd = [number for number, line in enumerate(before) if _marks(line) % 2]
    if not odd:
        return None
    return odd[-1] + 1, before[odd[-1]].rindex('"') + 1


def _marks(line: str) -> int:
    """How many double quotation marks a line has, comments and escaped ones apart."""
    return len(re.findall(r'(?<!\\)"', re.sub(r"(^|\s)#.*", "", line)))


def _place(mark: StreamMark) -> Place:
    return mark.line + 1, mark.column + 1
