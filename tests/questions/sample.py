"""A small form that the tests of the questions share, and answers to it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from guichet.kernel.calendar import BusinessCalendar, CalendarDefinition
from guichet.questions.context import Context
from guichet.questions.definitions import Form, Question

CHOICES = {
    "legal_form": {"incorporated": "Constituée en société", "partnership": "Société", "proprietorship": "Individuelle"},
    "languages": {"english": "Anglais", "french": "Français"},
}


def text(word: str, french: str = "") -> dict[str, str]:
    """A bilingual text."""
    return {"en": word, "fr": french or f"{word} (fr)"}


def asked(key: str, type: str, **options: Any) -> dict[str, Any]:
    """A question as a package writes it."""
    choices = CHOICES.get(key)
    if choices:
        options["choices"] = [{"key": name, "label": text(name.title(), french)} for name, french in choices.items()]
    return {"key": key, "type": type, "label": text(key.replace("_", " ").capitalize()), **options}


def form(*sections: dict[str, Any]) -> Form:
    """A form of these sections, or the sample form."""
    return Form.model_validate({"sections": list(sections) or SECTIONS})


def one(question: dict[str, Any]) -> Question:
    """One question, as a form has it."""
    return form({"key": "only", "title": text("Only"), "questions": [question]}).sections[0].questions[0]


SECTIONS = [
    {
        "key": "organization",
        "title": text("Organization", "Organisme"),
        "intro": text("Read the **guide**.", "Lisez le **guide**."),
        "questions": [
            asked("legal_name", "short_text", max_length=20),
            asked("legal_form", "choice"),
            asked("for_profit", "yes_no"),
            asked("employees", "integer"),
            asked("revenue", "money"),
            asked("website", "url", required=False),
            asked("languages", "choices", required=False),
            asked(
                "reason", "long_text", max_length=50, visible={"equals": [{"answer": "legal_form"}, "proprietorship"]}
            ),
        ],
    },
    {
        "key": "plan",
        "title": text("Plan", "Projet"),
        "questions": [
            asked(
                "activities",
                "table",
                row_label=text("Activity", "Activité"),
                rows_min=1,
                rows_max=3,
                columns=[
                    asked("start", "date"),
                    asked(
                        "end",
                        "date",
                        required=False,
                        checks=[
                            {"rule": {"on_or_after": [{"row": "end"}, {"row": "start"}]}, "message": text("Too early")}
                        ],
                    ),
                    asked("cost", "money"),
                    asked("note", "short_text", required={"more_than": [{"row": "cost"}, 1500]}),
                    asked("detail", "short_text", visible={"answered": {"row": "note"}}, required=False),
                    asked("half", "calculated", value={"product": [{"row": "cost"}, "0.5"]}, shown_as="money"),
                ],
                checks=[
                    {
                        "rule": {"on_or_after": [{"minimum": "activities.start"}, {"earliest_start": True}]},
                        "message": text("Starts too early"),
                    }
                ],
            ),
            asked("total", "calculated", value={"sum": "activities.cost"}, shown_as="money"),
        ],
    },
    {
        "key": "export",
        "title": text("Export", "Exportation"),
        "visible": {"equals": [{"answer": "for_profit"}, True]},
        "questions": [asked("experience", "short_text")],
    },
]

ANSWERS: Mapping[str, Any] = {
    "legal_name": "Érablière",
    "legal_form": "incorporated",
    "for_profit": True,
    "employees": 12,
    "revenue": "250000.00",
    "languages": ["french"],
    "activities.aaaaaaaaaaaa": 1,
    "activities.aaaaaaaaaaaa.start": "2026-06-01",
    "activities.aaaaaaaaaaaa.cost": "1000.05",
    "activities.bbbbbbbbbbbb": 0,
    "activities.bbbbbbbbbbbb.start": "2026-05-01",
    "activities.bbbbbbbbbbbb.cost": "2000.00",
    "activities.bbbbbbbbbbbb.note": "Fair",
    "experience": "Five years",
}
DATES = {"earliest_start": date(2026, 4, 1), "today": date(2026, 1, 7)}
CALENDAR = BusinessCalendar(
    CalendarDefinition.model_validate(
        {
            "first_year": 2026,
            "last_year": 2027,
            "extra": [{"rule": "fixed", "month": 5, "day": 18, "name": text("Holiday", "Congé")}],
        }
    )
)
NUMBERS = {"employees_max": Decimal(500), "revenue_min": Decimal(100_000)}


def context(answers: Mapping[str, Any] | None = None, **changes: Any) -> Context:
    """The sample form with its answers, or others; ``changes`` (dots as double underscores) on top."""
    values = dict(ANSWERS if answers is None else answers)
    values |= {path.replace("__", "."): value for path, value in changes.items()}
    return Context(form(), values, numbers=NUMBERS, dates=DATES, calendar=CALENDAR)
