"""What an edition makes of the answers of a golden case: no database, no clock, only the edition and the answers."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from guichet.kernel.bilingual import LANGUAGES, Text
from guichet.mail import texts as letters
from guichet.programs.cases import Case
from guichet.programs.definitions import EditionDefinition, Intake
from guichet.questions import costs, engine
from guichet.questions.context import Context
from guichet.questions.definitions import Form
from guichet.questions.values import JSON

_OUTCOMES = {True: "met", False: "not_met", None: "unknown"}
_NOON = dt.time(12)


@dataclass(frozen=True)
class Trial:
    """What an edition makes of the answers of a case."""

    edition: EditionDefinition
    case: Case

    @cached_property
    def moment(self) -> dt.datetime:
        """When it is submitted, by the program's clock."""
        assert self.case.day is not None  # noqa: S101 -- read_cases refuses a case without one
        return dt.datetime.combine(self.case.day, self.case.at or _NOON, self.edition.program.timezone)

    @cached_property
    def earliest_start(self) -> dt.date:
        """The first day on which an activity may start."""
        return self.edition.business_days.add(self.moment.date(), self.edition.lead_time.days).date

    @cached_property
    def decision(self) -> dt.date | None:
        """The day by which the program decides, None where it promises none."""
        days = self.edition.decision_days(self.contexts["application"])
        return None if days is None else self.edition.business_days.add(self.moment.date(), days).date

    @property
    def already(self) -> dict[int, Decimal]:
        """What the organization asked for before, by fiscal year."""
        return {year: Decimal(amount) for year, amount in (self.case.already or {}).items()}

    @cached_property
    def contexts(self) -> dict[str, Context]:
        """The answers of each form, as its rules see them."""
        edition, day = self.edition, self.moment.date()
        values = {name: canonical(getattr(edition, name), answers) for name, answers in self.case.answers.items()}
        profile = edition.context("profile", values["profile"], on=day)
        return {
            "profile": profile,
            "account_profile": edition.context("account_profile", values["account_profile"], on=day, profile=profile),
            "application": edition.context(
                "application",
                values["application"],
                on=day,
                profile=profile,
                earliest_start=self.earliest_start,
                already=self.already,
            ),
        }

    @cached_property
    def criteria(self) -> dict[str, str]:
        """{criterion: met, not_met or unknown}."""
        profile = self.contexts["profile"]
        return {each.key: _OUTCOMES[each.rule.evaluate(profile)] for each in self.edition.criteria}

    def problems(self, form: str) -> dict[str, tuple[engine.Problem, ...]]:
        """{path: problems} of what stands between the form and being sent."""
        found: dict[str, tuple[engine.Problem, ...]] = {}
        for problem in engine.problems(self.contexts[form], level="submit"):
            found[problem.path] = (*found.get(problem.path, ()), problem)
        return found

    def shown(self, path: str) -> str:
        """The answer at ``form.path`` as an export writes it, worked out if it is a calculation; empty when hidden."""
        form, _, rest = path.partition(".")
        context = self.contexts[form]
        value = context.form.question(rest).export(context.value(rest)) if context.shows(rest) else None
        return "" if value is None else str(value)

    @cached_property
    def costs(self) -> costs.Costs:
        """The arithmetic of the budget."""
        return costs.compute(self.edition.cost, self.contexts["application"])

    @cached_property
    def refusals(self) -> tuple[str, ...]:
        """Why a submission at that moment would be refused: all the reasons, in the order in which they are asked."""
        edition, lead = self.edition, self.edition.lead_time
        application = self.contexts["application"]
        starts = [day for day in application.column(lead.path) if isinstance(day, dt.date)]
        reasons = {
            "not_ready": any(self.problems(form) for form in ("profile", "account_profile")),
            "criteria_not_met": set(self.criteria.values()) != {"met"},
            "intake_closed": not any(_receives(each, self.moment) for each in edition.intakes),
            "lead_time_too_short": bool(starts) and min(starts) < self.earliest_start,
            "incomplete": bool(self.problems("application")),
        }
        return tuple(code for code, holds in reasons.items() if holds)

    @cached_property
    def letters(self) -> dict[str, Text]:
        """{name: subject} of the letters, from the profile's arrival to the submission's; filled as far as known."""
        names = []
        if not self.problems("profile"):
            names.append("profile_received")
            outcomes = set(self.criteria.values())
            names += ["criteria_met"] if outcomes == {"met"} else ["criteria_not_met"] if "not_met" in outcomes else []
        if self.case.account_profile and not self.problems("account_profile"):
            names.append("account_profile_received")
        if not self.refusals:
            names.append("submission_received")
        return {name: self._subject(name) for name in names}

    def _subject(self, name: str) -> Text:
        room = next(room for room, found in letters.found() if found == name)
        own = self.edition.letters.get(name)
        subjects = {}
        for language in LANGUAGES:
            subject, _body = letters.split(own.in_(language) if own else letters.read(room, name, language))
            known = {"program": self.edition.program.name, "edition": self.edition.title}
            for placeholder, text in known.items():
                subject = subject.replace(f"{{{placeholder}}}", text.in_(language))
            subjects[language] = subject
        return Text(**subjects)


def _receives(intake: Intake, at: dt.datetime) -> bool:
    """Whether the intake as published receives applications at that moment."""
    return (intake.opens is None or intake.opens <= at) and (intake.closes is None or at < intake.closes)


def canonical(form: Form, answers: Mapping[str, Any]) -> dict[str, JSON]:
    """The answers of a case by path, as the store keeps them; the rows of a table are called by number, from 1."""
    values: dict[str, JSON] = {}
    for path, given in sorted(answers.items(), key=lambda item: item[0].count(".")):
        question = form.question(path)
        if not question.rowed:
            values[path] = question.imagined(given)
            continue
        for number, row in enumerate(given or (), start=1):
            values[f"{path}.{number}"] = number
            for column, cell in row.items():
                values[f"{path}.{number}.{column}"] = question.part(column).imagined(cell)
    return values
