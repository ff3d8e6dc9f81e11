"""The picture of a ledger: lines over time on the stairs, acute places beside, the gap in a glance.

The numbers here are lengths on the drawing. A wide one for a screen and for paper, a tall one for
a phone; both say the same, and `label` says it in words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handrail.core.ledger.positions import Party, in_short
from handrail.core.ledger.story import Line, Point, Span, Story
from handrail.core.levels import Care
from handrail.web.kit import filters

_LETTER = 6.1
"""How wide a letter of a note is, about."""
_LASTS = re.compile(r"(\d+)\s*(day|week)", re.IGNORECASE)
_ACUTE_DAYS = 5
"""How long an acute place is drawn when nobody said how long."""
_HOURS = {"rtc": "24 h", "php": "20+ h", "iop": "9–19 h", "sop": "2–8 h", "counseling": "1 h"}
_SHORT = {
    "counseling": "Counseling",
    "coaching": "Coaching",
    "fellowship": "Fellowship",
    "on_my_own": "On my own",
    "hospital_medical": "Hospital, body",
    "hospital_psychiatric": "Hospital, mind",
    "crisis_observation": "Crisis care",
}
_LEAST_DAYS = 7
"""A picture is at least a week wide; until a week has passed, today is drawn as a wide day."""
_ACROSS = (10, 18, 200, 320, 440)
"""How far from its point a word is tried where today is wide: all that was said stands there."""
_ALONG = (8, 40, 80, 100, 130, 170, 220, 280)
"""How far along a span its words are tried."""
# Within a row the parties stand in this order, from the top.
_ORDER = (
    Party.CLINICIAN,
    Party.PROGRAM,
    Party.FAMILY,
    Party.MANDATING_BODY,
    Party.CLIENT,
    Party.PAYER,
)


@dataclass(frozen=True, slots=True)
class Sizes:
    """What differs between the wide and the tall drawing."""

    width: int
    left: int
    right: int
    row: int
    beside: int
    ticks: int
    notes: bool


WIDE = Sizes(width=920, left=150, right=132, row=44, beside=46, ticks=7, notes=True)
TALL = Sizes(width=360, left=84, right=12, row=38, beside=40, ticks=3, notes=False)


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of text on the drawing. `kind` is its class, `anchor` start, middle or end."""

    x: float
    y: float
    kind: str
    words: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the drawing; `kind` is agreed, refused, indicated, range or gap."""

    x: float
    y: float
    width: float
    height: float
    kind: str


@dataclass(frozen=True, slots=True)
class Marker:
    """Where a line turns: the party's own shape."""

    x: float
    y: float
    party: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """The line of one party."""

    path: str
    party: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Ready to draw."""

    width: int
    height: int
    rules: tuple[float, ...]
    boxes: tuple[Box, ...]
    strokes: tuple[Stroke, ...]
    markers: tuple[Marker, ...]
    words: tuple[Words, ...]
    today: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of the key: the party and who speaks for it."""

    party: str
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Both drawings, the title and the words that say the same, and the key."""

    wide: Drawing
    tall: Drawing
    title: str
    label: str
    key: tuple[Key, ...]
    boxes: tuple[tuple[str, str], ...]
    caption: str


def picture_of(story: Story, care: Care) -> Picture:
    """Draw a ledger's story."""
    key = tuple(Key(line.party.value, _name(line, story.lines)) for line in _ranked(story.lines))
    title = (
        "Who asked for which level of care, "
        f"{filters.plain_date(story.first)} to {filters.plain_date(story.last)}"
    )
    return Picture(
        wide=_Drawn(story, care, WIDE).drawing(),
        tall=_Drawn(story, care, TALL).drawing(),
        title=title,
        label=_label(story, care),
        key=key,
        boxes=_box_key(story),
        caption=_caption(story),
    )


def _ranked(lines: Sequence[Line]) -> list[Line]:
    return sorted(lines, key=lambda one: (_ORDER.index(one.party), one.holder.casefold()))


def _name(line: Line, lines: Sequence[Line]) -> str:
    """The party, and who speaks for it where several do."""
    alike = [one for one in lines if one.party is line.party]
    return line.holder if len(alike) > 1 and line.holder else line.party.words


def _box_key(story: Story) -> tuple[tuple[str, str], ...]:
    """What the rectangles mean, those that are there."""
    ranges = any(one.low != one.high for one in story.indicated)
    found = {
        "indicated": ("indicated", bool(story.indicated)),
        "range": ("may be indicated", ranges),
        "agreed": ("in place", any(not one.refused for one in story.agreed)),
        "refused": ("after an informed refusal", any(one.refused for one in story.agreed)),
    }
    return tuple((kind, words) for kind, (words, there) in found.items() if there)


