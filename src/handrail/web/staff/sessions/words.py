"""What the board says: attendance, times, marks, what is still missing. No rows, no requests."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handrail.areas.sessions.selectors.board import Board, SegmentView, Tile
from handrail.core.course.roster import Place
from handrail.core.course.schedule import Modality
from handrail.core.course.segments import SegmentKind
from handrail.web.kit import filters

_EVENING = 17
"""From this hour on a session is of the evening."""

BESIDE = {Place.MAKE_UP: "Makes up a session", Place.UNANNOUNCED: "Came unannounced"}


def title(board: Board) -> str:
    """Evening IOP, Tue, Nov 24, 6 to 9 pm."""
    day = f"{board.local_date:%a, %b} {board.local_date.day}"
    return f"{board.track_name}, {day}, {span(board.starts_at, board.ends_at, board.zone)}"


def span(starts: datetime, ends: datetime, zone: str) -> str:
    """6 to 9 pm; 10 am to 1 pm."""
    first, last = short_time(starts, zone), short_time(ends, zone)
    if first[-2:] == last[-2:]:
        first = first[:-3]
    return f"{first} to {last}"


def short_time(value: datetime, zone: str) -> str:
    """6 pm, 6:20 pm."""
    return filters.clock_time(value, zone).replace(":00 ", " ")


def where(board: Board) -> str:
    """Room 2 and online · led by Mara Whitfield."""
    online = {Modality.ONLINE: "Online", Modality.MIXED: "online"}.get(board.modality, "")
    place = " and ".join(part for part in (board.room, online) if part)
    led = f"led by {' and '.join(board.facilitators)}" if board.facilitators else "nobody leads yet"
    return " · ".join(part for part in (place, led) if part)


def minute_now(board: Board, now: datetime) -> int:
    """Which minute of the session it is, never outside of it."""
    return max(0, min(board.minutes, int((now - board.starts_at).total_seconds() // 60)))


def time_at(board: Board, minute: int) -> str:
    """The time on the wall at a minute of the session."""
    return short_time(board.starts_at + timedelta(minutes=minute), board.zone)


def segment_now(board: Board, now: datetime) -> SegmentView | None:
    """The part that runs now; None before and after."""
    if not board.starts_at <= now < board.ends_at:
        return None
    minute = minute_now(board, now)
    return next((one for one in board.segments if minute < one.begins_minute + one.minutes), None)


def runs_now(board: Board, now: datetime) -> tuple[str, str]:
    """What runs now with the minutes left, and what comes then."""
    segment = segment_now(board, now)
    if segment is None and now < board.starts_at:
        left = -int((now - board.starts_at).total_seconds() // 60)
        when = short_time(board.starts_at, board.zone)
        if left > 180:
            return f"Begins {board.local_date:%a, %b} {board.local_date.day}, {when}", ""
        return f"Begins in {counted(left, 'minute')}", f"at {when}"
    if segment is None:
        return f"Over since {short_time(board.ends_at, board.zone)}{other_day(board, now)}", ""
    left = segment.begins_minute + segment.minutes - minute_now(board, now)
    after = next((one for one in board.segments if one.index == segment.index + 1), None)
    then = (
        f"then {after.name.lower()} at {time_at(board, after.begins_minute)}"
        if after
        else f"ends {short_time(board.ends_at, board.zone)}"
    )
    return f"{segment.name}, {counted(left, 'minute')} left", then


def is_today(board: Board, now: datetime) -> bool:
    """Whether the session is of the day it is there now."""
    return now.astimezone(ZoneInfo(board.zone)).date() == board.local_date


def when(board: Board, now: datetime) -> str:
    """Tonight, Today, or the day when it is another: Mon, Nov 23."""
    if not is_today(board, now):
        return filters.short_day(board.local_date)
    return "Tonight" if board.start.hour >= _EVENING else "Today"


def on_when(board: Board, now: datetime) -> str:
    """Tonight, today, or on Mon, Nov 23: in the middle of a sentence."""
    return when(board, now).lower() if is_today(board, now) else f"on {when(board, now)}"


def other_day(board: Board, now: datetime) -> str:
    """The day behind a time, when it is not this one."""
    return "" if is_today(board, now) else f", {filters.short_day(board.local_date)}"


def is_pause(segment: SegmentView) -> bool:
    """Whether nothing is written about this part."""
    return segment.kind == SegmentKind.BREAK.value


def is_late(board: Board, tile: Tile) -> bool:
    """Whether someone came late enough to be said so."""
    return not tile.absent and tile.arrived > 0


def is_early(tile: Tile) -> bool:
    """Whether someone left before the end."""
    return not tile.absent and tile.left is not None


def attendance(board: Board, tile: Tile) -> tuple[str, str]:
    """The mark and the words of someone's attendance."""
    if tile.absent:
        return "gone", f"Not here: {tile.excuse}" if tile.excuse else "Not here"
    parts = []
    if tile.place is Place.UNANNOUNCED and tile.arrived:
        parts.append(f"Here from {time_at(board, tile.arrived)}, unannounced")
    elif tile.arrived:
        parts.append(f"Late, {tile.arrived} min")
    if tile.left is not None:
        parts.append(f"Leaves {time_at(board, tile.left)}, {board.minutes - tile.left} min early")
    if parts:
        return "late", "; ".join(parts)
    if tile.place is Place.UNANNOUNCED:
        return "ok", "Here, unannounced"
    return "ok", "Here"


