"""Where two texts differ, word by word: what a person needs to see who must choose between them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
# Beyond this many words in either text the whole of it is marked: the comparison takes time by their product.
MOST_WORDS = 6000


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; ``differs`` when the other text does not have it there."""

    text: str
    differs: bool


def words(one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces. Joined again, each is what it was."""
    left, right = _WORDS.findall(one), _WORDS.findall(other)
    if max(len(left), len(right)) > MOST_WORDS:
        return _whole(one), _whole(other)
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    return _pieces(left, [(block.a, block.size) for block in blocks]), _pieces(
        right, [(block.b, block.size) for block in blocks]
    )


def _whole(text: str) -> list[Piece]:
    return [Piece(text, True)] if text else []


def _pieces(tokens: Sequence[str], alike: Sequence[tuple[int, int]]) -> list[Piece]:
    pieces, place = [], 0
    for start, size in alike:
        for text, differs in (("".join(tokens[place:start]), True), ("".join(tokens[start : start + size]), False)):
            if text:
                pieces.append(Piece(text, differs))
        place = start + size
    return pieces
