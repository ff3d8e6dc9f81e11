"""Database addresses as people write them."""

import pytest

from handrail.foundation.database.address import BadAddress, django_database


def test_an_address_with_everything():
    made = django_database("postgresql://ann:p%40ss@db.example:5433/handrail?sslmode=require")
    assert (made["USER"], made["PASSWORD"]) == ("ann", "p@ss")
    assert (made["HOST"], made["PORT"], made["NAME"]) == ("db.example", "5433", "handrail")
    assert made["OPTIONS"] == {"sslmode": "require"}


def test_a_unix_socket_in_a_folder_with_a_space():
    made = django_database("postgres://ann@/handrail?host=%2Fmy%20data%2Fpg")
    assert (made["HOST"], made["PORT"]) == ("/my data/pg", "")


@pytest.mark.parametrize("url", ["mysql://ann:secret@db/handrail", "postgresql://ann:secret@db"])
def test_a_wrong_address_is_refused_without_repeating_the_password(url):
    with pytest.raises(BadAddress) as refusal:
        django_database(url)
    assert "secret" not in str(refusal.value)
