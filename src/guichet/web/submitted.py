"""A submission to be read: what was answered and attested, as it was frozen. Both audiences read the same."""

from typing import Any

from guichet.applications import queries
from guichet.programs.queries import PublishedEdition
from guichet.questions import pages
from guichet.web.budget import Budget, frozen


def answers_of(submission: Any, edition: PublishedEdition, language: str) -> dict[str, Any]:
    """Template values: ``sections`` of answers, ``budget``, ``attestations`` word for word, ``attachments``."""
    document = submission.document
    return {
        "sections": pages.answer_lines(queries.submitted_context(edition, document), language),
        "budget": budget_of(submission, edition, language),
        "attestations": document["attestations"],
        "attested_in": document["language"],
        "attachments": document["files"],
    }


def budget_of(submission: Any, edition: PublishedEdition, language: str) -> Budget:
    """The totals as they were frozen."""
    document = submission.document
    return frozen(edition.definition, queries.submitted_context(edition, document), document, language)
