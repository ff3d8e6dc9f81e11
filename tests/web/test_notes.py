"""Signed notes on their page, in the queue and in the chart, and what may be done to each."""

import re
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handrail.areas.notes.models import Note
from handrail.areas.notes.selectors.notes import PAGE
from handrail.foundation import clock, tenancy
from handrail.foundation.audit.models import AuditEntry
from tests.factories.evening import (
    LATE,
    TONIGHT,
    a_note,
    an_evening,
)
from tests.staff import sign_in


@pytest.fixture(autouse=True)
def after_the_group(monkeypatch):
    monkeypatch.setenv(clock.DEMO_CLOCK, repr(LATE.timestamp() - time.time()))


@pytest.fixture
def group(program):
    with tenancy.within(program.alder):
        yield an_evening(program)


@pytest.fixture
def waiting(group, program):
    """Notes of three people by Mara, who needs a co-signature."""
    mara = program.place("mara")
    return [
        a_note(group.session, client.episodes.get(), mara, needs_co_signature=True)
        for client in group.clients[:3]
    ]


@pytest.fixture
def ruth(client, program):
    return sign_in(client, program, "ruth", program.alder)


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def states(notes):
    return [Note.objects.get(pk=one.pk).state for one in notes]


# ---- one note ----------------------------------------------------------------------------------


def test_a_note_stands_as_it_was_signed_with_who_and_by_which_license(waiting, ruth):
    said = text_of(ruth.get(f"/staff/notes/{waiting[0].pk}/"))
    assert "Spoke about Sunday and what helped." in said
    assert "A round with a scale from one to ten." in said
    assert "Signed by Mara Whitfield, LPC" in said
    assert "Attended, 6 pm to 9 pm, in the room: 180 minutes, 165 of them therapeutic." in said
    assert "Unchanged since signing" in said
    assert AuditEntry.objects.filter(action="chart.read").count() == 1


def test_a_content_that_no_longer_fits_its_fingerprint_is_shown_as_changed(group, program, ruth):
    note = a_note(
        group.session, group.clients[0].episodes.get(), program.place("mara"), content_hash="0" * 64
    )
    said = text_of(ruth.get(f"/staff/notes/{note.pk}/"))
    assert "Changed since signing" in said
    assert "Unchanged" not in said


def test_co_sign_then_lock_then_only_add(waiting, ruth):
    note = waiting[0]
    first = text_of(ruth.get(f"/staff/notes/{note.pk}/"))
    assert "Lock" not in re.findall(r"Co-sign|Lock", first)
    ruth.post(f"/staff/notes/{note.pk}/co-sign/")
    ruth.post(f"/staff/notes/{note.pk}/lock/")
    assert states([note]) == ["locked"]
    said = text_of(ruth.get(f"/staff/notes/{note.pk}/"))
    assert "Co-signed by Ruth Okafor, LPCC-S" in said
    assert "It is locked: it can be added to, and changed by nobody." in said
    ruth.post(f"/staff/notes/{note.pk}/add/", {"text": "Called on Wednesday as agreed."})
    assert "Called on Wednesday as agreed." in text_of(ruth.get(f"/staff/notes/{note.pk}/"))


def test_locking_before_the_co_signature_is_refused_with_the_reason(waiting, ruth):
    answer = ruth.post(f"/staff/notes/{waiting[0].pk}/lock/")
    assert answer.status_code == 400
    assert "Cannot lock: a supervisor has to co-sign it first." in text_of(answer)


def test_a_void_needs_a_reason_and_leads_back_to_the_board(group, ruth):
    group.held().sign()
    note = group.note(group.clients[0])
    refused = ruth.post(f"/staff/notes/{note.pk}/void/", {"reason": " "})
    assert refused.status_code == 400
    assert "say why this note is void" in text_of(refused).lower()
    ruth.post(f"/staff/notes/{note.pk}/void/", {"reason": "Two people mixed up"})
    page = ruth.get(f"/staff/notes/{note.pk}/")
    assert "Two people mixed up" in text_of(page)
    assert f"/staff/sessions/{group.session.pk}/" in page.content.decode()
    assert group.fresh().state == "to be signed"
    assert group.tile(group.clients[0]).note is None


