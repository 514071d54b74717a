"""Sentences about labels."""

import pytest

from guichet.questions.speech import before_answer


@pytest.mark.parametrize(
    ("label", "language", "shown"),
    [
        ("Legal form", "en", "Legal form:"),
        ("Forme juridique", "fr", "Forme juridique\u00a0:"),
        ("Is it established in Canada?", "en", "Is it established in Canada?"),
        ("Est-il établi au Canada?", "fr", "Est-il établi au Canada?"),
    ],
)
def test_a_label_before_its_answer_has_a_colon_or_its_question_mark(label, language, shown):
    assert before_answer(label, language) == shown
