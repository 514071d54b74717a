"""The arithmetic of costs, to the cent."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from guichet.questions.context import Context
from guichet.questions.costs import CostDefinition, compute

from .sample import form

FORM = form()


def costs(*amounts, share="0.50", **bounds):
    answers = {}
    for number, amount in enumerate(amounts):
        row = f"activities.row{number:09}"
        answers |= {row: number, f"{row}.note": "x", f"{row}.cost": amount}
    return compute(CostDefinition(table="activities", amount="cost", share=share, **bounds), Context(FORM, answers))


def test_each_row_is_rounded_half_up_and_the_total_is_what_the_rows_show():
    found = costs("0.01", "0.03", "1000.05")
    assert [str(row.contribution) for row in found.rows.values()] == ["0.01", "0.02", "500.03"]
    assert (str(found.cost), str(found.contribution), str(found.own_share)) == ("1000.09", "500.06", "500.03")


def test_nothing_costs_nothing():
    found = costs()
    assert (found.cost, found.contribution, found.requested, found.own_share) == (0, 0, 0, 0)
    assert str(found.cost) == "0.00"
    assert not found.above_ceiling


def test_the_ceiling():
    found = costs("60000.00", "60000.00", ceiling=50000)
    assert (found.contribution, found.requested, found.own_share) == (60000, 50000, 70000)
    assert found.above_ceiling
    assert not costs("100000.00", ceiling=50000).above_ceiling


def test_the_floor():
    assert costs("19999.98", floor=10000).below_floor
    assert not costs("20000.00", floor=10000).below_floor
    assert costs(floor=10000).below_floor


@pytest.mark.parametrize("amount", [None, {"unreadable": "lots"}, "-5.00", "0.00"])
def test_what_is_no_cost_counts_for_nothing(amount):
    found = costs("10.00", amount)
    assert (found.cost, len(found.rows)) == (10, 1)


def test_a_definition_is_exact():
    with pytest.raises(ValidationError):
        CostDefinition(table="a", amount="b", share="1.5")
    with pytest.raises(ValidationError):
        CostDefinition.model_validate({"table": "a", "amount": "b", "share": "0.5", "rate": 1})


@settings(deadline=None)
@given(st.lists(st.decimals(0, 10**9, places=2), max_size=20), st.decimals("0.01", 1, places=4))
def test_the_parts_always_make_the_whole(amounts, share):
    found = costs(*(f"{amount:.2f}" for amount in amounts), share=str(share), ceiling=50000)
    assert found.cost == sum(amounts)
    assert found.requested + found.own_share == found.cost
    assert found.contribution == sum(row.contribution for row in found.rows.values())
    assert found.requested <= 50000
    assert abs(found.contribution - found.cost * share) <= Decimal("0.005") * len(amounts)
