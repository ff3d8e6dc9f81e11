"""What is open on the demo's evening: concerns, a pair kept apart, the group that meets now."""

from collections.abc import Mapping
from datetime import timedelta

from handrail.areas.safety.models import Flag, FlagKind
from handrail.areas.schedule import models
from handrail.core.course.roster import Place, roster
from handrail.core.course.session_states import State
from handrail.demo.calendar import LaidOut
from handrail.demo.charts import Chart
from handrail.demo.held import attendance_row, enrollments_of, leader_of
from handrail.demo.house import House
from handrail.demo.signed import draft_row

SUICIDE_RISK = "Marcus Ellery"
OVERDOSE_RISK = "Aisha Bellamy"
KEPT_APART = ("Winona Tsosie", "Gareth Pruitt")
CLOSED_CONCERN = "Darnell Whitaker"
UNSIGNED = "Winona Tsosie"
LATE_NOW = "Leroy Haskins"


def raise_flags(house: House, charts: Mapping[str, Chart]) -> None:
    """Concerns with their owners; each chart keeps its own for the sessions that follow."""
    mara, dev, ruth = (house.staff[one] for one in ("mara", "dev", "ruth"))
    _flag(
        house,
        charts[SUICIDE_RISK],
        kind=FlagKind.SUICIDE,
        why="Thoughts of not wanting to wake up since the anniversary of his brother's death; "
        "no plan, no intent. Safety plan written, pills counted and kept by his mother.",
        owner_id=mara.membership_id,
        review_date=house.day,
        opened_at=house.at(house.days_ago(5), 21, 20),
        opened_by=mara.name,
    )
    _flag(
        house,
        charts[OVERDOSE_RISK],
        kind=FlagKind.OVERDOSE,
        why="Missed buprenorphine for three days after a pharmacy mix-up, so tolerance is lower. "
        "Naloxone is at home and her mother knows how to use it.",
        owner_id=dev.membership_id,
        review_date=house.day + timedelta(days=2),
        opened_at=house.at(house.days_ago(3), 11, 5),
        opened_by=dev.name,
    )
    one, other = (charts[name] for name in KEPT_APART)
    _flag(
        house,
        one,
        kind=FlagKind.NO_CONTACT,
        why="Protection order since spring, for two years. Never in the same room or hour.",
        owner_id=ruth.membership_id,
        other_client_id=other.client_id,
        opened_at=house.at(one.opened, 15),
        opened_by=ruth.name,
    )
    closed = charts[CLOSED_CONCERN]
    _flag(
        house,
        closed,
        kind=FlagKind.SUICIDE,
        why="Said in check-in that his route would be better off without him, and meant it.",
        owner_id=mara.membership_id,
        opened_at=house.at(closed.opened + timedelta(days=10), 21, 30),
        opened_by=mara.name,
        closed_at=house.at(closed.opened + timedelta(days=31), 16),
        closed_by=mara.name,
        formulation="Three weeks without thoughts of suicide, asked at each session. Sleeps, "
        "works, speaks of next year. Knows his warning signs and whom to call. Risk now low.",
    )


def _flag(house: House, chart: Chart, *, kind: FlagKind, **words: object) -> None:
    row = Flag(
        id=house.key("flag", chart.person.name, kind),
        organization_id=house.organization_id,
        client_id=chart.client_id,
        kind=kind,
        **words,
    )
    chart.flags.append(row)
    house.rows.add(row)


def book_make_ups(house: House, charts: Mapping[str, Chart], track: LaidOut) -> None:
    """Those who make up tonight what they missed in another track."""
    for chart in charts.values():
        if chart.person.make_up:
            house.rows.add(
                models.MakeUp(
                    id=house.key("make-up", chart.person.name),
                    organization_id=house.organization_id,
                    client_id=chart.client_id,
                    episode_id=chart.episode_id,
                    session_id=track.rows[track.tonight.number].pk,
                    booked_at=house.at(house.days_ago(1), 12, 40),
                    booked_by=house.staff["dev"].name,
                )
            )


def begin_now(house: House, charts: Mapping[str, Chart], track: LaidOut) -> None:
    """The group that began an hour ago: everyone has a place on its board, one came late."""
    session = track.tonight
    row = track.rows[session.number]
    row.state, row.started_at = State.IN_PROGRESS.value, session.starts_at
    row.board_version = 3
    people = {one.id: one for one in charts.values()}
    expected = roster(session, [e for one in people.values() for e in enrollments_of(house, one)])
    who = leader_of(house, track)
    for person in expected.people:
        attendance = attendance_row(house, row, people[person], Place.ENROLLED, who)
        if people[person].person.name == LATE_NOW:
            attendance.arrived, attendance.version = 12, 2
            attendance.marked_at = session.starts_at + timedelta(minutes=12)
        house.rows.add(attendance)
    words = "Opening round: what went well since last week, and what is due this week."
    house.rows.add(draft_row(house, row, None, "segment:0", words, who))
