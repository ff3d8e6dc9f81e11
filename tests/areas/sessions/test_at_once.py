"""Two people at the same evening at the same moment: no text lost, nothing signed twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handrail.areas.enrollment.models import Attendance
from handrail.areas.notes.models import DraftField, Note
from handrail.areas.outreach.models import Outreach
from handrail.areas.sessions.services.board import Marked
from handrail.core.course.attendance import Absent, Present
from handrail.core.drafts import Conflict, Saved, text_key
from handrail.foundation import tenancy
from handrail.foundation.audit.models import AuditEntry
from tests.factories.evening import an_evening

# ---- any order of reading, writing and settling ------------------------------------------------

STEP = st.tuples(
    st.sampled_from(["read", "write", "go on", "settle"]),
    st.sampled_from([0, 1]),
    st.text(alphabet="ab ", min_size=1, max_size=4),
)


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(steps=st.lists(STEP, max_size=14))
def test_no_text_is_lost_in_any_order_of_two_writers(tonight, steps):
    """A text goes only when someone who had seen it wrote over it, or went on with their own."""
    evening, client = tonight, tonight.clients[0]
    if evening.fresh().state == "planned":
        evening.start()
    DraftField.objects.all().delete()
    writers = (evening.mara, evening.ruth)
    last = ["", ""]  # what each wrote last
    seen = [(0, "", ()), (0, "", ())]  # version, text, others as each saw them

    def field():
        row = DraftField.objects.filter(client=client, field="words").first()
        others = tuple(one["text"] for one in row.other_texts) if row else ()
        return (row.version, row.text, others) if row else (0, "", ())

    for what, who, text in steps:
        before = field()
        if what == "read":
            seen[who] = before
            continue
        version, saw, others = seen[who]
        text = last[who] + text if what == "go on" else text
        call = {"version": version, "by": writers[who]}
        if what == "settle":
            call["seen"] = [text_key(one) for one in others]
        outcome = (evening.settle if what == "settle" else evening.save)(
            client, "words", text, **call
        )
        last[who] = text
        after = texts(field())
        assert not text.strip() or any(one.startswith(text) for one in after)
        for gone in texts(before) - after - {""}:
            knew = gone in (saw, *others)
            assert knew or text.startswith(gone)
        if isinstance(outcome, Saved):
            seen[who] = (outcome.field.version, text, others if what != "settle" else ())


def texts(field):
    """Everything a field keeps: the text that stands, and those beside it."""
    _, text, others = field
    return {text, *others}


# ---- really at once ----------------------------------------------------------------------------


@pytest.fixture
def shared(transactional_db, program):
    """An evening that is committed, so that two connections see it."""
    with tenancy.within(program.alder):
        return an_evening(program)


def at_once(program, *uses):
    """Run these at the same moment, each on a connection of its own."""
    start = Barrier(len(uses))

    def one(use):
        try:
            start.wait()
            with tenancy.within(program.alder):
                return use()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(uses)) as pool:
        return [one.result() for one in [pool.submit(one, use) for use in uses]]


def test_two_texts_saved_at_once_are_both_kept(program, shared):
    with tenancy.within(program.alder):
        shared.start()
    for client in shared.clients[:6]:
        outcomes = at_once(
            program,
            lambda client=client: shared.save(client, "words", "Mara's text."),
            lambda client=client: shared.save(client, "words", "Ruth's text.", by=shared.ruth),
        )
        assert {type(one) for one in outcomes} == {Saved, Conflict}
    with tenancy.within(program.alder):
        for row in DraftField.objects.all():
            texts = {row.text, *(one["text"] for one in row.other_texts)}
            assert texts == {"Mara's text.", "Ruth's text."}
        assert DraftField.objects.count() == 6


def test_two_marks_at_once_are_one_mark_and_one_answer(program, shared):
    with tenancy.within(program.alder):
        shared.start()
    client = shared.clients[0]
    outcomes = at_once(
        program,
        lambda: shared.mark(client, Absent(), version=1),
        lambda: shared.mark(client, Present(20), version=1, by=shared.ruth),
    )
    assert sum(isinstance(one, Marked) for one in outcomes) == 1


def test_started_closed_and_signed_from_two_connections_is_done_once(program, shared):
    started = at_once(program, shared.start, lambda: shared.start(by=shared.ruth))
    assert sorted(one.already for one in started) == [False, True]
    with tenancy.within(program.alder):
        assert Attendance.objects.count() == 12
        shared.absent(shared.clients[11], "child is sick")
        shared.write_everything()
    closed = at_once(program, shared.close, lambda: shared.close(by=shared.ruth))
    assert sorted(one.already for one in closed) == [False, True]
    signed = at_once(program, shared.sign, lambda: shared.sign(by=shared.mara))
    assert sorted({one.already for one in batch} == {True} for batch in signed) == [False, True]
    with tenancy.within(program.alder):
        assert (Note.objects.count(), Outreach.objects.count()) == (12, 1)
        assert AuditEntry.objects.filter(action="note.sign").count() == 12
        assert shared.fresh().state == "closed"
