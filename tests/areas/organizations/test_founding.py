"""Beginning an organization from the command line, and loading the demo."""

import re

import pytest
from django.core.management import CommandError, call_command

from handrail.areas.organizations.models import Membership, Organization, User
from handrail.core.access import Role
from handrail.demo.accounts import ACCOUNTS
from handrail.demo.load import key, load_people
from tests.staff import SEED

pytestmark = pytest.mark.django_db
WORDS = {"zone": "America/Chicago", "email": "first@x.example", "person": "First Person"}


def test_a_new_organization_begins_with_a_link_for_its_administrator(client, capsys):
    call_command("found_organization", "Cedar House", **WORDS)
    link = re.search(r"/join/\S+", capsys.readouterr().out).group()
    page = client.get(link).content.decode()
    assert "Cedar House" in page
    assert "Administrator" in page
    words = "four quiet green stairs"
    client.post(link, {"password": words, "again": words})
    place = Membership.objects.get(user__email="first@x.example")
    assert place.role_set == {Role.ADMINISTRATOR}
    client.post("/sign-in", {"login": "first@x.example", "password": words})
    assert client.get("/staff").headers["Location"] == "/security", "a second factor comes first"


@pytest.mark.parametrize("wrong", [{"zone": "Nowhere"}, {"email": "no address"}])
def test_a_mistake_begins_nothing(wrong):
    with pytest.raises(CommandError, match=f"^--{next(iter(wrong))} "):
        call_command("found_organization", "Cedar House", **{**WORDS, **wrong})
    assert not Organization.objects.filter(name="Cedar House").exists()


def test_the_demo_is_loaded_once_and_is_the_same_for_the_same_seed(program):
    first = dict(User.objects.values_list("email", "id"))
    assert not load_people(seed=SEED)
    assert dict(User.objects.values_list("email", "id")) == first
    assert {one.email: key(SEED, one.email) for one in ACCOUNTS}.items() <= first.items()


def test_the_demo_has_an_account_for_every_role():
    assert {role for one in ACCOUNTS for role in one.roles if one.listed} == set(Role)
    assert all(one.email.endswith(".example") for one in ACCOUNTS)
