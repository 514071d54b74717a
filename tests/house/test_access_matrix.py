"""Every address of the portal: who may open it, held against what each kind of person really gets, in both languages.

A new page fails here until it has its line in MATRIX. No GET writes, and nobody's POST writes to somebody else's file.
"""

import re
from dataclasses import dataclass

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from guichet.applications import actions as applications
from guichet.applications.sending import desk as application_desk
from guichet.mail.models import Letter
from guichet.organizations import actions as organizations
from guichet.organizations.actions import sending
from tests import people
from tests.applications.scene import NOON, PDF, Scene, pdf
from tests.client import PageClient

PERSONAS = (
    *("visitor", "newcomer", "stranger", "reader", "editor", "signatory", "primary", "officer", "administrator"),
)
MEMBERS = ("reader", "editor", "signatory", "primary")
TO_LOGIN, TO_PROFILE, AWAY = "to login", "to My profile", "elsewhere"


@dataclass(frozen=True)
class Row:
    """Who may open a page, and what a GET answers. ``own``: the address names something of one organization.

    ``get`` holds the answers that differ from what the rest of the row says: {persona: status or destination}.
    """

    who: str
    get: dict
    methods: str = "GET"
    own: bool = False

    def expected(self, persona):
        """The status, or where a redirect leads."""
        if persona in self.get:
            return self.get[persona]
        if "*" in self.get and (persona != "visitor" or self.who == "public"):
            return self.get["*"]
        return self._usual(persona)

    def _usual(self, persona):
        if self.who == "public":
            return 200
        if persona == "visitor":
            return TO_LOGIN
        if self.who == "officer":
            return {"officer": 200, "administrator": 403}.get(persona, 404)
        if self.who == "member" and persona in ("newcomer", "officer", "administrator"):
            return TO_PROFILE
        return 404 if self.own and persona not in MEMBERS else 200


def row(who, methods="GET", *, own=False, **get):
    return Row(who, {name.replace("all", "*"): answer for name, answer in get.items()}, methods, own)


def one_of(*members, otherwise=403):
    """Only these members; other members are told why not."""
    return {name: otherwise for name in MEMBERS if name not in members}