def _caption(story: Story) -> str:
    said = "The point is the highest step asked for. Outlined: indicated. Shaded: in place."
    if story.days_short:
        days = filters.counted(story.days_short, "day")
        said += f" Hatched: {days} with less in place than was indicated."
    return said


def _label(story: Story, care: Care) -> str:
    """The story in sentences, for those who do not see the picture."""
    said = []
    for line in _ranked(story.lines):
        turns = ", then ".join(
            f"{in_short(point.steps, care)} on {filters.plain_date(point.on)}"
            for point in line.points
        )
        said.append(f"{_name(line, story.lines)} asks for {turns}.")
    placed = ", ".join(
        f"{in_short(one.steps, care)} from {filters.plain_date(one.on)}" for one in story.agreed
    )
    if placed:
        said.append(f"In place: {placed}.")
    if story.days_short:
        said.append(f"Less than indicated on {filters.counted(story.days_short, 'day')}.")
    said.append("The table below has every position.")
    return " ".join(said)


class _Drawn:
    """One drawing in the making."""

    def __init__(self, story: Story, care: Care, sizes: Sizes) -> None:
        self.story, self.care, self.sizes = story, care, sizes
        self.lines = _ranked(story.lines)
        days = (story.last - story.first).days
        self.today_wide = max(_LEAST_DAYS - days, 0)
        self.days = max(days * 1.02, _LEAST_DAYS)
        self.end = self._x(story.last + timedelta(days=self.today_wide))
        beside = {code for line in self.lines for one in line.points for code in one.acute}
        beside |= {code for one in (*story.agreed, *story.indicated) for code in one.acute}
        self.acute = [code for code in care.acute_places if code in beside]
        head = 26 if self.acute else 8
        self.stairs = head + len(self.acute) * sizes.beside + (26 if self.acute else 18)
        self.top, self.head = 8 if not self.acute else 26, head
        self.bottom = self.stairs + len(care.spine) * sizes.row
        self.taken: list[tuple[float, float, float, float]] = []
        self.words: list[Words] = []
        self.lines_drawn = self._drawn()

    def drawing(self) -> Drawing:
        sizes = self.sizes
        boxes = (*self._gaps(), *self._placed(), *self._indicated())
        strokes, markers = self._strokes(), self._markers()
        self._frame()
        self._ends()
        if sizes.notes:
            self._box_notes()
            self._notes()
        rows = [self.stairs + sizes.row * i for i in range(len(self.care.spine) + 1)]
        rows += (
            [self.head + sizes.beside * i for i in range(len(self.acute) + 1)] if self.acute else []
        )
        return Drawing(
            width=sizes.width,
            height=int(self.bottom + 28),
            rules=tuple(sorted(set(rows))),
            boxes=boxes,
            strokes=strokes,
            markers=(*markers, *self._beside_markers()),
            words=tuple(self.words),
            today=self._x(self.story.last),
            top=self.head,
            bottom=self.bottom,
        )

    # ---- places ----

    def _x(self, day: date) -> float:
        wide = self.sizes.width - self.sizes.left - self.sizes.right - 14
        return round(self.sizes.left + 10 + (day - self.story.first).days / self.days * wide, 1)

    def _row(self, height: int) -> float:
        """The top of a level's row; the highest level is the first."""
        return self.stairs + (len(self.care.spine) - 1 - height) * self.sizes.row

    def _y(self, line: Line, height: int) -> float:
        """A line's own place within a row: lines on one level stand beside each other, and below
        them there is room for a word.
        """
        apart = min(8.0, (self.sizes.row - 18) / len(self.lines))
        return round(self._row(height) + 8 + self.lines.index(line) * apart, 1)

    # ---- shapes ----

    def _placed(self) -> list[Box]:
        boxes = []
        for one in self.story.agreed:
            x, width = self._x(one.on), self._width(one, self.story.agreed)
            kind = "refused" if one.refused else "agreed"
            boxes.append(Box(x, self._row(one.low) + 3, width, self.sizes.row - 6, kind))
            for code in one.acute:
                y = self.head + self.acute.index(code) * self.sizes.beside
                over = self._acute_until(one, code)
                until = self._x(over) if over < self.story.last else self.end
                boxes.append(Box(x, y + 5, max(until - x, 6), self.sizes.beside - 10, kind))
            boxes += self._gone_without(one)
        return boxes

    def _gone_without(self, one: Span) -> list[Box]:
        """The acute places that were indicated and refused, in their rows."""
        found = [each for each in self.story.indicated if each.on <= one.on]
        if not one.refused or not found:
            return []
        boxes = []
        for code in found[-1].acute:
            if code not in one.acute:
                y = self.head + self.acute.index(code) * self.sizes.beside
                width = self._width(one, self.story.agreed)
                boxes.append(Box(self._x(one.on), y + 5, width, self.sizes.beside - 10, "refused"))
        return boxes

    def _acute_until(self, span: Span, code: str) -> date:
        lasting = next((step.lasting for step in span.steps if code in step.codes), "")
        told = _LASTS.search(lasting)
        days = _ACUTE_DAYS
        if told:
            days = int(told[1]) * (7 if told[2].lower() == "week" else 1)
        return span.on + timedelta(days=days)

    def _indicated(self) -> list[Box]:
        boxes = []
        for one in self.story.indicated:
            y, kind = self._row(one.high), "range" if one.low != one.high else "indicated"
            height = (one.high - one.low + 1) * self.sizes.row
            width = self._width(one, self.story.indicated)
            boxes.append(Box(self._x(one.on), y + 1.5, width, height - 3, kind))
        return boxes

    def _gaps(self) -> list[Box]:
        """From the level in place up to the one indicated."""
        boxes = []
        for one in self.story.short:
            y = self._row(one.high) + 3
            width = self._width(one, (*self.story.indicated, *self.story.agreed))
            boxes.append(Box(self._x(one.on), y, width, self._row(one.low) - y, "gap"))
        return boxes

    def _width(self, one: Span, beside: Sequence[Span]) -> float:
        return round(max(self._until(one, beside) - self._x(one.on), 4), 1)

    def _until(self, one: Span, beside: Sequence[Span]) -> float:
        """Where a span ends: one that still holds goes on through today, whatever its width."""
        last = self.story.last
        followed = one.on < last and any(each.on == last for each in beside)
        return self._x(one.until) if one.until < last or followed else self.end

    def _strokes(self) -> tuple[Stroke, ...]:
        end = self.end + 6
        strokes = []
        for line in self.lines:
            first, *rest = line.points
            path = f"M{self._x(first.on):g} {self._y(line, first.height):g}"
            for point in rest:
                path += f"H{self._x(point.on):g}V{self._y(line, point.height):g}"
            strokes.append(Stroke(f"{path}H{end:g}", line.party.value))
        return tuple(strokes)

    def _markers(self) -> tuple[Marker, ...]:
        return tuple(
            Marker(self._x(point.on), self._y(line, point.height), line.party.value)
            for line in self.lines
            for point in line.points
        )

    def _beside_markers(self) -> list[Marker]:
        """Who asked for an acute place, in its row, in two columns from the day it was said."""
        found: list[Marker] = []
        for row, code in enumerate(self.acute):
            asked: dict[date, list[str]] = {}
            for line in self.lines:
                for point in line.points:
                    if code in point.acute:
                        asked.setdefault(point.on, []).append(line.party.value)
            top = self.head + row * self.sizes.beside
            for on, parties in asked.items():
                for place, party in enumerate(parties):
                    x = self._x(on) - 7 + (place % 2) * 14
                    y = (
                        top
                        + self.sizes.beside / 2
                        + (place // 2 - (len(parties) - 1) // 2 / 2) * 15
                    )
                    found.append(Marker(round(x, 1), round(y, 1), party))
        return found

    # ---- words ----

    def _frame(self) -> None:
        """Names of rows, hours, days."""
        sizes, care = self.sizes, self.care
        if self.acute:
            self._say(12, self.head - 9, "sub", "Beside the stairs")
            self._say(12, self.stairs - 8, "sub", "On the stairs")
        for place, code in enumerate(self.acute):
            y = self.head + place * sizes.beside + sizes.beside / 2 + 5
            self._say(12, y, "row", _SHORT.get(code, care.acute_places[code].short_name))
        for height, code in enumerate(care.spine):
            y = self._row(height) + sizes.row / 2 + 5
            self._say(12, y, "row", _SHORT.get(code, care.levels[code].short_name))
            if sizes.notes and code in _HOURS:
                self._say(sizes.left - 8, y, "sub", _HOURS[code], "end")
        for day in self._ticks():
            self._say(self._x(day), self.bottom + 20, "axis", f"{day:%b} {day.day}", "middle")
        today = self.story.last
        said = f"Today, {today:%b} {today.day}" if sizes.notes else "Today"
        self._say(self._today(), self.bottom + 20, "axis", said, "middle")

    def _ticks(self) -> list[date]:
        """The first day and some later ones, with room for today's."""
        step = 7
        while self.days / step > self.sizes.ticks:
            step *= 2
        count = int(self.days // step) + 1
        days = [self.story.first + timedelta(days=step * i) for i in range(count)]
        room = 76 if self.sizes.notes else 52
        before = [one for one in days if one < self.story.last]
        return [one for one in before if self._today() - self._x(one) > room]

    def _today(self) -> float:
        """The middle of today."""
        return (self._x(self.story.last) + self.end) / 2

    def _ends(self) -> None:
        """Each party's name at the end of its line, none over another."""
        if not self.sizes.notes:
            return
        lines = sorted(self.lines, key=lambda one: self._y(one, one.points[-1].height))
        ends = _apart([self._y(one, one.points[-1].height) for one in lines], 17, self.bottom - 6)
        for line, y in zip(lines, ends, strict=True):
            kind = f"end is-{line.party.value}"
            self._say(self.end + 14, y + 4.5, kind, _name(line, self.lines))

    def _box_notes(self) -> None:
        """How many days short, and what was agreed, where there is room."""
        care, row = self.care, self.sizes.row
        for one in self.story.short:
            days = f"{filters.counted(one.days, 'day')} short"
            top, bottom = self._row(one.high) + 3, self._row(one.low)
            places = [(dx, y) for y in _steps_of(bottom - 6, top + 12, 7) for dx in _ALONG]
            for dx, y in places:
                room = self._until(one, (*self.story.indicated, *self.story.agreed)) - 4
                if self._try(self._x(one.on) + dx, y, "note strong", days, until=room):
                    break
        for one in self.story.agreed:
            for box in self._gone_without(one):
                if box.width > 60:
                    self._say(box.x + 8, box.y + 22, "note strong", "refused")
            act = "accepted" if one.refused else "agreed"
            for said in (f"{act}: {in_short(one.steps[-1:], care)}", act):
                ys = (self._row(one.low) + row - 7, self._row(one.low) + 15)
                room = self._until(one, self.story.agreed) - 4
                places = [(dx, y) for y in ys for dx in _ALONG]
                if any(
                    self._try(self._x(one.on) + dx, y, "note", said, until=room) for dx, y in places
                ):
                    break

    def _notes(self) -> None:
        """What was asked for, beside its point, where there is room; those of one day together."""
        together: dict[tuple[date, str], list[tuple[Line, Point]]] = {}
        for line in self.lines:
            before = ""
            for point in line.points:
                said = in_short(point.steps, self.care)
                if said != before:
                    together.setdefault((point.on, said), []).append((line, point))
                before = said
        for (_, said), asked in together.items():
            names = [_name(line, self.lines) for line, _ in asked]
            who = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
            line, point = asked[0]
            kind = f"note is-{line.party.value}" if len(asked) == 1 else "note"
            top = self._row(point.height)
            ys = (
                top + 11,
                *_steps_of(top + 13, top + self.sizes.row - 3, 5),
                top - 4,
                top + self.sizes.row + 12,
            )
            words = f"{who}: {said}"
            wide = self.today_wide and point.on == self.story.last
            places = [(dx, y) for dx in (_ACROSS if wide else _ACROSS[:2]) for y in ys]
            left = [(-len(words) * _LETTER - 10, y) for y in ys if top < y <= top + self.sizes.row]
            any(self._try(self._x(point.on) + dx, y, kind, words) for dx, y in (*places, *left))

    def _try(
        self, x: float, y: float, kind: str, words: str, *, until: float | None = None
    ) -> bool:
        """Write something where nothing stands yet: no words, marks nor lines. Whether it fit."""
        right = x + len(words) * _LETTER
        edge = self.sizes.width - self.sizes.right - 4 if until is None else until
        if x < self.sizes.left or right > edge or not self.stairs + 8 < y < self.bottom:
            return False
        for left, top, end, bottom in (*self.taken, *self.lines_drawn):
            if x < end + 3 and right > left - 3 and y - 10 < bottom and y + 2 > top:
                return False
        self.taken.append((x, y - 10, right, y + 2))
        self._say(x, y, kind, words)
        return True

    def _drawn(self) -> list[tuple[float, float, float, float]]:
        """Where lines and marks are, as narrow boxes."""
        found, end = [], self.end + 6
        for line in self.lines:
            turns = [(self._x(one.on), self._y(line, one.height)) for one in line.points]
            for (x, y), (then, below) in zip(turns, [*turns[1:], (end, turns[-1][1])], strict=True):
                found.append((x - 5, y - 5, x + 5, y + 5))
                found.append((x, y - 1, then, y + 1))
                found.append((then - 1, min(y, below), then + 1, max(y, below)))
        return found

    def _say(self, x: float, y: float, kind: str, words: str, anchor: str = "start") -> None:
        self.words.append(Words(round(x, 1), round(y, 1), kind, words, anchor))


def _steps_of(first: float, last: float, step: float) -> list[float]:
    """Numbers from one to another, both ends included or nearly."""
    count = int(abs(last - first) // step)
    way = 1 if last > first else -1
    return [first + way * step * i for i in range(count + 1)]


def _apart(wanted: Sequence[float], room: float, lowest: float) -> list[float]:
    """Places from the top downward with room between them, the last not below the lowest."""
    found: list[float] = []
    for one in wanted:
        found.append(max(one, found[-1] + room) if found else one)
    most = lowest
    for place in reversed(range(len(found))):
        found[place] = min(found[place], most)
        most = found[place] - room
    return found