def test_an_addendum_that_names_someone_else_of_the_group_is_stopped_and_kept(group, waiting, ruth):
    group.start()
    words = f"Said it to {group.clients[4].given_name} {group.clients[4].family_name}."
    answer = ruth.post(f"/staff/notes/{waiting[0].pk}/add/", {"text": words})
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert "Nothing was added yet" in text_of(answer)
    assert not waiting[0].addenda.exists()


def test_nobody_is_offered_what_they_may_not_do(group, waiting, program, client):
    mara = sign_in(client, program, "mara", program.alder)
    said = text_of(mara.get(f"/staff/notes/{waiting[0].pk}/"))
    assert "A supervisor other than its author has to co-sign it" in said
    assert "Void this note" in said
    owen = sign_in(client, program, "owen", program.alder)
    said = text_of(owen.get(f"/staff/notes/{waiting[0].pk}/"))
    assert "Void this note" not in said
    assert "Write an addendum" not in said


def test_another_organizations_note_is_not_there(waiting, program, client):
    jonah = sign_in(client, program, "jonah", program.harbor)
    assert jonah.get(f"/staff/notes/{waiting[0].pk}/").status_code == 404
    assert jonah.get(f"/staff/notes/{uuid4()}/").status_code == 404


# ---- the queue ---------------------------------------------------------------------------------


def test_the_queue_shows_the_group_once_and_every_person_in_full(waiting, ruth):
    said = text_of(ruth.get("/staff/notes/"))
    assert "3 notes wait for you" in said
    assert said.count("A round with a scale from one to ten.") == 1
    assert said.count("Spoke about Sunday and what helped.") == 3


def test_several_are_co_signed_and_locked_at_once_after_reading(waiting, ruth):
    keys = [str(one.pk) for one in waiting[:2]]
    answer = ruth.post("/staff/notes/co-sign/", {"read": keys, "then": "lock"})
    assert answer.status_code == 302
    assert states(waiting) == ["locked", "locked", "signed"]
    assert "2 notes are co-signed and locked." in text_of(ruth.get("/staff/notes/"))


def test_the_button_of_one_note_signs_that_one_alone(waiting, ruth):
    everything = [str(one.pk) for one in waiting]
    ruth.post("/staff/notes/co-sign/", {"read": everything, "one": str(waiting[1].pk)})
    assert states(waiting) == ["signed", "locked", "signed"]


def test_without_a_mark_nothing_is_signed(waiting, ruth):
    answer = ruth.post("/staff/notes/co-sign/", {"then": "lock"})
    assert answer.status_code == 400
    assert "Mark the notes that you have read first." in text_of(answer)
    assert states(waiting) == ["signed"] * 3


def test_one_that_was_voided_meanwhile_keeps_nobody_waiting(group, waiting, ruth):
    from handrail.areas.notes.services import notes

    notes.void_note(note_id=waiting[0].pk, reason="Wrong person", by=group.mara, at=LATE)
    keys = [str(one.pk) for one in waiting]
    answer = ruth.post("/staff/notes/co-sign/", {"read": keys, "then": "sign"})
    assert answer.status_code == 400
    assert "Cannot co-sign: it is void" in text_of(answer)
    assert states(waiting) == ["voided", "co-signed", "co-signed"]


# ---- the chart ---------------------------------------------------------------------------------