NO_STAFF = {"officer": 403, "administrator": 403}
WRITE = "GET POST"
MEND = "PATCH DELETE"
MATRIX = {
    "healthz": row("public", all=503),  # no worker runs in this test
    "public:home": row("public"),
    "public:program": row("public"),
    "public:questions": row("public"),
    "public:questions_pdf": row("public"),
    "public:self_check": row("public", WRITE),
    "public:verify": row("public", WRITE),
    "public:seals": row("public"),
    "public:seals_json": row("public"),
    "public:suggestions": row("public", all=404),  # without a list there is nothing to look in
    "public:help": row("public"),
    "public:help_page": row("public"),
    "public:support": row("public"),
    "public:browsers": row("public"),
    "public:accessibility": row("public"),
    "public:privacy": row("public"),
    "public:demo_letters": row("public"),
    "public:stay": row("person", "POST", all=405),
    "public:who": row("public"),
    "account_signup": row("public", WRITE, all=AWAY, visitor=200),
    "account_login": row("public", WRITE, all=AWAY, visitor=200),
    "account_logout": row("public", WRITE, visitor=AWAY),
    "account_email_verification_sent": row("public", WRITE, all=AWAY),
    "account_reset_password": row("public", WRITE),
    "account_confirm_password_reset_code": row("public", WRITE, all=AWAY),
    "account_complete_password_reset": row("public", WRITE, all=AWAY),
    "account_password_reset_completed": row("public"),
    "account_change_password": row("person", WRITE),
    "account_set_password": row("person", WRITE, all=AWAY),
    "account_reauthenticate": row("person", WRITE),
    "account_email": row("person", WRITE, all=AWAY),
    "account_inactive": row("public"),
    "applicant:home": row("person", officer=AWAY, administrator=AWAY),
    "applicant:profile": row("person", WRITE, officer=AWAY, administrator=AWAY),
    "applicant:profile_history": row("member", WRITE),
    "applicant:profile_save": row("person", "POST", all=405),
    "applicant:profile_uploads": row("person", WRITE, **one_of("editor", "signatory", "primary"), **NO_STAFF),
    "applicant:profile_upload": row("person", MEND, all=405),
    "applicant:verification": row("member"),
    "applicant:document": row("member", own=True),
    "applicant:account_profile": row("member", WRITE),
    "applicant:account_profile_history": row("member", WRITE),
    "applicant:account_profile_save": row("member", "POST", all=405),
    "applicant:account_profile_uploads": row("member", WRITE, **one_of("primary", otherwise=422)),
    "applicant:account_profile_upload": row("member", MEND, all=405),
    "applicant:contacts": row("member", WRITE),
    "applicant:contact_role": row("member", WRITE, own=True, **one_of("signatory", "primary")),
    "applicant:contact_remove": row("member", WRITE, own=True, **one_of("signatory", "primary")),
    "applicant:invitation_withdraw": row("member", "POST", all=405),
    "applicant:invitation_accept": row("person", WRITE),
    "applicant:applications": row("member"),
    "applicant:deleted": row("member"),
    "applicant:delete": row("member", WRITE, own=True, **one_of("editor", "signatory", "primary")),
    "applicant:recover": row("member", "POST", own=True, all=405),
    "applicant:family": row("member"),
    "applicant:new": row("member"),
    "applicant:start": row("member", WRITE),
    "applicant:application": row("member", own=True),
    "applicant:save": row("person", "POST", own=True, all=405),
    "applicant:uploads": row("person", WRITE, own=True, **one_of("editor", "signatory", "primary")),
    "applicant:upload": row("person", MEND, own=True, all=405),
    "applicant:section": row("member", WRITE, own=True),
    "applicant:attachment": row("member", own=True),
    "applicant:carry_over": row("member", WRITE, own=True, **one_of(otherwise=AWAY)),  # no edition is newer
    "applicant:history": row("member", WRITE, own=True),
    "applicant:takeaway": row("member", WRITE, own=True, **one_of("editor", "signatory", "primary")),
    "applicant:takeaway_file": row("member", own=True, **one_of("editor", "signatory", "primary")),
    "applicant:review": row("member", own=True),
    "applicant:submit": row("member", WRITE, own=True),
    "applicant:receipt": row("member", own=True),
    "applicant:receipt_pdf": row("member", own=True),
    "applicant:bundle": row("member", own=True),
    "applicant:file": row("member", own=True),
    "applicant:messages": row("person"),
    "applicant:message": row("person", own=True, **one_of("primary", otherwise=404)),
    "officer:queue": row("officer"),
    "officer:case": row("officer"),
    "officer:override": row("officer", WRITE),
    "officer:conclude": row("officer", WRITE),
    "officer:search": row("officer"),
    "officer:intakes": row("officer"),
    "officer:intake": row("officer"),
    "officer:intake_extend": row("officer", WRITE),
    "officer:intake_pause": row("officer", WRITE),
    "officer:intake_resume": row("officer", "POST", all=405),
    "officer:more_time": row("officer"),
    "officer:more_time_give": row("officer", WRITE),
    "officer:editions": row("officer"),
    "officer:edition": row("officer"),
    "officer:preview": row("officer"),
    "officer:organization": row("officer"),
    "officer:profile_document": row("officer"),
    "officer:file_view": row("officer"),
    "officer:attachment": row("officer"),
    "officer:receipt_pdf": row("officer"),
    "officer:bundle": row("officer"),
}


