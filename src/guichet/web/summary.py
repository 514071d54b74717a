"""The error summary of a form of questions: one line per fault, which names its answer and leads to its field."""

from collections.abc import Callable, Iterable

from guichet.questions.context import Context
from guichet.questions.engine import Problem
from guichet.questions.pages import element_id
from guichet.questions.speech import before_answer
from guichet.questions.summary import row_title

Line = dict[str, str]


def of_problems(
    problems: Iterable[Problem], context: Context, language: str, href: Callable[[str], str] | None = None
) -> list[Line]:
    """Problems of the form engine: "Activity 2, Cost: enter an amount".

    ``href`` gives the address of a path that is not on the page (in a closed row), "" for one that is.
    """
    return [
        {
            "target": element_id(problem.path),
            "href": href(problem.path) if href else "",
            "text": f"{before_answer(name_of(problem, context, language), language)} {problem.text.in_(language)}",
        }
        for problem in problems
    ]


def name_of(problem: Problem, context: Context, language: str) -> str:
    """What the answer is called, with its row: "Activity 2, Cost"."""
    words = problem.label.in_(language).rstrip(".")
    table, _dot, rest = problem.path.partition(".")
    row = rest.partition(".")[0]
    rows = context.rows(table) if row else []
    if row not in rows:
        return words
    return f"{row_title(context.form.question(table), rows.index(row) + 1, language)}, {words}"
