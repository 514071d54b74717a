"""A registration is one act: the account, its event and its letter, or nothing; and a name is one line."""

import pytest

from guichet.accounts.models import User
from guichet.audit.models import Event
from guichet.mail import jobs
from guichet.mail.models import Letter
from tests.accounts.test_flows import register
from tests.client import PageClient
from tests.kernel.together import together


@pytest.mark.django_db
def test_a_letter_that_cannot_be_put_in_the_outbox_leaves_no_account(monkeypatch):
    def broken(**_):
        raise OSError("the outbox")

    monkeypatch.setattr(jobs.send_letter, "defer", broken)
    with pytest.raises(OSError, match="the outbox"):
        register(PageClient(), "half@registering.example")
    assert not User.objects.filter(email="half@registering.example").exists()
    assert not Event.objects.filter(event="account_registered", actor_name="Nadia New").exists()


@pytest.mark.usefixtures("committed")
def test_registering_twice_at_once_makes_one_account():
    for turn in range(4):
        email = f"twice{turn}@registering.example"
        answers = together(*[lambda email=email: register(PageClient(), email)] * 2)
        # The second is asked to wait, as for every letter to the same address within some seconds.
        assert sorted(answer.status_code for answer in answers) in ([302, 302], [302, 429])
        assert User.objects.filter(email=email).count() == 1
        assert Letter.objects.filter(recipient_email=email, name="confirm_address").count() == 1


@pytest.mark.django_db
def test_a_name_is_one_line():
    """A name stands in letters to others: it must not bring paragraphs of its own."""
    register(PageClient(), "line@registering.example", name="Nadia\r\n\r\nYour account is closed.\u2028Go away")
    assert User.objects.get(email="line@registering.example").name == "Nadia Your account is closed. Go away"


@pytest.mark.django_db
def test_the_letter_to_an_address_that_nobody_has_confirmed_carries_no_words_of_a_stranger():
    register(PageClient(), "victim@registering.example", name="You won. See prize.example")
    assert "prize.example" not in Letter.objects.get(recipient_email="victim@registering.example").text


@pytest.mark.django_db
def test_a_name_may_hold_any_sign_of_any_script():
    register(PageClient(), "any@registering.example", name="Zoé 😀 李 Nguyễn")
    assert User.objects.get(email="any@registering.example").name == "Zoé 😀 李 Nguyễn"