def summary(board: Board) -> str:
    """11 here · 1 not here · 1 late, 14 min · 1 leaves early."""
    absent = sum(tile.absent for tile in board.tiles)
    late = [tile for tile in board.tiles if is_late(board, tile)]
    early = [tile for tile in board.tiles if is_early(tile)]
    parts = [f"{len(board.tiles) - absent} here"]
    if absent:
        parts.append(f"{absent} not here")
    if late:
        parts.append(f"{len(late)} late" + (f", {late[0].arrived} min" if len(late) == 1 else ""))
    if early:
        parts.append(f"{len(early)} {'leaves' if len(early) == 1 else 'leave'} early")
    return " · ".join(parts)


def short_name(tile: Tile) -> str:
    """Marcus D.: enough to know someone in a room, and no more on a screen in that room."""
    family = tile.name.split()[-1] if " " in tile.name else ""
    return f"{tile.called} {family[0]}." if family else tile.called


def of_planned(tile: Tile) -> str:
    """9 of 24."""
    return f"{tile.done} of {tile.planned}" if tile.planned else f"{tile.done} so far"


def whose(tile: Tile) -> str:
    """her, his, their: from the pronouns someone gave."""
    first = tile.pronouns.split("/")[0].strip().lower()
    return {"she": "her", "he": "his"}.get(first, "their")


def asks_to_close(board: Board, now: datetime, ends_at: datetime) -> str:
    """The question before attendance is closed long before the planned end."""
    time = filters.clock_time(now, board.zone)
    said = f"It is {time}; the session is planned until {short_time(ends_at, board.zone)}."
    if now < board.starts_at:
        return f"{said} It has not reached its planned start: nobody would be credited with it."
    return f"{said} Close now: everyone is credited up to {time} only."


def credit(tile: Tile) -> str:
    """Why someone's session does not count, once attendance is closed; empty when it does."""
    if not tile.status or not tile.shortfall:
        return ""
    return "No credit" if tile.absent else f"No credit: {counted(tile.shortfall, 'minute')} short"


def counted(number: int, noun: str) -> str:
    """1 minute, 10 minutes."""
    several = "people" if noun == "person" else f"{noun}s"
    return f"{number} {noun if number == 1 else several}"


def at_time(value: datetime | None, zone: str) -> str:
    """The time somebody saved, or nothing."""
    return filters.clock_time(value, zone) if value else ""
