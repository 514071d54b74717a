"""A draft goes on in a newer edition: what becomes of each answer, who may, what is refused, and nothing is lost."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from guichet.answers import queries as stored
from guichet.answers.actions import Change
from guichet.applications import actions, carry_over, queries
from guichet.applications.errors import (
    AlreadySubmitted,
    EditionChanged,
    IntakeClosed,
    NothingToCarryOver,
)
from guichet.applications.models import CarriedOver
from guichet.audit.queries import events_of
from guichet.programs import queries as programs
from guichet.questions import engine, pages
from tests.applications.editions import newer
from tests.applications.scene import pdf

AFTER = datetime(2026, 7, 2, 20, tzinfo=UTC)  # the intake of spring is over


@pytest.fixture
def draft(scene):
    """A complete draft of the older edition, with an attachment."""
    application = scene.complete()
    actions.attach_file(actor=scene.owner, application=application, path="plan", upload=pdf())
    return application


@pytest.fixture
def autumn(draft, tmp_path):
    """The newer edition, published once the draft had begun."""
    return newer(tmp_path)


def move(scene, application, edition, actor=None, language="en"):
    given = {"actor": actor or scene.owner, "application": application, "edition": edition, "language": language}
    return carry_over.carry_over(**given)


def test_a_draft_stays_on_its_edition_until_it_is_moved(scene, draft, autumn):
    again = queries.application(draft.public_id)
    assert queries.edition_of(again).key == "spring-2026"
    assert carry_over.newer_edition(again) == autumn
    move(scene, again, autumn)
    assert queries.edition_of(queries.application(draft.public_id)).key == "autumn-2026"
    assert carry_over.newer_edition(queries.application(draft.public_id)) is None


def test_the_list_names_what_is_new_changed_and_gone(scene, draft, autumn):
    record = move(scene, draft, autumn)
    found = [(each.kind, each.path, each.what) for each in carry_over.differences_of(record)]
    assert found == [
        ("new", "jobs", ()),
        ("changed", "steps.what", ("type",)),
        ("changed", "steps.start", ("wording",)),
        ("changed", "plan", ("type",)),
        ("gone", "summary", ()),
    ]
    gone = carry_over.differences_of(record)[-1]
    assert (gone.label.fr, gone.section.fr, gone.table) == ("Résumé", "Projet", None)
    [event] = [each for each in events_of("application", draft.public_id) if each.event == "application_carried_over"]
    assert event.actor_name == scene.owner.name
    assert (event.data["before"], event.data["after"]) == ("spring-2026", "autumn-2026")
    assert event.data["gone"] == ["summary"]


def test_no_answer_is_lost(scene, draft, autumn):
    before = stored.answers(draft.sheet)
    move(scene, draft, autumn)
    after = stored.answers(draft.sheet)
    assert set(after) == set(before)
    rewritten = {path for path in before if after[path] != before[path]}
    assert rewritten == {"steps.firstrow.what", "steps.secondrow.what", "plan"}
    assert after["summary"] == before["summary"], "a gone question's answer stays"
    assert after["steps.firstrow.what"].value == "visit", "read again"
    assert after["steps.secondrow.what"].value == {"unreadable": "Fair"}, "kept as written"
    assert after["plan"].value == [before["plan"].value]
    history = stored.history(draft.sheet, "steps.secondrow.what")
    assert [(change.value, change.version) for change in history] == [("Fair", 1), ({"unreadable": "Fair"}, 2)]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_moved_draft_is_shown_completed_and_submitted(scene, draft, autumn, language):
    move(scene, draft, autumn, language=language)
    moved = queries.application(draft.public_id)
    context = queries.application_context(moved)
    for section in context.form.sections:
        pages.bind(context, section, language)
    assert {problem.path for problem in engine.problems(context, level="submit")} == {"jobs", "steps.secondrow.what"}
    scene.save(moved, {"jobs": 3, "steps.secondrow.what": "other"})
    submission = scene.submit(queries.application(draft.public_id))
    assert submission.document["program"]["edition"] == "autumn-2026"
    assert "summary" not in submission.document["answers"]
    assert submission.document["answers"]["jobs"] == 3
    assert [file["path"] for file in submission.document["files"]] == ["plan"]


# The type of a question, and what becomes of what was typed: (older, newer, answer, answer afterwards).
TYPES = [
    ("short_text", "integer", "12 employés", {"unreadable": "12 employés"}),
    ("short_text", "integer", "1 200", 1200),
    ("short_text", "yes_no", "Oui", True),
    ("short_text", "date", "au printemps", {"unreadable": "au printemps"}),
    ("short_text", "file", "plan.pdf", {"unreadable": "plan.pdf"}),
    ("yes_no", "short_text", True, "Oui"),
    ("integer", "short_text", 1200, "1\N{NO-BREAK SPACE}200"),
    ("integer", "yes_no", 12, {"unreadable": "12"}),
    ("integer", "long_text", {"unreadable": "une douzaine"}, "une douzaine"),
    ("date", "short_text", "2026-03-02", "2 mars 2026"),
    ("long_text", "email", "Première\nSeconde", {"unreadable": "Première\nSeconde"}),
    ("short_text", "calculated", "12", "12"),
    ("short_text", "content", "12", "12"),
]
EXTRA = {"calculated": ", value: {count: steps}", "content": ", text: {en: Read., fr: Lisez.}"}


@pytest.mark.parametrize(("older", "type_", "value", "after"), TYPES)
def test_what_a_new_type_cannot_read_is_kept_as_written(scene, tmp_path, older, type_, value, after):
    question = "- {key: summary, type: long_text, max_length: 4000, label: {en: Summary, fr: Résumé}}"
    other = "- {{key: summary, type: {}, required: false, label: {{en: Summary, fr: Résumé}}{}}}"
    first = newer(tmp_path / "a", key="a", changes=((question, other.format(older, "")),))
    scene.edition = first
    application = scene.complete(summary=value)
    second = newer(tmp_path / "b", key="b", changes=((question, other.format(type_, EXTRA.get(type_, ""))),))
    move(scene, application, second, language="fr")
    assert stored.values(application.sheet)["summary"] == after
    context = queries.application_context(queries.application(application.public_id))
    for section in context.form.sections:
        pages.bind(context, section, "fr")
    pages.answer_lines(context, "fr")
    engine.problems(context, level="submit")


def test_a_question_that_becomes_a_table_keeps_its_answer(scene, draft, tmp_path):
    autumn = newer(tmp_path, changes=PARTNERS)
    before = stored.values(draft.sheet)
    record = move(scene, draft, autumn)
    assert stored.values(draft.sheet) == before
    found = [(each.kind, each.path, each.what) for each in carry_over.differences_of(record)]
    assert found == [("new", "partner.who", ()), ("changed", "partner", ("type",))]
    moved = queries.application(draft.public_id)
    context = queries.application_context(moved)
    pages.bind(context, context.form.sections[0], "en")
    scene.save(moved, {"partner.rowrowrow1": 0, "partner.rowrowrow1.who": "Daughters Ltd."})
    assert stored.values(draft.sheet)["partner"] == "Hidden & Sons"


PARTNERS = (
    (
        """      - key: partner
        type: short_text
        max_length: 100
        visible: {equals: [{answer: has_partner}, true]}
        label: {en: Partner, fr: Partenaire}
