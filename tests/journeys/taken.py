"""A draft as a file, drawn without a portal: of a form that the test writes, in the test program's edition."""

import itertools
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from guichet.applications.takeaway import Brought, Given, _digest
from guichet.programs import loading
from guichet.programs.queries import PublishedEdition
from guichet.questions.definitions import Form
from guichet.web.applicant import offline, offline_reading
from guichet.web.applicant.answering import Sheet
from tests.applications.scene import PACKAGE

_ids = itertools.count(1)


class Taken:
    """The file of a form with ``values``, opened in ``language``; ``path`` is where it stands on the disk.

    ``costs`` says which table has them, and in which column.
    """

    def __init__(
        self,
        folder: Path,
        monkeypatch: Any,
        *,
        sections: list[Any],
        costs: dict[str, str],
        values: dict[str, Any],
        language: str,
    ) -> None:
        loaded = loading.load(PACKAGE)
        self.form = Form.model_validate({"sections": sections})
        cost = loaded.definition.cost.model_copy(update=costs)
        definition = loaded.definition.model_copy(update={"application": self.form, "cost": cost})
        # What is kept of an edition is kept by its id.
        edition = PublishedEdition(-next(_ids), "minimal", "edition", loaded.hash, definition)
        monkeypatch.setattr("guichet.programs.queries.edition", lambda _id: edition)
        self.values = values
        context = definition.context("application", values)
        sheet = Sheet(edition, self.form.sections, context, {}, language, True, lambda *_: None)
        file: Any = SimpleNamespace(
            whole=lambda: sheet,
            edition=edition,
            language=language,
            user=SimpleNamespace(name="Ada <&> O’Connor"),
            application=SimpleNamespace(public_id="taken-away"),
        )
        self.path = folder / "draft.html"
        self.path.write_text(offline.drawn(file, "the note"), encoding="utf-8")

    def brought(self, copy: Path) -> tuple[dict[str, Any], tuple[str, ...]]:
        """What is read of a copy of it: the answers that differ from those it was given, and the rows taken out."""
        note, typed = offline_reading.pieces(copy.read_bytes())
        assert note == "the note"
        read = json.loads(typed)
        nobody = dict.fromkeys(
            ("root", "application", "program", "edition", "edition_hash", "person", "name", "at"), ""
        )
        answers = {path: (1, _digest(value)) for path, value in self.values.items()}
        found = Brought(Given(**nobody, answers=answers), tuple(read["copies"]), read["fields"])
        return found.changed(self.form), tuple(read["removed"])
