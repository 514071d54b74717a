"""Moving states: legal, once, and safe when two press at once."""

import pytest

from guichet.kernel.states import IllegalMove, StaleMove, move
from guichet.mail.models import Letter
from tests.kernel.together import together

MOVES = {("queued", "give_up"): "failed", ("failed", "queue"): "queued"}


def letter() -> Letter:
    new = Letter(name="x", recipient_email="a@b.example", language="en", subject="s")
    new.message_id = f"<{new.public_id}@test>"
    new.save()
    return new


@pytest.mark.django_db
def test_a_legal_move_is_written_with_its_fields():
    one, other = letter(), letter()
    state = move(Letter.objects.filter(pk=one.pk), state_now="queued", verb="give_up", moves=MOVES, answer="why")
    one.refresh_from_db()
    other.refresh_from_db()
    assert (state, one.state, one.answer) == ("failed", "failed", "why")
    assert other.state == "queued"


@pytest.mark.django_db
def test_an_illegal_move_is_refused_and_writes_nothing():
    one = letter()
    with pytest.raises(IllegalMove) as refused:
        move(Letter.objects.filter(pk=one.pk), state_now="queued", verb="queue", moves=MOVES)
    assert refused.value.params == {"state": "queued", "verb": "queue"}


@pytest.mark.django_db
def test_a_stale_move_is_refused():
    one = letter()
    move(Letter.objects.filter(pk=one.pk), state_now="queued", verb="give_up", moves=MOVES)
    with pytest.raises(StaleMove):
        move(Letter.objects.filter(pk=one.pk), state_now="queued", verb="give_up", moves=MOVES)


def test_of_many_at_once_one_moves(committed):
    one = letter()

    def act() -> str:
        return move(Letter.objects.filter(pk=one.pk), state_now="queued", verb="give_up", moves=MOVES)

    outcomes = together(*[act] * 8)
    assert outcomes.count("failed") == 1
    assert sum(isinstance(outcome, StaleMove) for outcome in outcomes) == 7
