"""A submission to be read: what was answered and attested, as it was frozen. Both audiences read the same."""

from typing import Any

from guichet.applications import queries
from guichet.programs.queries import PublishedEdition
from guichet.questions import pages
from guichet.questions.costs import compute


def answers_of(submission: Any, edition: PublishedEdition, language: str) -> dict[str, Any]:
    """Template values: ``sections`` of answers, ``costs``, ``attestations`` word for word, ``attachments``."""
    document = submission.document
    definition = edition.definition
    context = queries.submitted_context(edition, document)
    return {
        "sections": pages.answer_lines(context, language),
        "costs": compute(definition.cost, context),
        "attestations": document["attestations"],
        "attested_in": document["language"],
        "attachments": document["files"],
    }
