"""Officers find an organization by its number or by its name, however they type it."""

import pytest

from guichet.organizations import queries
from tests import people

pytestmark = pytest.mark.django_db


def test_by_number_or_by_a_part_of_either_name_without_accents(django_assert_num_queries):
    firm = people.firm("sent", legal_name="Œuvres d’Éloïse inc.", operating_name="La Pêcherie Ñandú")
    other = people.firm("sent", legal_name="Another Ltd.", operating_name="")
    with django_assert_num_queries(1):
        assert queries.find(number=firm.organization.business_number) == [firm.organization]
    for typed in ("eloise", "D’ÉLOÏSE", "pecherie nandu"):
        found = queries.find(name=typed)
        assert firm.organization in found and other.organization not in found
    assert queries.find(number="000000000") == []


def test_nothing_typed_finds_nothing():
    people.firm("sent")
    assert queries.find() == []


def test_signs_that_mean_something_to_a_database_mean_nothing_here():
    people.firm("sent")
    for typed in ("%", "_", "\\", "'; DROP TABLE", "\x00"):
        assert queries.find(name=typed) == []
