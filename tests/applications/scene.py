"""An organization that is ready to apply, its people, and a complete application: rows made afresh each time.

Everything is committed or rolled back by whoever calls; nothing here depends on what other tests left behind.
"""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from guichet.accounts.models import User
from guichet.answers import actions as answers
from guichet.answers import queries as stored
from guichet.answers.actions import Change
from guichet.applications import actions
from guichet.applications.models import Application
from guichet.eligibility.models import Case
from guichet.eligibility.states import State as CaseState
from guichet.kernel.identifiers import new_id
from guichet.organizations.models import Membership, Organization, Profile
from guichet.programs import queries as programs
from guichet.programs.actions import publish
from guichet.programs.queries import PublishedEdition

PACKAGE = Path(__file__).resolve().parents[1] / "packages" / "minimal" / "spring-2026"
PROGRAM = "minimal"
EVERY = {"authority", "truth"}
# Ten business days after Wednesday 7 January 2026 (Vancouver): Wednesday 21 January; nothing falls between.
NOON = datetime(2026, 1, 7, 20, 0, tzinfo=UTC)
EARLIEST = date(2026, 1, 21)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"

_numbers = itertools.count(1)


def edition() -> PublishedEdition:
    """The test program's edition, published if it is not yet."""
    publish(actor=None, folder=PACKAGE)
    return programs.current_edition(PROGRAM)


def person(name: str, *, language: str = "en", staff_role: str = "") -> User:
    """A person with an address of their own."""
    return User.objects.create(
        email=f"{new_id().lower()}@tests.example", name=name, language=language, staff_role=staff_role, password="!"
    )


@dataclass
class Scene:
    """An organization whose criteria are met and whose profiles are sent, with one member in each role.

    ``owner`` is the primary signatory (reads English), ``partner`` a second one (French), ``editor``, ``reader``;
    ``stranger`` is primary signatory elsewhere; ``officer`` examines.
    """

    edition: PublishedEdition = field(default_factory=edition)

    def __post_init__(self) -> None:
        self.owner, self.partner = person("Olive Owner"), person("Pascale Associée", language="fr")
        self.editor, self.reader = person("Edith Editor"), person("Renaud Lecteur", language="fr")
        self.stranger, self.officer = person("Sam Stranger"), person("Odile Officer", staff_role="officer")
        self.organization = self._organization("Semis du Nord inc.", self.owner)
        self.elsewhere = self._organization("Elsewhere Ltd.", self.stranger)
        for user, role in ((self.partner, "signatory"), (self.editor, "editor"), (self.reader, "reader")):
            self._join(self.organization, user, role)
        for kind, values in (
            ("profile", {"legal_name": "Semis du Nord inc.", "employees": 12}),
            ("account_profile", {"products": "Graines"}),
        ):
            self.send_profile(kind, values, at=datetime(2026, 1, 2, tzinfo=UTC))
        self.criteria(CaseState.MET)

    def start(self, actor: User | None = None) -> Application:
        """The organization's draft."""
        return actions.start(actor=actor or self.owner, organization=self.organization, edition=self.edition)

    def complete(self, **changed: Any) -> Application:
        """A draft in which everything is answered; ``changed`` replaces values (``__`` in a name is a dot)."""
        application = self.start()
        self.fill(application, **changed)
        application.refresh_from_db()
        return application

    def fill(self, application: Application, **changed: Any) -> None:
        """Answer everything."""
        values: dict[str, Any] = {
            "project": "Semis boréaux",
            "summary": "Première ligne\nSeconde ligne « entre guillemets »",
            "has_partner": False,
            "partner": "Hidden & Sons",
            "steps.firstrow": 0,
            "steps.firstrow.what": "Visit",
            "steps.firstrow.start": EARLIEST.isoformat(),
            "steps.firstrow.cost": "1234.50",
            "steps.secondrow": 1,
            "steps.secondrow.what": "Fair",
            "steps.secondrow.start": "2026-03-02",
            "steps.secondrow.cost": "2000.00",
        }
        values |= {path.replace("__", "."): value for path, value in changed.items()}
        self.save(application, values)

    def save(self, application: Application, values: dict[str, Any], actor: User | None = None) -> Any:
        """Save answers over whatever stands there now."""
        now = stored.answers(application.sheet)
        changes = [Change(path, value, now[path].version if path in now else 0) for path, value in values.items()]
        return actions.save_answers(actor=actor or self.owner, application=application, changes=changes)

    def submit(self, application: Application, actor: User | None = None, **changed: Any) -> Any:
        """Submit with every attestation, in English, unless told otherwise."""
        arguments = {"attestations": EVERY, "language": "en", "request_key": "key-1"} | changed
        return actions.submit(actor=actor or self.owner, application=application, **arguments)

    def send_profile(self, kind: str, values: dict[str, Any], *, at: datetime) -> None:
        """Send a profile at that moment, as ``organizations`` leaves it."""
        kept, _made = Profile.objects.get_or_create(
            organization=self.organization,
            program_key=PROGRAM,
            kind=kind,
            defaults={"sheet_id": answers.create_sheet().pk},
        )
        Profile.objects.filter(pk=kept.pk).update(state="sent", snapshot=values, updated_at=at, updated_by=self.owner)

    def criteria(self, state: str) -> None:
        """Replace whatever examination there is by one in this state."""
        Case.objects.filter(organization=self.organization).exclude(state=CaseState.SUPERSEDED).update(
            state=CaseState.SUPERSEDED, concluded_at=None, concluded_by=None
        )
        done = state in (CaseState.MET, CaseState.NOT_MET)
        Case.objects.create(
            organization=self.organization,
            program_key=PROGRAM,
            edition_id=self.edition.id,
            snapshot={},
            state=state,
            opened_at=datetime(2026, 1, 2, tzinfo=UTC),
            opened_by=self.owner,
            due_on=date(2026, 1, 9),
            due_reason={},
            concluded_at=datetime(2026, 1, 5, tzinfo=UTC) if done else None,
            concluded_by=self.officer if done else None,
        )

    def _organization(self, name: str, owner: User) -> Organization:
        at = datetime(2026, 1, 1, tzinfo=UTC)
        organization = Organization.objects.create(legal_name=name, created_at=at, created_by=owner)
        self._join(organization, owner, "signatory", primary=True)
        return organization

    def _join(self, organization: Organization, user: User, role: str, *, primary: bool = False) -> None:
        Membership.objects.create(
            organization=organization, user=user, role=role, is_primary=primary, since=datetime(2026, 1, 1, tzinfo=UTC)
        )


def pdf(name: str = "plan.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """A small file that is what its name says."""
    return SimpleUploadedFile(name, content, content_type="application/pdf")