def test_a_chart_lists_notes_page_by_page_without_losing_one(group, program, ruth):
    client, mara = group.clients[0], program.place("mara")
    episode = client.episodes.get()
    for number in range(PAGE + 7):
        a_note(
            group.session, episode, mara, local_date=TONIGHT - timedelta(days=number // 2),
            state="voided", voided_at=LATE, voided_by="Mara", void_reason="Practice",
        )  # fmt: skip
    seen, address, count = [], f"/staff/clients/{client.pk}/notes/", 0
    while address:
        page = ruth.get(address).content.decode()
        seen += re.findall(r"/staff/notes/([0-9a-f-]{36})/", page)
        older = re.search(r'href="(\?before=[^"]+)"', page)
        address = f"/staff/clients/{client.pk}/notes/{older.group(1)}" if older else ""
        count += 1
    assert (len(seen), len(set(seen)), count) == (PAGE + 7, PAGE + 7, 2)


def test_a_chart_without_notes_says_where_they_come_from(group, ruth):
    said = text_of(ruth.get(f"/staff/clients/{group.clients[0].pk}/notes/"))
    assert "Notes are written on the board of a session" in said


def test_queries_of_the_notes_tab_do_not_grow(group, program, ruth):
    address = f"/staff/clients/{group.clients[0].pk}/notes/"

    def count():
        with CaptureQueriesContext(connection) as asked:
            ruth.get(address)
        return len(asked)

    a_note(group.session, group.clients[0].episodes.get(), program.place("mara"))
    ruth.get(address)
    few = count()
    for number in range(30):
        a_note(
            group.session, group.clients[0].episodes.get(), program.place("mara"),
            local_date=TONIGHT - timedelta(days=number + 1),
            state="voided", voided_at=LATE, voided_by="Mara", void_reason="Practice",
        )  # fmt: skip
    assert count() == few


# ---- beside an absence note --------------------------------------------------------------------


def test_what_was_done_to_reach_them_after_signing_stands_beside_the_note(group, ruth):
    from handrail.areas.outreach.models import Outreach
    from handrail.areas.outreach.services.outreach import close_outreach, log_attempt

    absent = group.clients[0]
    group.start()
    group.absent(absent)
    group.close()
    task = Outreach.objects.get(client=absent).pk
    log_attempt(outreach_id=task, kind="text", result="no_answer", by=group.mara, at=LATE)
    group.sign(absent)
    note = group.note(absent)
    before = text_of(ruth.get(f"/staff/notes/{note.pk}/"))
    assert "Outreach since it was signed" not in before
    later = LATE + timedelta(minutes=12)
    log_attempt(outreach_id=task, kind="call", result="reached", by=group.mara, at=later)
    close_outreach(outreach_id=task, outcome="reached", words="Slept.", by=group.mara, at=later)
    said = text_of(ruth.get(f"/staff/notes/{note.pk}/"))
    beside = said[said.index("Outreach since it was signed") :]
    assert "Called: reached Tue, Nov 24, 2026, 9:17 pm, Mara Whitfield" in beside
    assert "Closed: reached, and safe" in beside
    assert "Sent a neutral text: no answer" not in beside
    assert "Unchanged since signing" in said
    assert Note.objects.get(pk=note.pk).content == note.content


def test_a_session_is_billable_only_while_its_note_is_valid(group, ruth, program):
    from handrail.areas.enrollment.models import Attendance
    from handrail.areas.notes.services.notes import void_note

    client = group.clients[0]
    Attendance.objects.create(
        organization_id=program.alder,
        session=group.session,
        client=client,
        episode=client.episodes.get(),
        place="enrolled",
        status="attended",
        scheduled=180,
        attended=180,
        therapeutic=160,
        counts=True,
        billable=True,
        why="attended: 180 minutes",
        marked_at=clock.now(),
        marked_by="Mara Whitfield",
        version=1,
    )
    signed = a_note(group.session, client.episodes.get(), program.place("mara"))
    course = f"/staff/clients/{client.pk}/course/"
    assert "counts, billable" in text_of(ruth.get(course))
    void_note(note_id=signed.pk, reason="Wrong", by=program.actor("ruth"), at=clock.now())
    assert "counts, not billable until its note is signed" in text_of(ruth.get(course))
