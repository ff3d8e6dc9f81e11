"""What is said when groups, rooms and hours cannot be planned so, and what is asked first."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from handrail.areas.schedule import errors
from handrail.core.availability import Hours, Span, What, working_on
from handrail.core.course import errors as course
from handrail.core.course.session_states import WHY_NOT
from handrail.web.kit.sentences import Sentences, sentence
from handrail.web.staff.schedule import typed, words

_DAY = timedelta(days=1)


# ---- who and what is taken ---------------------------------------------------------------------


def _person(error: errors.PersonTaken) -> str:
    reason, name, hours = error.reason, error.name, error.hours
    zone = hours.zone
    if reason.what is What.CLOSED:
        return f"The house is closed on {_day(reason.span.since, zone)}: {reason.words}."
    if reason.what is What.AWAY:
        why = f" ({reason.words})" if reason.words else ""
        return f"{name} is away {_from_to(reason.span, zone)}{why}."
    if reason.what is What.HOURS:
        return _hours_words(reason.span, name, hours)
    return f"{name} {reason.words} {_from_to(reason.span, zone)}."


def _room(error: errors.RoomTaken) -> str:
    reason, room, zone = error.reason, error.room, error.zone
    if reason.what is What.CLOSED:
        return f"The house is closed on {_day(reason.span.since, zone)}: {reason.words}."
    return f"{room} is taken {_from_to(reason.span, zone)}: {reason.words}."


def _hours_words(span: Span, name: str, hours: Hours) -> str:
    begins = span.since.astimezone(ZoneInfo(hours.zone))
    works = working_on(begins.date(), hours)
    if not works:
        return f"{name} does not work on {words.day(begins.date())}."
    said = " and ".join(
        f"{_clock(one.since, hours.zone)} to {_clock(one.until, hours.zone)}" for one in works
    )
    return f"{name} works {said} on {words.day(begins.date())}."


def _from_to(span: Span, zone: str) -> str:
    begins, ends = (one.astimezone(ZoneInfo(zone)) for one in (span.since, span.until))
    if begins.time() == ends.time() == time():
        last = ends.date() - _DAY
        if last == begins.date():
            return f"on {words.day(last)}"
        return f"from {words.day(begins.date())} to {words.day(last)}"
    if begins.date() == ends.date():
        return (
            f"on {words.day(begins.date())} from {words.clock_time(begins.time())}"
            f" to {words.clock_time(ends.time())}"
        )
    return (
        f"from {words.day(begins.date())}, {words.clock_time(begins.time())},"
        f" to {words.day(ends.date())}, {words.clock_time(ends.time())}"
    )


def _day(moment: datetime, zone: str) -> str:
    return words.day(moment.astimezone(ZoneInfo(zone)).date())


def _clock(moment: datetime, zone: str) -> str:
    return words.clock_time(moment.astimezone(ZoneInfo(zone)).time())


def _pairs(error: errors.MustNotMeet) -> str:
    said = "; ".join(f"{one} and {other} must not meet ({why})" for one, other, why in error.pairs)
    return f"{said}. Both would be there."


# ---- questions ---------------------------------------------------------------------------------


def _planned(error: errors.PlannedThen) -> str:
    said = [_person(one) for one in error.taken[:4]]
    if len(error.taken) > 4:
        said.append(f"And {len(error.taken) - 4} more.")
    return f"{' '.join(said)} Somebody has to take that over. Write it down all the same?"


def _follow(error: errors.FollowToo) -> str:
    said = ", ".join(f"no. {number} on {words.day(day)}" for number, day in error.moved)
    return f"Moved by hand before, these follow the new pattern too: {said}. Is that meant?"


def _takes_away(error: errors.TakesAway) -> str:
    said = "; ".join(
        f"{track} at {words.clock_time(start)}, {words.people(people)} expected"
        for track, start, people in error.sessions
    )
    return f"Closing {words.day(error.local_date)} takes away {said}. Close it all the same?"


SENTENCES: Sentences = {
    errors.PersonTaken: _person,
    errors.RoomTaken: _room,
    errors.RoomOfAnotherGroup: (
        "{room} is taken on {local_date:short_day} at {start:clock_time}: {track}, session "
        "{number}, is there then. Choose another room or time."
    ),
    errors.TwoAtOnce: (
        "{track} would have two sessions at the same time. Choose another day or time."
    ),
    errors.MustNotMeet: _pairs,
    errors.InTrack: lambda error: f"{error.track}: {sentence(error.why)}",
    errors.TimeOver: "That time is over.",
    errors.LastBeforeFirst: "The last day comes before the first.",
    errors.OverAYear: "Write down a year at most at a time.",
    errors.HalfAStretch: "Give both the beginning and the end, or neither for whole days.",
    errors.HoursOfSeveralDays: "Hours belong to one day. For several days leave the hours empty.",
    errors.EndBeforeStart: "The end comes before the beginning.",
    errors.NoTimeBetween: "Hours that begin and end at the same time are none.",
    errors.StretchesOverlap: "Two stretches of one day overlap.",
    errors.RoomUnnamed: "Enter the name of the room.",
    errors.RoomForNobody: "A room holds at least one person; leave it empty if you do not know.",
    errors.TemplateUnknown: "Choose the shape of the course from the list.",
    errors.ProgramUnnamed: "Enter the name of the program.",
    errors.TrackUnnamed: "Enter the name of the track.",
    errors.ProgramNameTaken: "There is a program called {name} already.",
    errors.TrackNameTaken: "There is a track called {name} already.",
    errors.NoDayOfTheWeek: "Choose at least one day of the week.",
    errors.NoRoomNamed: "Say in which room they meet.",
    errors.NotColleagues: "Choose facilitators who work here now.",
    errors.TrackEnded: "{name} has ended on {ended_date:short_day}.",
    errors.LastBeforeCalendar: "The last day comes before the first, {first:short_day}.",
    errors.OverTwoYears: "Plan two years at most at a time.",
    errors.TimePassed: "That time has passed; choose one that is to come.",
    errors.TrackStays: lambda error: f"{error.track} stays where it is: {sentence(error.why)}",
    errors.SessionStays: "{track}, session {number}, stays on {local_date:short_day}.",
    errors.ChangeUnexplained: "Say why it changes; people will read it.",
    errors.CancelUnexplained: "Say why it is canceled; people will read it.",
    errors.NotesSigned: "Notes of this session are signed. Void them first, then cancel it.",
    errors.ClosingUnexplained: "Say why the house is closed; people will read it.",
    errors.InsteadOfItself: "Choose another day instead of the closed one.",
    errors.DayClosed: "The house is closed on {local_date:short_day}.",
    errors.ClosedAlready: "{local_date:short_day} is closed already.",
    errors.ClosedDayOver: "{local_date:short_day} is over; its sessions stay where they were.",
    errors.InsteadOver: "{local_date:short_day} is over; choose a day to come instead.",
    errors.OpeningOver: "{local_date:short_day} is over; it cannot be opened again.",
    errors.TooFewSeats: "{there} people would come on that day, and there are {seats} seats.",
    errors.NotFreeThen: lambda error: (
        f"{' '.join(sentence(one) for one in error.taken)} Is that meant?"
    ),
    errors.PlannedThen: _planned,
    errors.EndsNextDay: (
        "It begins at {start:clock_time} and ends at {end:clock_time} the next day. Is that meant?"
    ),
    errors.FollowToo: _follow,
    errors.TakesAway: _takes_away,
    errors.AskFirst: lambda error: " ".join(sentence(one) for one in error.about),
    course.NotATimeZone: "“{zone}” is not a time zone; write one like America/New_York.",
    course.NotInThisState: lambda error: f"Cannot {error.act.value}: {WHY_NOT[error.state]}.",
    course.AnotherSessionThen: (
        "Session {number} is on {local_date:short_day} at {start:clock_time} already."
    ),
    course.TakenInstead: (
        "{instead_date:short_day} replaces {local_date:short_day}, but has a session already."
    ),
    course.ClosedInstead: (
        "{instead_date:short_day} replaces {local_date:short_day}, but is closed itself."
    ),
    course.ClosedTwice: "{local_date:short_day} is closed twice, in two different ways.",
    typed.NotADay: "“{typed}” is not a day. Write it as 2026-11-30.",
    typed.NotATime: "“{typed}” is not a time. Write it as 18:00.",
    typed.NotANumber: "Write {what} as a number, up to {most:,}.",
    typed.NotChosen: "Choose {what}.",
}
