"""What somebody typed about when and how a person can come, read back as the core knows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.http import QueryDict

from handrail.core.admission import Weekly
from handrail.core.course.schedule import Modality
from handrail.core.dates import read_day
from handrail.core.errors import Invalid

ROWS = 3
_LONGEST = 40
DAYS: Mapping[str, tuple[int, ...]] = {
    "weekdays": (0, 1, 2, 3, 4),
    "every": (0, 1, 2, 3, 4, 5, 6),
    "weekend": (5, 6),
    **{str(day): (day,) for day in range(7)},
}
DAY_WORDS: tuple[tuple[str, str], ...] = (
    ("weekdays", "Monday to Friday"),
    ("every", "Every day"),
    ("weekend", "Saturday and Sunday"),
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
)
MODALITIES: tuple[tuple[str, str], ...] = (
    (Modality.ROOM.value, "In a room"),
    (Modality.ONLINE.value, "Online"),
)


class DaysNotChosen(Invalid):
    """A time when they cannot come has no days."""


@dataclass(eq=False)
class DayUnread(Invalid):
    """What was typed is no day."""

    typed: str


@dataclass(eq=False)
class TimeUnread(Invalid):
    """What was typed is no time of day."""

    typed: str


@dataclass(eq=False)
class EndsBefore(Invalid):
    """A time when they cannot come ends before it begins."""

    start: str
    end: str


class TrackNotChosen(Invalid):
    """Nobody is admitted without a track."""


class MeetingHalfGiven(Invalid):
    """The first hour lacks its day, its time or its counselor."""

    field = "meeting_date"


@dataclass(frozen=True, slots=True)
class BusyRow:
    """One line of times when they cannot come, as typed."""

    days: str = ""
    start: str = ""
    end: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was chosen or typed in it."""
        return not (self.days or self.start or self.end)


@dataclass(frozen=True, slots=True)
class Wanted:
    """When and how a person can come, as typed. `problem` says what could not be read."""

    from_date: date
    modality: str
    language: str
    rows: tuple[BusyRow, ...]
    busy: tuple[Weekly, ...]
    track_id: UUID | None
    days: tuple[int, ...]
    problem: Invalid | None = None


def read(typed: QueryDict, *, today: date, language: str) -> Wanted:
    """What the page's form says. What cannot be read is said, and the rest still holds."""
    rows = _rows(typed)
    busy: list[Weekly] = []
    problem: Invalid | None = None
    for row in rows:
        try:
            busy += read_row(row)
        except Invalid as wrong:
            problem = wrong
    text = typed.get("from_date", "").strip()
    first = read_day(text[:_LONGEST])
    if text and first is None:
        problem = DayUnread(text[:_LONGEST])
    modality = typed.get("modality", "")
    return Wanted(
        from_date=first or today,
        modality=modality if modality in dict(MODALITIES) else "",
        language=typed.get("language", language)[:_LONGEST].strip(),
        rows=rows,
        busy=tuple(sorted(busy)),
        track_id=_key(typed.get("track_id", "")),
        days=tuple(sorted({int(one) for one in typed.getlist("days") if one in set("0123456")})),
        problem=problem,
    )


def read_row(row: BusyRow) -> tuple[Weekly, ...]:
    """The times of one line. Raises DaysNotChosen, EndsBefore, TimeUnread."""
    if row.is_empty:
        return ()
    days = DAYS.get(row.days)
    if days is None:
        raise DaysNotChosen
    start, end = _minutes(row.start), _minutes(row.end)
    if end <= start:
        raise EndsBefore(row.start, row.end)
    return tuple(Weekly(day, start, end) for day in days)


def _rows(typed: QueryDict) -> tuple[BusyRow, ...]:
    columns = (typed.getlist("busy_days"), typed.getlist("busy_from"), typed.getlist("busy_until"))
    return tuple(
        BusyRow(*(column[at][:_LONGEST] if at < len(column) else "" for column in columns))
        for at in range(ROWS)
    )


def _minutes(words: str) -> int:
    try:
        read_time = time.fromisoformat(words.strip())
    except ValueError:
        raise TimeUnread(words) from None
    return read_time.hour * 60 + read_time.minute


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
