"""The worklist on Today: rows, views, assigning and snoozing."""

import re
import time
from datetime import timedelta
from uuid import uuid4

import pytest

from handrail.areas.waitlist.services import put_on
from handrail.areas.worklist.models import WorkItem
from handrail.foundation import clock, tenancy
from handrail.foundation.audit.models import AuditEntry
from tests import due
from tests.areas.clients.people import some_client
from tests.areas.inquiries.asking import some_inquiry
from tests.factories.evening import AT, LATE, TONIGHT, a_flag, a_note, an_evening
from tests.staff import sign_in

CHANGE = "/staff/due/change/"


@pytest.fixture
def group(program, monkeypatch):
    monkeypatch.setenv(clock.DEMO_CLOCK, repr(AT.timestamp() - time.time()))
    with tenancy.within(program.alder):
        yield an_evening(program)


@pytest.fixture
def step(group, program):
    made = some_inquiry(program.actor("ines"), at=AT, next_step_date=TONIGHT)
    return WorkItem.objects.get(inquiry=made)


def said(answer) -> str:
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", plain.replace("&#39;", "'"))


def test_people_on_the_waiting_list_are_in_the_trail(group, program, client):
    """Today named them without an entry."""
    ines = program.actor("ines")
    person = some_client(ines, "Kayla", "Brandt")
    put_on(
        client_id=person.pk, program_id=group.session.track.program_id, priority="others",
        source="said so on the phone", since=TONIGHT - timedelta(days=8), by=ines, at=AT,
    )  # fmt: skip
    answer = sign_in(client, program, "ines", program.alder).get("/staff")
    assert person.name in said(answer)
    read = {
        one for entry in AuditEntry.objects.filter(action="chart.read") for one in entry.subjects
    }
    assert f"client:{person.pk}" in read


def test_notes_of_one_colleague_are_one_row_that_unfolds(group, program, client, monkeypatch):
    monkeypatch.setenv(clock.DEMO_CLOCK, repr(LATE.timestamp() - time.time()))
    for person in group.clients[:3]:
        a_note(group.session, person.episodes.get(), program.place("mara"), needs_co_signature=True)
    due.rebuild(program.alder)
    answer = sign_in(client, program, "ruth", program.alder).get("/staff")
    page = said(answer)
    assert "3 notes to co-sign by Mara Whitfield" in page
    assert "Read through 3" in page
    for person in group.clients[:3]:
        assert f"Select {person.name}" in answer.content.decode()


def test_a_flag_and_an_overdue_plan_of_one_person_are_one_row(group, program, client):
    person = group.clients[0]
    a_flag(program, person)
    due.rebuild(program.alder)
    flag = WorkItem.objects.get(kind="flag")
    WorkItem.objects.create(
        organization_id=program.alder, kind="safety_plan", key="p", scope=person.pk, client=person,
        owner=program.place("dev"), visible_from=AT, escalates_at=AT, opened_at=AT,
        due_at=AT - timedelta(days=3), facts={"on": "2026-11-21", "declined": False},
    )  # fmt: skip
    body = sign_in(client, program, "dev", program.alder).get("/staff").content.decode()
    assert body.count('<li class="wr') == 1 + ("License" in body)
    assert f'id="d-flag-{flag.key}"' in body or 'id="d-safety_plan-p"' in body


def test_who_oversees_sees_everybodys_and_others_only_their_own(group, program, client, step):
    for name, tabs in (("ruth", True), ("ines", False)):
        answer = sign_in(client, program, name, program.alder).get("/staff?view=team")
        assert ("My team" in said(answer)) is tabs
    assert "Open inquiry" in said(client.get("/staff?view=team"))  # hers, whatever she asks for
    paul = sign_in(client, program, "paul", program.alder)
    assert "Open inquiry" not in said(paul.get("/staff"))
    assert "Open inquiry" in said(paul.get("/staff?view=team"))


def test_assigning_and_snoozing_by_the_form(group, program, client, step):
    ines = sign_in(client, program, "ines", program.alder)
    page = said(ines.get(f"{CHANGE}?item={step.pk}"))
    assert "Paul Ferreira" in page
    assert "Bao" not in page  # a biller's role cannot do it
    answer = ines.post(CHANGE, {"item": step.pk, "act": "snooze", "day": "2026-11-25"})
    assert answer.status_code == 422
    assert "Say why it can wait" in said(answer)
    given = {"item": step.pk, "act": "snooze", "day": "2026-11-25", "reason": "on vacation"}
    assert ines.post(CHANGE, given).status_code == 302
    assert "Open inquiry" not in said(ines.get("/staff"))
    assert "on vacation" in said(ines.get("/staff?view=snoozed"))
    ines.post(CHANGE, {"item": step.pk, "act": "wake"})
    owner = program.place("paul").pk
    ines.post(CHANGE, {"item": step.pk, "act": "assign", "owner": owner})
    step.refresh_from_db()
    assert (step.assigned_to_id, step.assigned_by) == (owner, "Ines Caldera")


@pytest.mark.parametrize(
    "given",
    [
        {"item": "x"},
        {"item": str(uuid4())},
        {"item": ["x", str(uuid4())]},
    ],
)
def test_an_item_that_is_not_there_is_a_plain_answer(group, program, client, given):
    ines = sign_in(client, program, "ines", program.alder)
    assert ines.get(CHANGE, given).status_code == 404
    assert ines.post(CHANGE, given | {"act": "wake"}).status_code == 404


@pytest.mark.parametrize("day", ["", "tomorrow", "2026-11-24", "2027-11-24", "²", "9" * 5_000])
def test_a_day_that_makes_no_sense_is_said(group, program, client, step, day):
    ines = sign_in(client, program, "ines", program.alder)
    given = {"item": step.pk, "act": "snooze", "day": day, "reason": "away\x00"}
    assert ines.post(CHANGE, given).status_code == 422


def test_a_flag_is_assigned_and_never_snoozed(group, program, client):
    a_flag(program, group.clients[0])
    due.rebuild(program.alder)
    key = WorkItem.objects.get(kind="flag").pk
    ruth = sign_in(client, program, "ruth", program.alder)
    assert "cannot be snoozed" in said(ruth.get(f"{CHANGE}?item={key}"))
    given = {"item": key, "act": "snooze", "day": "2026-11-25", "reason": "busy"}
    assert ruth.post(CHANGE, given).status_code == 422
