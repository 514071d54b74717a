"""A draft taken away as a file, filled in without a connection, and brought back: what the file was given, what was
typed in it, and the save. How the file is drawn and read stands in the web room.

The file carries a signed note: of which application, in which edition, to whom, and the version of each answer with a
digest of its value. What was typed in it is anybody's text and is read as a page's is; it is written by the same
compare-and-set, so that an answer that somebody changed meanwhile is a conflict and nothing is overwritten.

Each copy that the file makes of itself adds a key of its own to ``copies``, and the request keys of what it brings
back are made of them. So the same copy brought back twice writes once, and a later copy may be written over what an
earlier one of the same line brought, and over nothing else.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils.datastructures import MultiValueDict

from guichet.accounts.models import User
from guichet.answers import queries as answers
from guichet.answers.actions import Change, Saved
from guichet.answers.history import FROM_FILE
from guichet.answers.queries import Stored
from guichet.applications import actions, queries
from guichet.applications.errors import EditionChanged, FileAltered, FileOfAnother, FileOfOtherEdition
from guichet.applications.models import Application
from guichet.kernel import clock
from guichet.kernel.bilingual import LANGUAGES
from guichet.kernel.canonical import canonical, sha256
from guichet.kernel.identifiers import new_id
from guichet.questions import engine
from guichet.questions.definitions import Form
from guichet.questions.posts import SEEN, Problem
from guichet.questions.row_acts import BUTTONS

SALT = "guichet.applications.takeaway"
MOST_COPIES = 50  # earlier copies of a line that one may be written over
DIGEST = 10  # signs: enough to notice a change; the signature protects
MINE, THEIRS, BOTH = "mine", "theirs", "both"


@dataclass(frozen=True)
class Given:
    """What a file was given. ``root`` tells files apart; ``answers`` has [version, digest] by path."""

    root: str
    application: str
    program: str
    edition: str
    edition_hash: str
    person: str
    name: str
    at: str
    answers: Mapping[str, tuple[int, str]]

    def version(self, path: str) -> int:
        """The version that the file had seen; 0 where there was no answer."""
        return self.answers[path][0] if path in self.answers else 0

    def has(self, path: str, value: Any) -> bool:
        """Whether that was the answer that it was given."""
        return _digest(value) == (self.answers[path][1] if path in self.answers else _digest(None))


@dataclass(frozen=True)
class Choice:
    """What a person chose of two texts: ``keep`` mine, theirs or both; ``seen`` the version of the other text."""

    keep: str
    seen: int


@dataclass(frozen=True)
class Brought:
    """A file that came back. ``fields`` holds what was typed, by language, under the names that pages have."""

    given: Given
    copies: tuple[str, ...] = ()
    fields: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    removed: tuple[str, ...] = ()  # the paths of the rows that were taken out
    choices: Mapping[str, Choice] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nothing was typed in it."""
        return not self.removed and not any(self.fields.values())

    def values(self, form: Form) -> tuple[dict[str, Any], list[Problem]]:
        """What was typed, read as pages are, each answer in the language in which it was; and what cannot be kept."""
        values: dict[str, Any] = {}
        refused: list[Problem] = []
        seen = canonical({path: version for path, (version, _) in self.given.answers.items()}).decode()
        for language in LANGUAGES:
            post: MultiValueDict[str, str] = MultiValueDict({SEEN: [seen]})
            for name, text in self.fields.get(language, ()):
                if name not in (*BUTTONS, SEEN):
                    post.appendlist(name, text)
            for section in form.sections:
                posted = engine.read_post(section, post, language=language)
                values.update(posted)
                refused.extend(posted.refused)
        return values, refused

    def changed(self, form: Form) -> dict[str, Any]:
        """What is not as it was given, without the places of rows: to be read, or copied."""
        values, _ = self.values(form)
        return {
            path: value for path, value in values.items() if path.count(".") != 1 and not self.given.has(path, value)
        }


@dataclass(frozen=True)
class Outcome:
    """What became of a file: the answers that were written now, the conflicts, what cannot be kept at all."""

    written: tuple[str, ...]
    saved: Saved
    refused: tuple[Problem, ...]


