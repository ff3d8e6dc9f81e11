"""The trail: one entry for looking, one id for one click, and nothing without its write."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from handrail.foundation import tenancy
from handrail.foundation.audit import selectors, trail
from handrail.foundation.audit.models import AuditEntry


@pytest.fixture
def clock(monkeypatch):
    """The machine's clock, to be moved by hand."""
    real = trail.real_now()
    moved = {"by": timedelta()}
    monkeypatch.setattr(trail, "real_now", lambda: real + moved["by"])
    return moved


def reads(program):
    with tenancy.within(program.alder):
        return [
            entry.subjects for entry in AuditEntry.objects.filter(action="chart.see").order_by("id")
        ]


def look(program, *subjects, who="mara"):
    with tenancy.within(program.alder):
        trail.record_read(by=program.actor(who), action="chart.see", subjects=subjects)


def test_looking_is_written_once_for_each_person_thing_and_five_minutes(program, clock):
    look(program, "client:1", "client:2")
    look(program, "client:2")
    look(program, "client:2", "client:3")
    assert reads(program) == [["client:1", "client:2"], ["client:3"]]
    look(program, "client:2", who="dev")
    assert len(reads(program)) == 3
    clock["by"] = timedelta(minutes=4, seconds=59)
    look(program, "client:1")
    assert len(reads(program)) == 3
    clock["by"] = timedelta(minutes=5)
    look(program, "client:1")
    assert reads(program)[-1] == ["client:1"]


def test_one_click_has_one_id(program):
    with tenancy.within(program.alder), trail.operation():
        trail.record(by=program.actor("mara"), action="one")
        with trail.operation():
            trail.record(by=program.actor("mara"), action="two")
    with tenancy.within(program.alder):
        trail.record(by=program.actor("mara"), action="three")
        ids = dict(
            AuditEntry.objects.filter(action__in=["one", "two", "three"]).values_list(
                "action", "operation_id"
            )
        )
    assert ids["one"] == ids["two"] != ids["three"]


def test_what_is_undone_is_not_written_down(program):
    with tenancy.within(program.alder):
        with transaction.atomic():
            trail.record(by=program.actor("mara"), action="one")
            transaction.set_rollback(True)
        assert not AuditEntry.objects.filter(action="one").exists()


# ---- who has looked ----------------------------------------------------------------------------


def about(program, subject, *, organization=None, before=None):
    with tenancy.within(organization or program.alder):
        found, older = selectors.entries_about(subject, before=before)
        return [(one.actor_name.split()[0], one.action) for one in found], older


def test_what_was_done_and_who_looked_is_found_by_the_thing(program, clock):
    look(program, "client:1", "client:2")
    with tenancy.within(program.alder):
        trail.record(by=program.actor("dev"), action="chart.change", subjects=["client:1"] * 2)
    look(program, "client:1", "client:10", who="dev")
    expected = [("Dev", "chart.see"), ("Dev", "chart.change"), ("Mara", "chart.see")]
    assert about(program, "client:1") == (expected, None)
    assert about(program, "client:2") == ([("Mara", "chart.see")], None)
    assert about(program, "client:10") == ([("Dev", "chart.see")], None)


def test_the_five_minutes_count_for_each_thing_by_itself(program, clock):
    look(program, "client:1")
    clock["by"] = timedelta(minutes=3)
    look(program, "client:1", "client:2")
    clock["by"] = timedelta(minutes=6)
    look(program, "client:1", "client:2")
    assert len(about(program, "client:1")[0]) == 2
    assert len(about(program, "client:2")[0]) == 1


def test_who_has_looked_stays_in_its_organization(program, clock):
    look(program, "client:1")
    assert about(program, "client:1", organization=program.harbor) == ([], None)


def test_a_long_trail_is_read_page_by_page(program, clock):
    with tenancy.within(program.alder):
        for number in range(selectors.PAGE + 2):
            trail.record(by=program.actor("mara"), action=f"a{number}", subjects=["client:1"])
    first, older = about(program, "client:1")
    rest, end = about(program, "client:1", before=older)
    assert [action for _, action in first + rest] == [
        f"a{number}" for number in reversed(range(selectors.PAGE + 2))
    ]
    assert end is None


def test_looking_costs_the_same_however_many_things_were_looked_at(program, clock):
    def queries(*subjects):
        with tenancy.within(program.alder), CaptureQueriesContext(connection) as asked:
            trail.record_read(by=mara, action="chart.see", subjects=subjects)
        return len(asked)

    mara = program.actor("mara")
    one = queries("client:1")
    many = queries(*(f"client:{number}" for number in range(100, 200)))
    assert one == many <= 5
    assert queries("client:1", "client:150") == 1
