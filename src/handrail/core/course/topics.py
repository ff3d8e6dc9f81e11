"""Which topics a client has met, which are missing, and which coming session carries them.

People join at any point, so the topics of a curriculum reach each of them in another order.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from handrail.core.course.attendance import Attendance, segment_minutes
from handrail.core.course.schedule import Session, SessionKey, Sessions, in_order
from handrail.core.course.segments import SegmentKind


@dataclass(frozen=True, slots=True)
class Coverage:
    """A client's topics: met, booked (on a session that the client comes to anyway), missing.

    `carried_by` lists, for each missing topic, the coming sessions on any track that carry it.
    """

    met: tuple[str, ...]
    booked: tuple[str, ...]
    missing: tuple[str, ...]
    carried_by: Mapping[str, Sessions]


def topics_met(
    attendances: Iterable[Attendance], sessions: Mapping[SessionKey, Session], *, percent: int = 50
) -> frozenset[str]:
    """The topics that someone has met: there for so much of the education part that carried it.

    Without an education part the whole session carries the topic.
    """
    met: set[str] = set()
    for attendance in attendances:
        session = sessions[attendance.session]
        if _heard(attendance, session, percent):
            met.update(session.topics)
    return frozenset(met)


def coverage(
    curriculum: Sequence[str],
    met: Collection[str],
    own_coming: Iterable[Session],
    all_coming: Iterable[Session],
) -> Coverage:
    """Compare a curriculum with what someone has met and what is coming.

    Each topic of the curriculum is met, booked or missing, and only one of these.
    """
    ahead = {topic for one in own_coming if one.is_ahead for topic in one.topics}
    missing = tuple(one for one in curriculum if one not in met and one not in ahead)
    coming = in_order(one for one in all_coming if one.is_ahead)
    return Coverage(
        met=tuple(one for one in curriculum if one in met),
        booked=tuple(one for one in curriculum if one in ahead and one not in met),
        missing=missing,
        carried_by={
            topic: tuple(one for one in coming if topic in one.topics) for topic in missing
        },
    )


def _heard(attendance: Attendance, session: Session, percent: int) -> bool:
    parts = list(zip(session.segments, segment_minutes(attendance, session), strict=True))
    carrying = [had for part, had in parts if part.kind is SegmentKind.EDUCATION] or [
        had for _, had in parts
    ]
    there = sum(had.attended for had in carrying)
    return there > 0 and there * 100 >= percent * sum(had.scheduled for had in carrying)