""",
        """      - key: partner
        type: table
        rows_max: 3
        row_label: {en: Partner, fr: Partenaire}
        label: {en: Partners, fr: Partenaires}
        columns:
          - {key: who, type: short_text, label: {en: Name, fr: Nom}}
""",
    ),
)


def test_the_name_of_the_project_follows(scene, draft, tmp_path):
    autumn = newer(
        tmp_path,
        changes=(),
        edition=(("application_title: project", "application_title: partner"),),
    )
    move(scene, draft, autumn)
    assert queries.application(draft.public_id).title == "Hidden & Sons"


def test_a_draft_of_a_closed_edition_goes_on_in_the_newer_one(scene, draft, tmp_path, clock):
    clock.move_to(AFTER)
    with pytest.raises(IntakeClosed):
        scene.submit(draft)
    window = ("closes: 2026-06-30T17:00:00-07:00", "closes: 2026-12-30T17:00:00-08:00")
    autumn = newer(tmp_path, begins="2026-07-01", changes=(), edition=(window,))
    move(scene, draft, autumn)
    moved = queries.application(draft.public_id)
    scene.save(moved, {"steps.firstrow.start": "2026-09-01", "steps.secondrow.start": "2026-09-02"})
    assert scene.submit(queries.application(draft.public_id)).document["program"]["edition"] == "autumn-2026"


def test_editors_and_signatories_move_a_draft_and_nobody_else(scene, draft, autumn):
    for user in (scene.reader, scene.stranger, scene.officer):
        with pytest.raises(PermissionDenied):
            move(scene, draft, autumn, user)
    scene.organization.memberships.filter(user=scene.partner).update(until=datetime(2026, 1, 3, tzinfo=UTC))
    with pytest.raises(PermissionDenied):
        move(scene, draft, autumn, scene.partner)
    assert not CarriedOver.objects.exists()
    assert move(scene, draft, autumn, scene.editor).carried_by == scene.editor


def test_twice_is_once(scene, draft, autumn):
    stale = queries.application(draft.public_id)
    first = move(scene, draft, autumn)
    assert move(scene, stale, autumn, scene.editor) == first
    assert move(scene, queries.application(draft.public_id), autumn) == first
    assert CarriedOver.objects.filter(application=draft).count() == 1


def test_only_to_the_newer_edition_on_offer(scene, draft, autumn, tmp_path):
    spring = queries.edition_of(draft)
    window = ("closes: 2026-06-30", "closes: 2027-06-30")
    winter = newer(tmp_path / "w", key="winter-2027", begins="2027-01-01", changes=(), edition=(window,))
    for other in (spring, winter):
        with pytest.raises(NothingToCarryOver):
            move(scene, draft, other)
    move(scene, draft, autumn)
    with pytest.raises(NothingToCarryOver):
        move(scene, queries.application(draft.public_id), spring)


def test_a_submitted_application_stays(scene, draft, autumn):
    scene.submit(draft)
    assert carry_over.newer_edition(queries.application(draft.public_id)) is None
    with pytest.raises(AlreadySubmitted):
        move(scene, queries.application(draft.public_id), autumn)


def test_what_was_typed_into_the_older_form_is_not_saved_into_the_newer(scene, draft, autumn):
    stale = queries.application(draft.public_id)
    assert queries.edition_of(stale).key == "spring-2026"
    move(scene, draft, autumn, scene.editor)
    with pytest.raises(EditionChanged) as refused:
        actions.save_answers(actor=scene.owner, application=stale, changes=[Change("summary", "Late", 1)])
    assert refused.value.params["edition"].fr == "Fonds Semis, automne 2026"
    with pytest.raises(EditionChanged):
        scene.submit(stale)
    with pytest.raises(EditionChanged):
        actions.attach_file(actor=scene.owner, application=stale, path="plan", upload=pdf())


def test_the_record_stays_as_it_is(scene, draft, autumn):
    move(scene, draft, autumn)
    for statement in ("UPDATE applications_carriedover SET differences = '[]'", "DELETE FROM applications_carriedover"):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_change_that_fails_at_the_end_moves_nothing(scene, draft, autumn, monkeypatch):
    before = stored.answers(draft.sheet)

    def broken(**_given):
        raise RuntimeError("the log cannot be written")

    monkeypatch.setattr(carry_over, "record", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        move(scene, draft, autumn)
    assert queries.edition_of(queries.application(draft.public_id)).key == "spring-2026"
    assert stored.answers(draft.sheet) == before


def test_editions_are_listed_newest_first(scene, autumn):
    keys = [edition.key for edition in programs.editions() if edition.program_key == "minimal"]
    assert keys == ["autumn-2026", "spring-2026"]
