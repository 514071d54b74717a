"""The officer's pages about intakes: what is shown, decided, refused, and what applicants see of it at once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from guichet.applications import actions
from guichet.applications.errors import IntakeClosed, IntakePaused
from guichet.programs import intakes
from guichet.programs import queries as programs
from guichet.programs.models import IntakeDecision
from tests.applications.conftest import clock, scene  # noqa: F401 -- fixtures
from tests.web.applying import fields

NBSP = "\N{NO-BREAK SPACE}"
EDITION = ("minimal", "spring-2026")
CLOSES = datetime(2026, 7, 1, tzinfo=UTC)  # 30 June, 17:00 in Vancouver
WRITTEN = {"en": "July 31, 2026, 12:00 p.m. (PDT)", "fr": f"31 juillet 2026, 12{NBSP}h (HAP)"}


def at(language, name, *args):
    with translation.override(language):
        return reverse(name, args=args)


def text(response):
    return response.content.decode()


@pytest.fixture(params=["en", "fr"])
def language(request):
    return request.param


@pytest.fixture
def deciding(client, scene):  # noqa: F811
    client.force_login(scene.officer)
    return client


def send(client, url, **typed):
    return client.post(url, fields(client.get(url)) | typed)


def test_an_extension_is_decided_and_seen_by_everybody_at_once(deciding, scene, language):  # noqa: F811
    application = scene.start()
    url = at(language, "officer:intake_extend", *EDITION, "spring")
    answer = send(deciding, url, day="2026-07-31", time="12:00", reason="Grève des postes")
    assert answer.status_code == 302
    page = text(deciding.get(answer.headers["Location"]))
    assert WRITTEN[language] in page
    assert "Grève des postes" in page
    assert text(deciding.get(at(language, "officer:intakes"))).count(WRITTEN[language]) >= 1
    deciding.force_login(scene.owner)
    for name, args in (
        ("public:program", ["minimal"]),
        ("public:home", []),
        ("applicant:home", []),
        ("applicant:start", ["seedling", "minimal"]),
        ("applicant:application", [application.public_id]),
        ("applicant:review", [application.public_id]),
        ("applicant:submit", [application.public_id]),
    ):
        shown = text(deciding.get(at(language, name, *args)))
        assert WRITTEN[language] in shown, name
        assert "Grève des postes" not in shown, "the reason is for the file"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"day": "2026-06-30", "time": "17:00", "reason": "x"}, "The intake now closes on June 30, 2026, 5:00 p.m."),
        ({"day": "2026-01-06", "time": "17:00", "reason": "x"}, "This moment has passed."),
        ({"day": "2026-07-31", "time": "17:00", "reason": " "}, "Give the reason."),
        ({"day": "2027-03-14", "time": "02:30", "reason": "x"}, "The clocks are put forward over this time."),
        ({"day": "2026-11-01", "time": "01:30", "reason": "x"}, "This time comes twice that day."),
        ({"day": "", "time": "", "reason": ""}, "This field is required."),
        ({"day": "31/07/2026", "time": "noon", "reason": "x"}, "Enter a valid date."),
    ],
)
def test_an_extension_that_cannot_be_says_why(deciding, typed, said):
    url = at("en", "officer:intake_extend", *EDITION, "spring")
    answer = send(deciding, url, **typed)
    assert answer.status_code == 422
    assert said in text(answer)
    assert not IntakeDecision.objects.exists()


@pytest.mark.parametrize(("which", "hour"), [("first", 8), ("second", 9)])
def test_a_time_that_comes_twice_is_asked_for(deciding, which, hour):
    url = at("fr", "officer:intake_extend", *EDITION, "spring")
    typed = {"day": "2026-11-01", "time": "01:30", "reason": "x"}
    asked = send(deciding, url, **typed)
    assert 'name="which"' in text(asked)
    assert deciding.post(url, fields(asked) | typed | {"which": which}).status_code == 302
    assert IntakeDecision.objects.get().ends == datetime(2026, 11, 1, hour, 30, tzinfo=UTC)


def test_a_pause_stops_starting_and_submitting_with_its_notice(deciding, scene, language):  # noqa: F811
    application = scene.complete()
    notice = {"notice_en": "Counting what is left.", "notice_fr": "Nous faisons le compte."}
    said = notice[f"notice_{language}"]
    assert send(deciding, at(language, "officer:intake_pause", *EDITION), **notice).status_code == 302
    with pytest.raises(IntakePaused):
        scene.submit(application)
    deciding.force_login(scene.owner)
    for name, args in (
        ("public:program", ["minimal"]),
        ("applicant:home", []),
        ("applicant:start", ["seedling", "minimal"]),
        ("applicant:application", [application.public_id]),
    ):
        assert said in text(deciding.get(at(language, name, *args))), name
    url = at(language, "applicant:submit", application.public_id)
    refused = deciding.post(url, fields(deciding.get(url)) | {"attestation": ["authority", "truth"]})
    assert refused.status_code == 422
    assert said in text(refused)
    deciding.force_login(scene.officer)
    assert deciding.post(at(language, "officer:intake_resume", *EDITION)).status_code == 302
    assert deciding.post(at(language, "officer:intake_resume", *EDITION)).status_code == 302, "done is done"
    assert scene.submit(application).reference


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"notice_en": "Only one"}, "Write the notice in both languages"),
        ({"notice_en": "a", "notice_fr": "b", "day": "2026-01-08"}, "Give the day and the time, or neither."),
        (
            {"notice_en": "a", "notice_fr": "b", "end_day": "2026-01-06", "end_time": "12:00"},
            "The pause must end after it begins.",
        ),
    ],
)
def test_a_pause_that_cannot_be_says_why(deciding, typed, said):
    answer = send(deciding, at("en", "officer:intake_pause", *EDITION), **typed)
    assert answer.status_code == 422
    assert said in text(answer)
    assert not IntakeDecision.objects.exists()


def test_one_organization_gets_more_time_and_no_other(deciding, scene, language, clock):  # noqa: F811
    application = scene.complete()
    scene.save(application, {"steps.firstrow.start": "2026-09-01", "steps.secondrow.start": "2026-09-02"})
    page = text(deciding.get(at(language, "officer:organization", scene.organization.public_id)))
    choose = at(language, "officer:more_time", scene.organization.public_id)
    assert choose in page
    give = at(language, "officer:more_time_give", scene.organization.public_id, *EDITION)
    assert give in text(deciding.get(choose))
    refused = send(deciding, give, day="2026-06-30", time="17:00", reason="x")
    assert refused.status_code == 422
    answer = send(deciding, give, day="2026-07-31", time="12:00", reason="Incendie")
    assert answer.headers["Location"] == choose
    for seen in (choose, at(language, "officer:intake", *EDITION)):
        assert "Incendie" in text(deciding.get(seen))
    clock.move_to(CLOSES + timedelta(days=1))
    assert not programs.is_open(scene.edition, CLOSES + timedelta(days=1))
    deciding.force_login(scene.owner)
    shown = text(deciding.get(at(language, "applicant:application", application.public_id)))
    assert WRITTEN[language] in shown
    assert "Incendie" not in shown
    assert scene.submit(application).reference
    with pytest.raises(IntakeClosed):
        actions.conditions.require_open(scene.elsewhere, scene.edition, CLOSES + timedelta(days=1))


def test_an_officer_gives_their_own_organization_nothing(deciding, scene):  # noqa: F811
    type(scene.owner).objects.filter(pk=scene.owner.pk).update(staff_role="officer")
    scene.owner.refresh_from_db()
    deciding.force_login(scene.owner)
    assert deciding.get(at("en", "officer:more_time", scene.organization.public_id)).status_code == 403
    assert "more-time" not in text(deciding.get(at("en", "officer:organization", scene.organization.public_id)))


def test_what_does_not_exist_is_not_found(deciding, scene):  # noqa: F811
    for name, *args in (
        ("officer:intake", "minimal", "autumn-2026"),
        ("officer:intake", "maximal", "spring-2026"),
        ("officer:intake_extend", *EDITION, "autumn"),
        ("officer:more_time", "nobody"),
        ("officer:more_time_give", scene.organization.public_id, "minimal", "autumn-2026"),
    ):
        assert deciding.get(at("en", name, *args)).status_code == 404, name


def test_closed_says_so_and_keeps_the_draft(deciding, scene, language, clock):  # noqa: F811
    application = scene.complete()
    clock.move_to(CLOSES)
    deciding.force_login(scene.editor)
    page = text(deciding.get(at(language, "applicant:application", application.public_id)))
    word = {"en": "Your draft is kept", "fr": "Votre brouillon est conservé"}[language]
    assert word in page
    assert word in text(deciding.get(at(language, "applicant:home")))
    with pytest.raises(IntakeClosed):
        scene.submit(application)


def test_an_announced_pause_is_said_before(deciding, scene, language, clock):  # noqa: F811
    begins = scene_now(clock) + timedelta(days=2)
    notice = intakes.Text(en="Winter cleaning.", fr="Nettoyage d’hiver.")
    intakes.pause(actor=scene.officer, edition=scene.edition, begins=begins, ends=None, notice=notice)
    page = text(deciding.get(at(language, "public:program", "minimal")))
    assert notice.in_(language) in page
    assert {"en": "January 9, 2026, 12:00 p.m. (PST)", "fr": f"9 janvier 2026, 12{NBSP}h (HNP)"}[language] in page


def scene_now(clock):  # noqa: F811
    return datetime(2026, 1, 7, 20, tzinfo=UTC)
