"""What somebody typed about when and how a person can come, read back as the core knows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.http import QueryDict

from handrail.areas.organizations.services import Mistaken
from handrail.core.admission import Weekly
from handrail.core.course.schedule import Modality
from handrail.core.dates import read_day

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
    problem: str = ""


def read(typed: QueryDict, *, today: date, language: str) -> Wanted:
    """What the page's form says. What cannot be read is said, and the rest still holds."""
    rows = _rows(typed)
    busy: list[Weekly] = []
    problem = ""
    for row in rows:
        try:
            busy += read_row(row)
        except Mistaken as wrong:
            problem = str(wrong)
    text = typed.get("from_date", "").strip()
    first = read_day(text[:_LONGEST])
    if text and first is None:
        problem = f"“{text[:_LONGEST]}” is not a day. Write it as 11/30/2026 or 2026-11-30."
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
    """The times of one line. Raises Mistaken with what is missing or cannot be read."""
    if row.is_empty:
        return ()
    days = DAYS.get(row.days)
    if days is None:
        raise Mistaken("Choose the days of each time when they cannot come.")
    start, end = _minutes(row.start), _minutes(row.end)
    if end <= start:
        said = f"{row.start} to {row.end} ends before it begins."
        raise Mistaken(f"{said} Past midnight takes two lines.")
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
        raise Mistaken(f"“{words}” is not a time. Write it as 17:00.") from None
    return read_time.hour * 60 + read_time.minute


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
