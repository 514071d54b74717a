"""The outbox: in with the transaction, out once the server has said 250."""

import datetime as dt
import smtplib
from email.utils import parseaddr
from types import SimpleNamespace

import pytest
import time_machine
from asgiref.sync import async_to_sync
from django.core.mail import EmailMultiAlternatives, send_mail
from django.db import transaction
from django.utils import translation
from procrastinate.contrib.django.models import ProcrastinateJob

from guichet.kernel import clock
from guichet.kernel.bilingual import Text
from guichet.mail import actions, delivery, jobs, queries
from guichet.mail.models import Letter
from tests.mail.server import running

TEXT = Text(
    en="Subject: Hello {name}\n\nYour code is **{code}**.",
    fr="Objet\u00a0: Bonjour {name}\n\nVotre code est **{code}**; 50\u00a0000\u00a0$.",
)


@pytest.fixture
def server(settings):
    with running() as server:
        settings.MAIL_TRANSPORT = {**settings.MAIL_TRANSPORT, "scheme": "smtp", "host": "127.0.0.1",
                                   "port": server.port, "timeout": 3}  # fmt: skip
        yield server


def send(language="en", **changes):
    given = {"room": "x", "name": "greeting", "language": language, "email": "ada@test.example",
             "values": {"name": "Ada", "code": "123456"}, "override": TEXT, **changes}  # fmt: skip
    return actions.send(**given)


def sent(letter: Letter) -> Letter:
    """Run the letter's job as the worker does; the letter as it is then."""
    jobs.send_letter(letter_id=letter.pk)
    return Letter.objects.get(pk=letter.pk)


def put_off(letter: Letter) -> tuple[Letter, delivery.TryAgain]:
    with pytest.raises(delivery.TryAgain) as again:
        jobs.send_letter(letter_id=letter.pk)
    return Letter.objects.get(pk=letter.pk), again.value


def test_a_letter_and_its_job_go_in_with_the_act_or_not_at_all(committed):
    with pytest.raises(RuntimeError), transaction.atomic():
        lost = send()
        raise RuntimeError
    assert not Letter.objects.filter(public_id=lost.public_id).exists()
    assert not ProcrastinateJob.objects.filter(args__letter_id=lost.pk).exists()
    with transaction.atomic():
        kept = send()
    job = ProcrastinateJob.objects.get(args__letter_id=kept.pk)
    assert (job.task_name, job.status) == ("mail.send_letter", "todo")


@pytest.mark.django_db
def test_a_letter_is_sent_when_the_server_said_250(server):
    letter = sent(send("fr"))
    assert (letter.state, letter.tries) == ("sent", 1)
    assert letter.answer == "250 2.0.0 queued as 42"
    assert letter.sent_at is not None
    assert server.envelopes == [(parseaddr(delivery.sender())[1], ["ada@test.example"])]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_goes_over_the_wire(server, settings, language):
    settings.PORTAL_NAME = {"en": "Portal", "fr": "Portail d’aide"}
    letter = sent(send(language, values={"name": "Élodie 🎉", "code": "123456"}))
    (message,) = server.received
    assert message["Subject"] == letter.subject
    assert "Élodie 🎉" in message["Subject"]
    assert message["From"].addresses[0].display_name == settings.PORTAL_NAME[language]
    assert message["Message-ID"] == letter.message_id
    assert message["Content-Language"] == language
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime.replace(microsecond=0) == letter.created_at.replace(microsecond=0)
    text, html = message.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert [part["Content-Language"] for part in (text, html)] == [language, language]
    assert text.get_content().replace("\r\n", "\n") == letter.text
    page = html.get_content()
    assert f'<html lang="{language}">' in page
    assert f"<title>{letter.subject}</title>" in page
    assert page.count("<h1>") == 1
    assert "<strong>123456</strong>" in page
    assert "style=" not in page
    if language == "fr":
        assert "50\u00a0000\u00a0$" in text.get_content()


@pytest.mark.django_db
def test_a_letter_goes_once(server):
    letter = send()
    sent(letter)
    jobs.send_letter(letter_id=letter.pk)
    assert len(server.received) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["at_mail", "at_rcpt", "at_data"])
def test_a_server_that_asks_to_come_again_is_asked_again(server, where):
    setattr(server, where, "451 4.3.0 try later")
    letter, again = put_off(send())
    assert (letter.state, letter.answer, letter.sent_at) == ("queued", "451 4.3.0 try later", None)
    assert again.seconds == delivery.WAITS[0]
    assert server.received == []
    setattr(server, where, None)
    letter = sent(letter)
    assert (letter.state, letter.tries) == ("sent", 2)
    assert [message["Message-ID"] for message in server.received] == [letter.message_id]


