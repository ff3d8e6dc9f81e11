"""Whatever is sent to a page, it answers: with what was wrong, never that it broke.

Here some parameters of each page get a hostile value, others from page to page, and all of them
together; with HANDRAIL_FUZZ=all (`./run bench fuzz`) each parameter gets every value.
"""

import os

import pytest

from handrail.areas.booking.models import PublishedProgram, ScreeningSlot
from handrail.areas.organizations.models import Membership
from handrail.core.access import Role
from handrail.foundation import tenancy
from handrail.web.staff.organizations import people
from tests.factories import slots
from tests.staff import confirm, sign_in
from tests.web.fuzzing import Fuzz, every_pattern
from tests.web.test_access_matrix import objects

pytestmark = pytest.mark.django_db
PARTS = 8
EVERYTHING = os.environ.get("HANDRAIL_FUZZ") == "all"
ADDRESSES = sorted({name for name, _ in every_pattern()})


def ready(program, client) -> Fuzz:
    """Somebody in every role, signed in beside one of everything that addresses can name."""
    with tenancy.within(program.alder):
        Membership.objects.filter(pk=program.place("ada").pk).update(roles=sorted(Role))
    arguments = objects(program, program.alder, "dev")
    with tenancy.within(program.alder):
        slot = ScreeningSlot.objects.get(pk=arguments["slot_id"])
        published = PublishedProgram.objects.get(pk=arguments["published_id"])
    arguments |= {
        "token": slots.token(published, slot), "number": 1, "wish": "detox", "kind": "overdose",
        "slug": "safety", "pk": 1, "uidb36": "x", "key": "x",
    }  # fmt: skip
    return Fuzz(_confirmed(program, client), arguments)


def _confirmed(program, client):
    sign_in(client, program, "ada", program.alder)
    confirm(client)
    return client


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_breaks_whatever_it_is_sent(part, program, client):
    fuzz = ready(program, client)
    assert set(fuzz.targets) == set(ADDRESSES), "nothing stands for an argument"
    fuzz.look()
    for name in ADDRESSES[part::PARTS]:
        fuzz.attack(name, everything=EVERYTHING)
    assert fuzz.sent > 200
    assert not dict(fuzz.broken)


def test_a_page_that_breaks_is_found(program, client, monkeypatch):
    fuzz = ready(program, client)
    monkeypatch.setattr(people.services, "invite", lambda **entered: 1 / 0)
    fuzz.attack("staff:invite", everything=False)
    assert not fuzz.broken, "nothing of what was sent so far is an invitation"
    fuzz.targets["staff:invite"].usual["POST"] = {
        "name": ["Nia"], "email": ["nia@x.example"], "roles": ["biller"],
    }  # fmt: skip
    fuzz.attack("staff:invite", everything=False)
    (broken,) = fuzz.broken.values()
    assert "ZeroDivisionError" in broken[0]


def test_the_way_back_leads_to_pages_of_ours_alone(program, client):
    sign_in(client, program, "mara", program.alder)
    for asked in ("x", "//elsewhere.example", "javascript:alert(1)"):
        answer = client.get("/staff/hand-back", {"next": asked})
        assert answer.headers["Location"] == "/staff", asked
