"""Two texts, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from guichet.kernel import differences
from guichet.kernel.differences import Piece, words


def test_what_differs_is_marked_in_both_texts():
    mine, theirs = words("Foire de Lyon, en mars", "Foire de Paris, en mars")
    assert mine == [Piece("Foire de ", False), Piece("Lyon", True), Piece(", en mars", False)]
    assert theirs == [Piece("Foire de ", False), Piece("Paris", True), Piece(", en mars", False)]


def test_a_blank_text_has_no_pieces():
    assert words("", "Lyon") == ([], [Piece("Lyon", True)])
    assert words("", "") == ([], [])


def test_texts_of_very_many_words_are_marked_as_a_whole(monkeypatch):
    monkeypatch.setattr(differences, "MOST_WORDS", 3)
    assert words("a b", "a b c") == ([Piece("a b", True)], [Piece("a b c", True)])


@given(st.text(), st.text())
def test_joined_again_each_is_what_it_was(one, other):
    left, right = words(one, other)
    assert "".join(piece.text for piece in left) == one
    assert "".join(piece.text for piece in right) == other
    alike = ["".join(piece.text for piece in side if not piece.differs) for side in (left, right)]
    assert alike[0] == alike[1]