@pytest.mark.django_db
@pytest.mark.parametrize(("where", "state"), [("at_rcpt", "failed"), ("at_data", "failed"), ("at_mail", "queued")])
def test_a_refusal_for_good_ends_the_letter_unless_it_is_about_us(server, where, state):
    setattr(server, where, "550 5.1.1 no such user")
    letter = send()
    if state == "failed":
        letter = sent(letter)
    else:
        letter, _again = put_off(letter)
    assert (letter.state, letter.answer) == (state, "550 5.1.1 no such user")
    assert letter.sent_at is None


@pytest.mark.django_db
def test_a_line_that_breaks_is_tried_again(server):
    server.hang_up = True
    letter, _again = put_off(send())
    assert letter.state == "queued"
    assert "Disconnected" in letter.answer or "Connection" in letter.answer
    server.hang_up = False
    assert sent(letter).state == "sent"


@pytest.mark.django_db
def test_a_line_that_breaks_before_the_250_may_double_the_letter_with_the_same_id(server):
    server.hang_up_late = True
    letter, _again = put_off(send())
    server.hang_up_late = False
    assert sent(letter).state == "sent"
    assert {message["Message-ID"] for message in server.received} == {letter.message_id}


@pytest.mark.django_db
def test_no_server_means_later(settings):
    settings.MAIL_TRANSPORT = {**settings.MAIL_TRANSPORT, "scheme": "smtp", "host": "127.0.0.1", "port": 1}
    letter, _again = put_off(send())
    assert (letter.state, letter.answer.split(":")[0]) == ("queued", "ConnectionRefusedError")


@pytest.mark.django_db
def test_a_refusal_at_the_goodbye_does_not_undo_the_250(server, monkeypatch):
    def broken_goodbye(self):
        raise smtplib.SMTPResponseException(421, b"too late")

    monkeypatch.setattr(smtplib.SMTP, "quit", broken_goodbye)
    assert sent(send()).state == "sent"


@pytest.mark.django_db
def test_waits_grow_and_end_after_three_days(server):
    server.at_rcpt = "451 4.3.0 try later"
    start = clock.now()
    waits = []
    with time_machine.travel(start, tick=False) as traveller:
        letter = send()
        while (letter := Letter.objects.get(pk=letter.pk)).state == "queued":
            try:
                jobs.send_letter(letter_id=letter.pk)
            except delivery.TryAgain as again:
                waits.append(again.seconds)
                traveller.shift(again.seconds)
        ended = clock.now()
    assert waits == sorted(waits)
    assert waits[0] <= 60
    assert dt.timedelta(days=2, hours=12) < ended - start <= dt.timedelta(days=3)
    assert (letter.state, letter.answer) == ("failed", "451 4.3.0 try later")


def test_the_worker_waits_as_long_as_the_letter_says():
    strategy = jobs.Patience()
    job = SimpleNamespace(attempts=0)
    decision = strategy.get_retry_decision(exception=delivery.TryAgain(300, "x"), job=job)
    wait = (decision.retry_at - clock.now()).total_seconds()
    assert 295 < wait <= 300
    assert strategy.get_retry_decision(exception=OSError(), job=job) is not None
    assert strategy.get_retry_decision(exception=OSError(), job=SimpleNamespace(attempts=99)) is None


def test_the_real_worker_sends_what_was_put_in(committed, server):
    with transaction.atomic():
        letter = send()
    with jobs.app.replace_connector(jobs.app.connector.get_worker_connector()) as worker:
        worker.run_worker(wait=False, queues=["mail"], install_signal_handlers=False, listen_notify=False)
    assert Letter.objects.get(pk=letter.pk).state == "sent"
    assert letter.message_id in [message["Message-ID"] for message in server.received]


def test_a_job_left_by_a_dead_worker_is_taken_up_again(committed):
    with transaction.atomic():
        letter = send()
    job = ProcrastinateJob.objects.get(args__letter_id=letter.pk)
    connector = jobs.app.connector
    connector.execute_query(
        "WITH w AS (INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id)"
        " UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM w) WHERE id = %(id)s",
        id=job.pk,
    )
    async_to_sync(jobs.retry_stalled.func)(timestamp=0)
    job.refresh_from_db()
    assert job.status == "todo"


@pytest.mark.django_db
def test_a_letter_that_is_not_there_is_looked_for_a_few_times_and_no_more():
    with pytest.raises(delivery.NotThere) as missing:
        jobs.send_letter(letter_id=-1)
    decisions = [
        jobs.Patience().get_retry_decision(exception=missing.value, job=SimpleNamespace(attempts=n)) for n in range(6)
    ]
    assert [decision is not None for decision in decisions] == [True] * 4 + [False] * 2


