"""The trail: one entry for looking, one id for one click, and nothing without its write."""

from datetime import timedelta

import pytest
from django.db import transaction

from handrail.foundation import tenancy
from handrail.foundation.audit import trail
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
