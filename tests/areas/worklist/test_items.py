"""Rows of what is due: for whom they show, and what people do with them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from handrail.areas.safety.models import Flag
from handrail.areas.worklist import errors, services
from handrail.areas.worklist.models import WorkItem
from handrail.areas.worklist.selectors import View, differences, due_now
from handrail.areas.worklist.tasks import report_differences
from handrail.core.access import NotHere
from handrail.core.errors import TooLong
from handrail.foundation import tenancy
from handrail.foundation.audit.models import AuditEntry
from tests import due
from tests.areas.clients.people import some_client, some_flag
from tests.areas.inquiries.asking import some_inquiry
from tests.factories.evening import AT, TONIGHT

TOMORROW = AT + timedelta(days=1)


@pytest.fixture
def alder(program):
    with tenancy.within(program.alder):
        yield program


@pytest.fixture
def ruth(alder):
    return alder.actor("ruth")


@pytest.fixture
def step(alder):
    """An inquiry of Ines's whose next step is due today."""
    ines = alder.actor("ines")
    made = some_inquiry(ines, at=AT, next_step_date=TONIGHT)
    return WorkItem.objects.get(inquiry=made)


@pytest.fixture
def flag(alder, ruth):
    """An open flag about suicide that Dev owns."""
    some_flag(ruth, some_client(ruth), alder.place("dev"), at=AT)
    return WorkItem.objects.get(kind="flag")


def shown(by, at=AT, view=View.MINE):
    return {one.id for one in due_now(by=by, at=at, view=view).items}


# ---- rows and facts ----------------------------------------------------------------------------


def test_what_makes_something_due_writes_the_row_and_what_ends_it_closes_it(alder, ruth, flag):
    assert (flag.life, flag.owner_id) == (True, alder.place("dev").pk)
    row = Flag.objects.get(pk=flag.key)
    row.closed_at, row.closed_by, row.formulation = AT, "Ruth Okafor", "A plan, and a sister."
    row.save()
    services.refresh_due(row, by=ruth, at=TOMORROW)
    flag.refresh_from_db()
    assert (flag.closed_at, flag.closed_by) == (TOMORROW, "Ruth Okafor")


def test_a_row_that_nobody_wrote_is_found_and_named_without_a_name(alder, flag, caplog):
    assert differences(alder.alder) == ()
    WorkItem.objects.filter(pk=flag.pk).update(life=False)
    (found,) = differences(alder.alder)
    assert (found.kind, found.key, found.what) == ("flag", flag.key, "life")
    assert report_differences() == 1
    assert f"flag {flag.key}: life" in caplog.text
    assert "Okonkwo" not in caplog.text
    WorkItem.objects.filter(pk=flag.pk).delete()
    assert [one.what for one in differences(alder.alder)] == ["missing"]
    services.rebuild(organization_id=alder.alder, by_name="Test", at=AT)
    assert differences(alder.alder) == ()


def test_the_database_refuses_an_item_about_nobody(flag):
    with pytest.raises(IntegrityError, match="work_item_says_about_whom"), transaction.atomic():
        WorkItem.objects.filter(pk=flag.pk).update(client=None)


@pytest.mark.parametrize(
    ("constraint", "changed"),
    [
        ("work_item_is_known", {"key": ""}),
        ("work_item_says_about_whom", {"about_nobody": True}),
        ("work_item_shows_for_a_while", {"visible_until": AT - timedelta(days=9)}),
        ("work_item_closed_by_someone", {"closed_at": AT}),
        ("work_item_assigned_by_someone", {"assigned_by": "Somebody"}),
        ("work_item_snoozed_with_reason", {"snoozed_until": AT}),
    ],
)
def test_the_database_refuses_what_makes_no_sense(flag, constraint, changed):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        WorkItem.objects.filter(pk=flag.pk).update(**changed)


def test_something_is_open_once(flag):
    flag.pk = None
    with pytest.raises(IntegrityError, match="work_item_open_once"), transaction.atomic():
        flag.save(force_insert=True)


# ---- who sees it, and the trail ----------------------------------------------------------------


def test_whoever_is_shown_an_item_is_in_the_trail_whatever_its_kind(alder, step, flag):
    for by in (alder.actor("ines"), alder.actor("dev")):
        due_now(by=by, at=AT)
    read = {
        one for entry in AuditEntry.objects.filter(action="chart.read") for one in entry.subjects
    }
    assert f"inquiry:{step.inquiry_id}" in read
    assert f"client:{flag.client_id}" in read


def test_the_owner_sees_it_and_a_supervisor_and_nobody_else(alder, ruth, flag):
    assert flag.pk in shown(alder.actor("dev"))
    assert flag.pk in shown(ruth)
    for name in ("mara", "ines", "bao"):
        assert flag.pk not in shown(alder.actor(name))


