"""Changing a schedule: this session alone, or this one and all later ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from handrail.core.course.errors import AnotherSessionThen, CourseError
from handrail.core.course.schedule import (
    Closure,
    HowMoved,
    Modality,
    Moved,
    Session,
    SessionKey,
    Sessions,
    Track,
    apply_closures,
    check_one_track,
    in_order,
    schedule_course,
)
from handrail.core.course.segments import Segments, check_segments, length
from handrail.core.course.session_states import Act, State, can, next_state


@dataclass(frozen=True, slots=True)
class Change:
    """What is different about one session; what is None stays as it was."""

    reason: str
    local_date: date | None = None
    start: time | None = None
    segments: Segments | None = None
    modality: Modality | None = None
    room: str | None = None
    facilitators: tuple[str, ...] | None = None
    topics: tuple[str, ...] | None = None


def change_this(sessions: Sequence[Session], key: SessionKey, change: Change) -> Sessions:
    """Change one planned session and leave all others as they are.

    Raises CourseError when it has begun, or would overlap another session of its track.
    """
    old = find(sessions, key)
    next_state(old.state, Act.MOVE)
    named = {
        name: getattr(change, name)
        for name in (
            "local_date",
            "start",
            "segments",
            "modality",
            "room",
            "facilitators",
            "topics",
        )
        if getattr(change, name) is not None
    }
    new = replace(old, **named)
    check_segments(new.segments, length(new.segments))
    if new.local_date != old.local_date:
        moved = Moved(old.pattern_date, HowMoved.BY_HAND, change.reason)
        back = new.local_date == old.pattern_date
        new = replace(new, moved=None if back else moved)
    return _replaced(sessions, old, new)


def change_this_and_later(
    track: Track, sessions: Sequence[Session], key: SessionKey, closures: Iterable[Closure] = ()
) -> Sessions:
    """Let this session and all later ones follow a track's new pattern, one for one.

    Each keeps its number and topics, so their rosters and notes stay theirs; none is dropped or
    added. Later sessions moved by hand follow the new pattern too. Those that have begun, and
    canceled ones, stay as they are. `sessions` are this track's alone; raises CourseError
    otherwise, and when the session has begun.
    """
    check_one_track(track, sessions)
    this = find(sessions, key)
    next_state(this.state, Act.MOVE)
    later = [one for one in in_order(sessions) if one.starts_at >= this.starts_at and _movable(one)]
    changing = {one.key for one in later}
    kept = [one for one in sessions if one.key not in changing]
    taken = {one.local_date for one in kept if one.state is not State.CANCELED}
    # The new pattern may fall on days that are taken: ask for that many more, and pass them by.
    fresh = schedule_course(track, this.local_date, len(later) + len(taken))
    free = [one for one in fresh if one.local_date not in taken]
    changed = [
        replace(new, number=old.number, topics=old.topics)
        for old, new in zip(later, free, strict=False)
    ]
    return apply_closures(track, changed, closures, beside=kept)


def moved_by_hand(sessions: Sequence[Session], key: SessionKey) -> Sessions:
    """The sessions that someone put on another day and that a new pattern would move again:
    those after this one. Raises CourseError when there is no such session.
    """
    this = find(sessions, key)
    return in_order(
        one
        for one in sessions
        if one.starts_at > this.starts_at
        and _movable(one)
        and one.moved is not None
        and one.moved.how is HowMoved.BY_HAND
    )


@dataclass(frozen=True, slots=True)
class Reopened:
    """The sessions of a track after a closed day is open again: which came back, which stay."""

    sessions: Sessions
    back: Sessions
    stay: Sessions


def reopen_day(sessions: Sequence[Session], day: date) -> Reopened:
    """Put the sessions that a closure moved away back on their day.

    One stays where it is when somebody has put it there by hand, when it has begun, and when its
    track has another session at that time.
    """
    kept, back, stay = list(sessions), [], []
    for one in in_order(sessions):
        if one.moved is None or one.moved.from_date != day or one.state is State.CANCELED:
            continue
        there = replace(one, local_date=day, moved=None)
        others = [other for other in kept if other.key != one.key]
        taken = any(there.overlaps(other) for other in others if other.state is not State.CANCELED)
        if taken or one.moved.how is HowMoved.BY_HAND or not _movable(one):
            stay.append(one)
        else:
            kept = [*others, there]
            back.append(there)
    return Reopened(in_order(kept), tuple(back), tuple(stay))


def cancel(sessions: Sequence[Session], key: SessionKey) -> Sessions:
    """Cancel one session. It stays on the calendar, canceled, and counts for nobody."""
    old = find(sessions, key)
    return _replaced(sessions, old, replace(old, state=next_state(old.state, Act.CANCEL)))


def restore(sessions: Sequence[Session], key: SessionKey) -> Sessions:
    """Take a cancellation back. Raises AnotherSessionThen when its time has been given away."""
    old = find(sessions, key)
    return _replaced(sessions, old, replace(old, state=next_state(old.state, Act.RESTORE)))


def find(sessions: Iterable[Session], key: SessionKey) -> Session:
    """The session of that track and number. Raises CourseError when there is none."""
    for session in sessions:
        if session.key == key:
            return session
    raise CourseError(f"track {key[0]} has no session {key[1]}")


def _movable(session: Session) -> bool:
    return can(session.state, Act.MOVE)


def _replaced(sessions: Sequence[Session], old: Session, new: Session) -> Sessions:
    others = [one for one in sessions if one.key != old.key]
    if new.state is State.PLANNED:
        for other in others:
            if (
                other.track == new.track
                and other.state is not State.CANCELED
                and new.overlaps(other)
            ):
                raise AnotherSessionThen(new.local_date, new.start, other.number)
    return in_order((*others, new))
