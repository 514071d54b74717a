"""Passwords are kept as decision 0003 says. The time a hash takes belongs to the machine, and is not tested."""

from django.contrib.auth.hashers import check_password, make_password

from tests.people import PASSWORD


def test_a_hash_carries_the_parameters_that_were_decided():
    assert make_password(PASSWORD).startswith("argon2$argon2id$v=19$m=47104,t=3,p=1$")


def test_a_password_fits_its_own_hash_only():
    kept = make_password(PASSWORD)
    assert check_password(PASSWORD, kept)
    assert not check_password(PASSWORD + " ", kept)
