"""Outreach to whoever is not there: opened as soon as it is known, put away when it was wrong."""

from datetime import datetime

from handrail.areas.enrollment import course_records as evenings
from handrail.areas.enrollment.models import Attendance
from handrail.areas.outreach.models import Outreach, ReachedOutcome
from handrail.areas.safety import to_core as safety_facts
from handrail.areas.schedule import to_core as facts
from handrail.areas.schedule.models import Session
from handrail.areas.worklist.services import refresh_due
from handrail.core.access import Actor
from handrail.core.course import closing as core
from handrail.core.course.attendance import Minimum, attend
from handrail.core.course.roster import Place
from handrail.core.course.segments import Count
from handrail.data import course_rules, course_templates


def closing_rules(session: Session) -> core.ClosingRules:
    """What the program of a session decides by when it is closed."""
    rules = course_rules()
    template = course_templates().get(session.track.program.template)
    minutes = facts.session_facts(session).minutes
    return core.ClosingRules(
        # A program with a shape of its own asks for all of the evening.
        for_course=template.minimum if template else Minimum(minutes, Count.SCHEDULED),
        clocks=rules.outreach_clocks,
        late_after=rules.late_after,
        close_within=rules.close_within,
    )


def follow_mark(session: Session, row: Attendance, *, by: Actor, at: datetime) -> None:
    """Open outreach when someone is marked absent; put it away when they are there after all.

    Whoever left early may be called too, but that is known for sure only at closing. No clock
    runs before the session's planned start.
    """
    known = session.outreach.select_for_update().filter(client_id=row.client_id).first()
    if not row.absent:
        if known:
            put_away_untouched(known, by=by, at=at)
        return
    one = attend(
        str(row.client_id),
        facts.session_facts(session),
        Place(row.place),
        evenings.seen_of(row),
    )
    flags = safety_facts.open_flags([row.client_id]).get(str(row.client_id), ())
    since = max(at, session.starts_at)
    task = core.to_reach(one, closing_rules(session), flags, since)
    if task:
        fresh = Outreach(
            organization_id=session.organization_id,
            session=session,
            client_id=row.client_id,
            opened_at=at,
            due_at=task.due_at,
        )
        open_task(known or fresh, task, by=by, at=at)


def open_task(row: Outreach, task: core.Outreach, *, by: Actor, at: datetime) -> None:
    """A task that stands stays due when it was; one put away by mistake is due anew."""
    if row.closed_at is not None and row.outcome != ReachedOutcome.OPENED_BY_MISTAKE:
        return
    row.due_at = task.due_at if row.closed_at else min(row.due_at, task.due_at)
    row.clock, row.steps, row.why = task.clock, list(task.steps), task.why
    row.closed_at, row.closed_by, row.outcome, row.closing_words = None, "", "", ""
    row.save()
    refresh_due(row, by=by, at=at)


def put_away_untouched(row: Outreach, *, by: Actor, at: datetime) -> None:
    """They were there after all. Where somebody tried already, a person closes it."""
    if row.closed_at is None and not row.attempts.exists():
        row.outcome = ReachedOutcome.OPENED_BY_MISTAKE
        row.closed_at, row.closed_by = at, by.name
        row.save()
        refresh_due(row, by=by, at=at)