def give(*, actor: User, application: Application, stored: Mapping[str, Stored]) -> str:
    """The signed note for a file with these answers. Writes nothing."""
    edition = queries.edition_of(application)
    return signing.dumps(
        {
            "root": new_id(),
            "application": application.public_id,
            "program": edition.program_key,
            "edition": edition.key,
            "edition_hash": edition.hash,
            "person": actor.public_id,
            "name": actor.name,
            "at": clock.now().isoformat(),
            "answers": {path: [answer.version, _digest(answer.value)] for path, answer in stored.items()},
        },
        salt=SALT,
        compress=True,
    )


def given(note: str, application: Application) -> Given:
    """The note of a file that is brought to this application. Raises FileAltered, FileOfAnother."""
    try:
        read = Given(**signing.loads(note, salt=SALT))
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise FileAltered() from error
    if read.application != application.public_id:
        raise FileOfAnother()
    return read


@transaction.atomic
def bring_back(*, actor: User, application: Application, brought: Brought) -> Outcome:
    """Save what was typed in a file, as if its author had typed it on the pages.

    1. An editor, a draft, and the edition of the file; the draft is locked. 2. What was typed is compared with what
    the file was given. 3. Each answer that differs is written at the version that the file had seen, or chosen.

    Raises Application.DoesNotExist (strangers too), PermissionDenied, AlreadySubmitted, DraftDeleted,
    FileOfOtherEdition, NotAQuestion, and what ``answers`` refuses; then nothing is written.
    """
    reading = _Reading(application, brought)
    try:
        application, saved = actions.save_typed(
            actor=actor,
            public_id=application.public_id,
            edition_hash=brought.given.edition_hash,
            read=reading.changes,
            request_key=_key(brought, page=new_id() if brought.choices else ""),
        )
    except EditionChanged as error:
        raise FileOfOtherEdition(edition=error.params["edition"]) from error
    standing = {path: answer.version for path, answer in reading.stored.items()}
    written = tuple(path for path, version in saved.versions.items() if version > standing.get(path, 0))
    if written:
        actions.log(actor, "draft_brought_back", application, file=brought.given.root, answers=len(written))
    return Outcome(written, saved, tuple(reading.refused))


class _Reading:
    """Makes changes of a file, over the answers as they stand under the lock. Two statements."""

    def __init__(self, application: Application, brought: Brought) -> None:
        self.sheet = application.sheet
        self.brought = brought
        self.stored: Mapping[str, Stored] = {}
        self.refused: list[Problem] = []

    def changes(self, form: Form) -> list[Change]:
        """The changes; none for what is as it was given."""
        self.stored = answers.answers(self.sheet)
        values, self.refused = self.brought.values(form)
        # What earlier copies of the same line brought as it was; what was chosen on a page may hold another's text.
        after = tuple(_key(self.brought, copy) for copy in self.brought.copies[-MOST_COPIES:-1])
        return [replace(self._chosen(form, change), after=after) for change in self._changed(values)]

    def _changed(self, values: Mapping[str, Any]) -> Iterator[Change]:
        given = self.brought.given
        gone = set(self.brought.removed)
        answered = {
            path: value
            for path, value in values.items()
            if path.count(".") != 1 and path.rpartition(".")[0] not in gone and not given.has(path, value)
        }
        rows = {path.rpartition(".")[0] for path in answered if path.count(".") == 2}
        for row in rows:
            # A row that the file added; or one that somebody else has removed while answers were typed in it.
            if row not in self.stored or self.stored[row].value is None:
                answered[row] = values.get(row)
        for row in gone:
            if row in given.answers:
                answered[row] = None
        for path, value in answered.items():
            choice = self.brought.choices.get(path)
            if choice is None or choice.keep != THEIRS:
                yield Change(path, value, given.version(path) if choice is None else choice.seen)

    def _chosen(self, form: Form, change: Change) -> Change:
        """With both kept, the other text comes first."""
        choice = self.brought.choices.get(change.path)
        if choice is None or choice.keep != BOTH or change.path.count(".") == 1:
            return change
        theirs = self.stored[change.path].value if change.path in self.stored else None
        texts = [text for text in (theirs, change.value) if isinstance(text, str)]
        return replace(change, value="\n\n".join(texts)) if form.question(change.path).joins else change


def _key(brought: Brought, copy: str = "", page: str = "") -> str:
    """The request key of a copy, the last one unless it is named; of what was chosen on a page, with the page's own."""
    last = copy or (brought.copies[-1] if brought.copies else "")
    return f"{FROM_FILE}{brought.given.root}.{last}" + (f".{page[:8]}" if page else "")


def _digest(value: Any) -> str:
    return sha256(value)[:DIGEST]
