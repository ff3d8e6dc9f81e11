"""Print or send: notes and timeline for one recipient, through the gate, and nothing besides."""

import re
import time
from datetime import timedelta

import pytest
from django.urls import reverse

from handrail.areas.consents.models import Disclosure
from handrail.areas.notes.models import Note
from handrail.areas.safety import services
from handrail.core.consents import ConsentKind, Content, Named, Purpose
from handrail.core.notes.content import read_canonical
from handrail.foundation import clock, tenancy
from handrail.foundation.audit.models import AuditEntry
from tests.areas.consents.consents import DOCTOR, some_consent
from tests.factories.evening import LATE, a_note, an_evening
from tests.pdf_text import pdf_text, without_space
from tests.staff import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def after_the_group(monkeypatch):
    monkeypatch.setenv(clock.DEMO_CLOCK, repr(LATE.timestamp() - time.time()))


@pytest.fixture
def group(program):
    with tenancy.within(program.alder):
        yield an_evening(program)


@pytest.fixture
def joy(group):
    return group.clients[0]


@pytest.fixture
def note(group, joy, program):
    return a_note(group.session, joy.episodes.get(), program.place("mara"))


@pytest.fixture
def ruth(client, program):
    return sign_in(client, program, "ruth", program.alder)


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def address(person) -> str:
    return reverse("staff:chart_send", args=[person.pk])


def send(ruth, person, **more):
    asked = {"which": "days", "to": "client", "do": "pdf"} | more
    return ruth.post(address(person), asked)


def to_the_doctor(ruth, person, **more):
    to = {"to": "treating_provider", "name": DOCTOR.name, "purpose": "treatment"}
    return send(ruth, person, **to | more)


def named_consent(program, person, *contents):
    return some_consent(
        program.actor("ruth"),
        person,
        kind=ConsentKind.NAMED,
        recipients=(Named(DOCTOR.kind, DOCTOR.name),),
        contents=frozenset(contents),
        purposes=frozenset({Purpose.TREATMENT}),
        at=clock.now(),
    )


def test_the_list_of_notes_leads_to_it_with_those_chosen(ruth, joy, note):
    tab = ruth.get(reverse("staff:chart_notes", args=[joy.pk])).content.decode()
    assert f'action="{address(joy)}"' in tab
    assert f'value="{note.pk}"' in tab
    form = ruth.get(address(joy), {"note": str(note.pk)}).content.decode()
    assert f'value="{note.pk}" checked' in form


def test_their_own_copy_of_a_note_comes_as_a_pdf_and_is_accounted_for(ruth, joy, note):
    answer = send(ruth, joy)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert joy.family_name.lower() not in answer.headers["Content-Disposition"].lower()
    page = pdf_text(answer.content)
    assert without_space(read_canonical(note.content).individual.words) in page
    made = Disclosure.objects.get()
    assert set(made.contents) == {Content.NOTES, Content.ATTENDANCE}
    assert made.what.startswith("From the chart: 1 note")
    assert without_space(made.scope) in page


def test_nobody_elses_words_and_names_are_on_it(ruth, group, joy, note, program):
    other = group.clients[1]
    a_note(group.session, other.episodes.get(), program.place("mara"))
    services.raise_flag(
        client_id=joy.pk,
        kind="no_contact",
        why="Protective order.",
        owner_id=program.place("ruth").pk,
        other_client_id=other.pk,
        by=program.actor("ruth"),
        at=clock.now(),
    )
    everything = [one.value for one in Content if one is not Content.COUNSELING_NOTES]
    page = pdf_text(send(ruth, joy, tells=everything).content)
    assert without_space(other.family_name) not in page
    assert "Protectiveorder" not in page


def test_without_a_consent_nothing_leaves_and_the_reason_is_said_and_written_down(ruth, joy, note):
    answer = to_the_doctor(ruth, joy)
    assert answer.status_code == 400
    assert "This may not leave. No consent on file names this recipient." in words(answer)
    assert not Disclosure.objects.exists()
    assert AuditEntry.objects.filter(action="disclosure.refused").exists()


def test_a_consent_for_attendance_alone_lets_no_note_out(ruth, joy, note, program):
    named_consent(program, joy, Content.ATTENDANCE)
    answer = to_the_doctor(ruth, joy)
    assert answer.status_code == 400
    assert "does not cover notes of my sessions" in words(answer)
    assert not Disclosure.objects.exists()


def test_with_a_consent_the_paper_carries_statement_and_scope(ruth, joy, note, program):
    consent = named_consent(program, joy, Content.ATTENDANCE, Content.NOTES)
    answer = to_the_doctor(ruth, joy)
    page, made = pdf_text(answer.content), Disclosure.objects.get()
    assert made.consent_id == consent.pk
    assert without_space(made.statement) in page
    assert without_space(made.scope) in page
    assert without_space(DOCTOR.name) in page


def test_asking_first_says_how_much_it_is_and_lets_nothing_out(ruth, joy, note):
    answer = send(ruth, joy, do="look")
    assert "It may leave" in words(answer)
    assert "1 note, " in words(answer)
    assert not Disclosure.objects.exists()


def test_a_void_or_changed_note_stays(ruth, joy, note):
    Note.objects.filter(pk=note.pk).update(
        state="voided", voided_at=clock.now(), voided_by="Mara", void_reason="Wrong person."
    )
    answer = send(ruth, joy)
    assert answer.status_code == 400
    assert not Disclosure.objects.exists()


def test_a_note_of_somebody_else_does_not_come_along(ruth, group, joy, note, program):
    other = a_note(group.session, group.clients[1].episodes.get(), program.place("mara"))
    answer = send(ruth, joy, which="chosen", note=[str(other.pk)])
    assert answer.status_code == 400
    assert not Disclosure.objects.exists()


def test_lines_of_the_timeline_are_those_marked_and_of_those_days(ruth, joy, note):
    page = pdf_text(send(ruth, joy, which="", tells=["in_care"], **{"from": "1/1/2020"}).content)
    assert "Episodeofcareopened" in page
    assert "Goal" not in page
    made = Disclosure.objects.get()
    assert made.contents == [Content.IN_CARE]
    long_ago = clock.now() - timedelta(days=4000)
    day = f"{long_ago:%Y-%m-%d}"
    nothing = send(ruth, joy, which="", tells=["in_care"], **{"from": day, "until": day})
    assert nothing.status_code == 400