def patterns(resolver=None, space=""):
    """(name, pattern) of every address."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        else:
            yield f"{space}{entry.name}", entry


def test_every_address_is_listed_and_nothing_else():
    with translation.override("en"):
        assert sorted({name for name, _ in patterns()}) == sorted(MATRIX)


def test_views_declare_what_the_matrix_says():
    with translation.override("en"):
        for name, pattern in patterns():
            assert isinstance(pattern, URLPattern)
            declared = getattr(pattern.callback, "access", None)
            if declared is not None:
                methods = " ".join(m for m in pattern.callback.methods if m != "HEAD")
                assert (name, declared, methods) == (name, MATRIX[name].who, MATRIX[name].methods)
            else:
                assert name == "healthz" or name.startswith("account_"), f"{name} declares nothing"


@dataclass
class World:
    """People of every kind, and something behind every address."""

    users: dict
    arguments: dict


@pytest.fixture
def world(db):
    """The organization of the scene has a draft, a submitted application, an invitation and a message."""
    cache.clear()
    with time_machine.travel(NOON, tick=True) as clock:
        edition = people.edition()
        firm = people.firm("sent")
        scene = Scene()
        submitted = scene.start()
        plan = applications.attach_file(actor=scene.owner, application=submitted, path="plan", upload=pdf())
        scene.fill(submitted)
        submitted.refresh_from_db()
        scene.submit(submitted)
        clock.move_to(NOON.replace(hour=21))
        for kind, values in (("profile", {"legal_name": "Semis"}), ("account_profile", {"products": "Graines"})):
            scene.send_profile(kind, values, at=NOON.replace(hour=21))
        draft = scene.start()
        draft_plan = applications.attach_file(actor=scene.owner, application=draft, path="plan", upload=pdf())
        upload = sending.begin(
            application_desk(scene.owner, draft.public_id), path="plan", name="b.pdf", size=len(PDF), request_key="k"
        )
        own = {"actor": scene.owner, "organization": scene.organization}
        charter = organizations.attach_to_profile(
            **own, edition=scene.edition, kind="profile", path="charter", upload=pdf()
        )
        address = {"actor": scene.owner, "organization": scene.organization, "role": "reader", "language": "en"}
        invitation = organizations.invite(email="new@tests.example", **address)
        token = re.search(r"/([\w-]{43})/", Letter.objects.get(recipient_email="new@tests.example").text)[1]
        member = scene.partner.memberships.get()
        letter = Letter.objects.filter(recipient=scene.owner, in_portal=True).latest("pk")
        users = {
            "newcomer": people.person("New Comer"),
            "stranger": scene.stranger,
            "reader": scene.reader,
            "editor": scene.editor,
            "signatory": scene.partner,
            "primary": scene.owner,
            "officer": scene.officer,
            "administrator": people.person("Ada Admin", staff_role="administrator"),
        }
        for user in users.values():
            type(user).objects.filter(pk=user.pk).update(password="usable")
            user.refresh_from_db()
        family, program = "seedling", scene.edition.program_key
        help_page = edition.definition.help[0]
        section = scene.edition.definition.application.sections[0].key
        arguments = {
            "public:program": ["canexport-smes"],
            "public:questions": ["canexport-smes"],
            "public:questions_pdf": ["canexport-smes"],
            "public:self_check": ["canexport-smes"],
            "public:help_page": ["canexport-smes", help_page.slug],
            "applicant:contact_role": [member.public_id],
            "applicant:contact_remove": [member.public_id],
            "applicant:invitation_withdraw": [invitation.public_id],
            "applicant:invitation_accept": [token],
            "applicant:family": [family],
            "applicant:new": [family],
            "applicant:start": [family, program],
            "applicant:section": [draft.public_id, section],
            "applicant:attachment": [draft.public_id, draft_plan.public_id],
            "applicant:document": [charter.public_id],
            "applicant:upload": [draft.public_id, upload.public_id],
            "applicant:profile_upload": [upload.public_id],
            "applicant:account_profile_upload": [upload.public_id],
            "officer:profile_document": [scene.organization.public_id, charter.public_id],
            "applicant:message": [letter.public_id],
            "officer:case": [firm.case.public_id],
            "officer:override": [firm.case.public_id, edition.definition.criteria[0].key],
            "officer:conclude": [firm.case.public_id],
            "officer:edition": ["canexport-smes", edition.key],
            "officer:preview": ["canexport-smes", edition.key, "profile", edition.definition.profile.sections[0].key],
            "officer:organization": [scene.organization.public_id],
            "officer:intake_extend": [program, scene.edition.key, scene.edition.definition.intakes[0].key],
            "officer:more_time": [scene.organization.public_id],
            "officer:more_time_give": [scene.organization.public_id, program, scene.edition.key],
            "officer:file_view": [submitted.public_id],
            "officer:attachment": [submitted.public_id, plan.public_id],
            "officer:receipt_pdf": [submitted.public_id],
            "officer:bundle": [submitted.public_id],
        }
        arguments |= {
            f"applicant:{name}": [draft.public_id]
            for name in (
                "application",
                "carry_over",
                "delete",
                "recover",
                "history",
                "review",
                "save",
                "submit",
                "uploads",
                "takeaway",
                "takeaway_file",
            )
        }
        arguments |= {
            f"applicant:{name}": [submitted.public_id] for name in ("receipt", "receipt_pdf", "bundle", "file")
        }
        intakes = ("intake", "intake_pause", "intake_resume")
        arguments |= {f"officer:{name}": [program, scene.edition.key] for name in intakes}
        yield World(users, arguments)


def address(name, language, arguments):
    with translation.override(language):
        return reverse(name, args=[a if isinstance(a, str) else a.in_(language) for a in arguments])


def client_of(world, persona):
    client = PageClient()
    if persona != "visitor":
        client.force_login(world.users[persona])
    return client


def answer(response):
    """The status; where a redirect leads, in the words of the matrix."""
    if response.status_code != 302:
        return response.status_code
    place = response.headers["Location"]
    if re.match(r"/(en/log-in|fr/se-connecter)/\?next=", place):
        return TO_LOGIN
    return TO_PROFILE if re.match(r"/(en/my-profile|fr/mon-profil)/$", place) else AWAY


def state_of_tables():
    """A digest of each table, without sessions and the cache. One statement."""
    with connection.cursor() as cursor:
        names = sorted(set(connection.introspection.table_names(cursor)) - {"django_session", "cache"})
        one = "SELECT '{0}', count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) FROM \"{0}\" t"
        cursor.execute(" UNION ALL ".join(one.format(name) for name in names))
        return {name: rest for name, *rest in cursor.fetchall()}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("persona", PERSONAS)
def test_each_person_gets_what_the_matrix_says_and_no_get_writes(world, persona, language):
    found, wanted, titles = {}, {}, {}
    for name, line in MATRIX.items():
        client = client_of(world, persona)  # a fresh session: logging out is one of the pages
        before = state_of_tables()
        response = client.get(address(name, language, world.arguments.get(name, [])))
        if response.streaming:
            b"".join(response.streaming_content)
        found[name], wanted[name] = answer(response), line.expected(persona)
        if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
            title = re.search(r"<title>([^<]*)", response.content.decode())[1]
            titles.setdefault(title, []).append(name)
        assert state_of_tables() == before, f"a GET of {name} wrote to the database"
    differing = {name: (found[name], wanted[name]) for name in found if found[name] != wanted[name]}
    assert differing == {}, "found, wanted"
    assert {title: names for title, names in titles.items() if len(names) > 1} == {}, "pages with one title"


@pytest.mark.parametrize("persona", ["visitor", "newcomer", "stranger", "reader"])
def test_a_post_without_the_right_changes_nothing(world, persona):
    for name, line in MATRIX.items():
        if "POST" not in line.methods or not (line.own or line.who == "officer"):
            continue
        client = client_of(world, persona)
        before = state_of_tables()
        typed = {"role": "signatory", "outcome": "met", "reason": "x", "project": "Taken over", "action": "save"}
        status = client.post(address(name, "en", world.arguments[name]), typed).status_code
        assert status in (302, 403, 404, 409, 422), f"{name}: {status}"
        assert state_of_tables() == before, f"a POST of {name} by {persona} wrote to the database"


@pytest.mark.parametrize("persona", ["stranger", "newcomer", "officer"])
def test_an_unknown_and_a_foreign_id_look_the_same(world, persona):
    client = client_of(world, persona)
    for name, arguments in world.arguments.items():
        if MATRIX[name].own and "GET" in MATRIX[name].methods:
            foreign = answer(client.get(address(name, "en", arguments)))
            unknown = answer(client.get(address(name, "en", ["A" * 22, *arguments[1:]])))
            assert foreign == unknown, name


def test_the_letters_of_everybody_are_a_page_of_the_demonstration_only(world, settings):
    settings.DEMONSTRATION = False
    assert client_of(world, "visitor").get("/en/letters-sent/").status_code == 404


def test_attachments_are_downloads(world):
    response = client_of(world, "primary").get(
        address("applicant:attachment", "en", world.arguments["applicant:attachment"])
    )
    assert b"".join(response.streaming_content) == PDF
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert Session.objects.exists()