def test_a_time_in_the_row_is_enough_for_it_to_show(alder, step):
    ines = alder.actor("ines")
    assert step.pk not in shown(ines, AT - timedelta(days=2))
    assert step.pk in shown(ines)


# ---- assigning ---------------------------------------------------------------------------------


def test_an_assigned_item_is_due_for_whom_it_was_given_to_alone(alder, step):
    ines, paul = alder.actor("ines"), alder.actor("paul")
    services.assign(item_ids=[step.pk], to_id=alder.place("paul").pk, by=ines, at=AT)
    assert step.pk in shown(paul)
    assert step.pk not in shown(ines)
    services.assign(item_ids=[step.pk], to_id=None, by=paul, at=AT)
    assert step.pk in shown(ines)
    entry = AuditEntry.objects.filter(action="due.assign").first()
    assert f"inquiry:{step.inquiry_id}" in entry.subjects


def test_only_someone_whose_role_can_do_it_is_given_it(alder, step):
    with pytest.raises(errors.NotAssignable):
        services.assign(
            item_ids=[step.pk], to_id=alder.place("bao").pk, by=alder.actor("ines"), at=AT
        )


def test_what_one_does_not_see_one_cannot_give_away(alder, step):
    paul = alder.place("paul")
    for by in (alder.actor("bao"), alder.actor("mara")):
        with pytest.raises(NotHere):
            services.assign(item_ids=[step.pk], to_id=paul.pk, by=by, at=AT)


def test_another_organizations_item_is_not_there(program, django_db_blocker):
    with tenancy.within(program.alder):
        ines = program.actor("ines")
        made = some_inquiry(ines, at=AT, next_step_date=TONIGHT)
        key = WorkItem.objects.get(inquiry=made).pk
    with tenancy.within(program.harbor), pytest.raises(NotHere):
        services.wake(item_ids=[key], by=program.actor("jonah", program.harbor), at=AT)


# ---- snoozing ----------------------------------------------------------------------------------


def test_a_snoozed_item_is_away_until_its_day_and_counted(alder, step):
    ines, until = alder.actor("ines"), AT + timedelta(hours=14)
    services.snooze(item_ids=[step.pk], until=until, reason="on vacation", by=ines, at=AT)
    assert step.pk not in shown(ines)
    found = due_now(by=ines, at=AT, view=View.SNOOZED)
    assert [one.snooze_reason for one in found.items] == ["on vacation"]
    assert found.counts[View.SNOOZED] == 1
    assert step.pk in shown(ines, until)
    services.wake(item_ids=[step.pk], by=ines, at=AT)
    assert step.pk in shown(ines)


def test_a_new_date_ends_a_snooze(alder, step):
    from handrail.areas.inquiries.services.next_steps import carry_on

    ines = alder.actor("ines")
    services.snooze(item_ids=[step.pk], until=TOMORROW, reason="away", by=ines, at=AT)
    carry_on(
        inquiry_id=step.inquiry_id, stage="new", next_step="Call",
        next_step_date=TONIGHT + timedelta(days=1), by=ines, at=AT,
    )  # fmt: skip
    step.refresh_from_db()
    assert step.snoozed_until is None


@pytest.mark.parametrize(
    ("until", "reason", "why"),
    [
        (TOMORROW, " ", errors.SnoozeUnexplained),
        (TOMORROW, "x" * 201, TooLong),
        (AT, "away", errors.SnoozedIntoThePast),
        (AT + timedelta(days=15), "away", errors.SnoozedTooFar),
    ],
)
def test_a_snooze_has_a_reason_and_a_day_that_is_near(alder, step, until, reason, why):
    with pytest.raises(why):
        services.snooze(
            item_ids=[step.pk], until=until, reason=reason, by=alder.actor("ines"), at=AT
        )


def test_nobodys_safety_is_snoozed(ruth, flag):
    with pytest.raises(errors.SafetyWaitsForNobody):
        services.snooze(item_ids=[flag.pk], until=TOMORROW, reason="busy", by=ruth, at=AT)


def test_a_flag_marks_everything_about_the_persons_safety(alder, ruth, flag):
    """Whoever has to reach someone sees that a life may be at stake, without seeing the flag."""
    one = due.items(ruth, AT, "flag")[0]
    assert one.due.life
    WorkItem.objects.create(
        organization_id=alder.alder, kind="safety_plan", key="p", scope=flag.scope,
        client_id=flag.client_id, owner=alder.place("mara"), visible_from=AT, opened_at=AT,
        facts={"on": TONIGHT.isoformat(), "declined": False},
    )  # fmt: skip
    (plan,) = due.items(alder.actor("mara"), AT, "safety_plan")
    assert plan.due.life
