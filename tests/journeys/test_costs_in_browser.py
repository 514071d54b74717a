"""The browser works out the costs of a table as the server does, to the cent: 10,000 random tables and definitions."""

import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from guichet.questions.context import Context
from guichet.questions.costs import CostDefinition, compute
from tests.questions.test_cost_caps import FORM

SCRIPTS = Path(__file__).resolve().parents[2] / "src" / "guichet" / "web" / "static" / "js"
COLUMNS = ("kind", "start", "cost", "per_diem", "days", "travellers", "other")
TITLE = {"en": "Cap", "fr": "Plafond"}


@pytest.fixture
def scripted(chromium: Any) -> Iterator[Any]:
    """A blank page with the two scripts and nothing else."""
    page = chromium.new_page()
    page.set_content("<!DOCTYPE html><html lang=en><title>Costs</title><main></main>")
    for name in ("decimal.js", "costs.js"):
        page.add_script_tag(content=(SCRIPTS / name).read_text(encoding="utf-8"))
    yield page
    page.close()


def amount(dice: random.Random, most: int = 7) -> str:
    """An amount; often at a place where halves are rounded."""
    whole = dice.randrange(10 ** dice.randrange(1, most))
    return f"{whole}.{dice.choice(('00', '01', '05', '25', '33', '50', '99'))}"


def row(dice: random.Random) -> dict[str, Any]:
    """A row with some cells blank, and some that no definition expects."""
    cells = {
        "kind": dice.choice("abc"),
        "start": f"{dice.choice((2025, 2026, 2027))}-{dice.choice(('03-31', '04-01', '12-31', '01-01'))}",
        "cost": amount(dice) if dice.random() < 0.95 else dice.choice(("-5.00", "0.00")),
        "per_diem": amount(dice, 5),
        "days": dice.choice(("0", "1", "2.5", "30", "31", "90")),
        "travellers": dice.choice((0, 1, 2, 3)),
        "other": amount(dice, 6),
    }
    return {column: value for column, value in cells.items() if dice.random() < 0.85}


def definition(dice: random.Random) -> dict[str, Any]:
    """A definition with any of the caps."""
    units = [{"column": "travellers", "limit": dice.choice((None, 2))}, {"column": "days", "limit": "30"}]
    found: dict[str, Any] = {"share": dice.choice(("0.50", "0.75", "1", "0.3333", "0.005"))}
    if dice.random() < 0.6:
        cap = {"key": "diem", "title": TITLE, "amount": dice.choice(("per_diem", "cost")), "rate": amount(dice, 4)}
        found["unit_caps"] = [cap | {"units": units, "in_all": dice.choice((None, "90", "40.5"))}]
    caps = []
    for key in dice.sample(("one", "two"), dice.randrange(3)):
        bound = dice.choice(({"limit": amount(dice)}, {"share": "0.25"}, {"share": "0.105", "limit": amount(dice)}))
        of = {"of": dice.sample("abc", dice.randrange(1, 3))} if "share" in bound and dice.random() < 0.5 else {}
        options = dice.sample("abc", dice.randrange(1, 4))
        caps.append({"key": key, "title": TITLE, "column": "kind", "options": options, **bound, **of})
    found["category_caps"] = caps
    if dice.random() < 0.5:
        found["stacking"] = {"limit": dice.choice(("0.75", "0.5")), "other": ["works.other"]}
    if dice.random() < 0.5:
        ceiling = amount(dice, 6) if dice.random() < 0.9 else "50000"
        ceiling = ceiling if Decimal(ceiling) else "1"
        found |= {"ceiling": ceiling, "floor": min("10000", ceiling, key=Decimal)}
    if dice.random() < 0.5:
        found["yearly_limit"] = {"limit": amount(dice, 6), "date": "start"}
    return {"table": "works", "amount": "cost", **found}


def server(case: dict[str, Any]) -> dict[str, Any]:
    """What the server makes of a case, as text."""
    values: dict[str, Any] = {}
    for place, cells in enumerate(case["rows"]):
        values[f"works.{place}"] = place
        values |= {f"works.{place}.{column}": value for column, value in cells.items()}
    already = {int(year): Decimal(asked) for year, asked in case["already"].items()}
    found = compute(case["definition"], Context(FORM, values, already=already))
    names = ("cost", "eligible", "contribution", "requested", "other", "own_share")
    rows = [
        [f"{each.eligible:.2f}", f"{each.contribution:.2f}", f"{each.requested:.2f}"] for each in found.rows.values()
    ]
    return {
        "totals": [f"{getattr(found, name):.2f}" for name in names],
        "below_floor": found.below_floor,
        "reductions": [[each.key, f"{each.amount:.2f}", f"{each.limit:.2f}"] for each in found.reductions],
        "rows": rows,
    }


ASK = """cases => cases.map(({definition, rows, already}) => {
    const money = (x) => guichet.decimal.fixed(x, 2);
    const others = definition.stacking ? rows.map((row) => row.other) : [];
    const found = guichet.costs.compute(definition, rows, others, already);
    const names = ["cost", "eligible", "contribution", "requested", "other", "own_share"];
    return {
        totals: names.map((name) => money(found[name])),
        below_floor: found.below_floor,
        reductions: found.reductions.map((each) => [each.key, money(each.amount), money(each.limit)]),
        rows: found.rows.map((row) => [money(row.eligible), money(row.contribution), money(row.requested)]),
    };
})"""


def test_ten_thousand_random_tables_come_out_to_the_same_cent(scripted):
    dice = random.Random(20261125)  # noqa: S311 -- cases to try, no secret
    reduced = set()
    for _batch in range(400):
        cases = []
        typed = CostDefinition.model_validate(definition(dice))
        for _ in range(25):
            already = {"2026": amount(dice, 6)} if dice.random() < 0.5 else {}
            rows = [found for _ in range(dice.randrange(8)) if (found := row(dice))]
            cases.append({"definition": typed, "rows": rows, "already": already})
        written = typed.model_dump(mode="json") | {"year_begins": 4}
        sent = [
            {
                "definition": written,
                "rows": [
                    {column: str(value) for column, value in cells.items()} | {"id": str(place)}
                    for place, cells in enumerate(case["rows"])
                ],
                "already": case["already"],
            }
            for case in cases
        ]
        for case, found in zip(cases, scripted.evaluate(ASK, sent), strict=True):
            expected = server(case)
            assert found == expected, (written, case["rows"], case["already"])
            reduced |= {key for key, _amount, _limit in expected["reductions"]}
    assert reduced == {"diem", "one", "two", "stacking", "ceiling", "yearly"}, "each kind of reduction was met"