@pytest.mark.django_db
def test_in_demonstration_nothing_leaves(settings):
    settings.MAIL_TRANSPORT = {**settings.MAIL_TRANSPORT, "scheme": "demonstration"}
    letter = sent(send())
    assert (letter.state, letter.answer) == ("sent", "demonstration")


@pytest.mark.django_db
@pytest.mark.parametrize(("production", "in_portal", "blank"), [(True, False, True), (True, True, False),
                                                                (False, False, False)])  # fmt: skip
def test_a_code_is_blanked_after_it_went_in_production(server, settings, production, in_portal, blank):
    settings.PRODUCTION = production
    letter = sent(send(in_portal=in_portal))
    assert (letter.text == "" and letter.html == "") is blank
    assert "123456" in server.received[0].get_body(("plain",)).get_content()


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["a@b.example\nBcc: all@other.example", "a b@c.example", "nobody", "a@b\x00.example"])
def test_an_address_that_would_write_headers_is_refused(email):
    with pytest.raises(ValueError, match="not an address"):
        send(email=email)


@pytest.mark.django_db
def test_a_name_cannot_write_headers(server):
    sent(send(values={"name": "Ada\r\nBcc: all@other.example", "code": "1"}))
    (message,) = server.received
    assert message["Bcc"] is None
    assert server.envelopes[0][1] == ["ada@test.example"]


@pytest.mark.django_db
def test_a_domain_with_accents_is_spelled_for_servers_and_a_local_part_is_refused(server):
    sent(send(email="ada@éxemple.example"))
    assert server.envelopes[0][1] == ["ada@xn--xemple-9ua.example"]
    assert sent(send(email="adé@test.example")).state == "failed"


@pytest.mark.django_db
def test_the_frameworks_mail_goes_through_the_outbox(settings):
    settings.EMAIL_BACKEND = "guichet.mail.backend.OutboxBackend"  # the test runner puts its own in
    with translation.override("fr"):
        send_mail("Objet", "Un\n\n<deux>", None, ["a@b.example", "c@d.example"])
        message = EmailMultiAlternatives("x", "texte", to=["e@f.example"])
        message.attach_alternative("<p onclick='x'>html</p>", "text/html")
        message.send()
    letters = Letter.objects.order_by("-pk")[:3]
    assert [letter.recipient_email for letter in letters] == ["e@f.example", "c@d.example", "a@b.example"]
    assert {letter.language for letter in letters} == {"fr"}
    assert not any(letter.in_portal for letter in letters)
    assert letters[0].body == "<p>html</p>"
    assert letters[1].body == "<p>Un</p>\n<p>&lt;deux&gt;</p>"


@pytest.mark.django_db
def test_messages_are_the_persons_own_newest_first_by_pages(person):
    ada, bob = person("Ada"), person("Bob")
    mine = [send(user=ada, values={"name": str(n), "code": "1"}) for n in range(5)]
    send(user=ada, in_portal=False)
    theirs = send(user=bob)
    first = queries.letters_for(ada, size=2)
    second = queries.letters_for(ada, size=2, after=first.next)
    third = queries.letters_for(ada, size=2, after=second.next)
    pages = [first, second, third]
    assert [letter.pk for page in pages for letter in page.letters] == [letter.pk for letter in reversed(mine)]
    assert third.next == ""
    assert queries.letters_for(ada, after="nonsense", size=9).letters[0] == mine[-1]
    assert queries.letter_for(ada, theirs.public_id) is None
    assert queries.letter_for(ada, mine[0].public_id) == mine[0]
    assert queries.all_letters(size=1).letters == [theirs]


@pytest.mark.django_db
def test_reading_is_noted_once_and_only_for_the_recipient(person):
    ada, bob = person("Ada"), person("Bob")
    letter = send(user=ada)
    assert queries.unread(ada) == 1
    actions.mark_read(actor=bob, letter=letter)
    assert queries.unread(ada) == 1
    actions.mark_read(actor=ada, letter=letter)
    first = Letter.objects.get(pk=letter.pk).read_at
    actions.mark_read(actor=ada, letter=letter)
    assert queries.unread(ada) == 0
    assert Letter.objects.get(pk=letter.pk).read_at == first


@pytest.mark.django_db
def test_the_health_of_the_outbox():
    before = queries.outbox_health()
    letter = send()
    after = queries.outbox_health()
    assert after.waiting == before.waiting + 1
    assert after.oldest <= letter.created_at
    assert after.late(letter.created_at + dt.timedelta(hours=1), dt.timedelta(minutes=30))
    Letter.objects.filter(pk=letter.pk).update(state="failed")
    assert queries.outbox_health().failed == before.failed + 1
