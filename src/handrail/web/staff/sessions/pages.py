"""What the board's page shows."""

from dataclasses import dataclass
from uuid import UUID

from markupsafe import Markup

from handrail.web.kit.page import Frame
from handrail.web.staff.sessions.reaching import RESULTS, Reach


@dataclass(frozen=True, slots=True)
class Other:
    """What somebody else wrote into the same field at the same time."""

    key: str
    text: str
    said: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Box:
    """A field to write in. `key` names it in the form; `base` is what it was written on."""

    key: str
    label: str
    hint: str
    text: str
    base: str
    rows: int
    saved: str
    others: tuple[Other, ...] = ()
    about: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A field answered by one of a few: value and words of each. No choices: own words."""

    key: str
    base: str
    legend: str
    chosen: str
    choices: tuple[tuple[str, str], ...]
    others: tuple[Other, ...] = ()


@dataclass(frozen=True, slots=True)
class Wrong:
    """Minutes that cannot be, as typed, with what is wrong beside each."""

    client: UUID
    arrived: str
    left: str
    arrived_words: str
    left_words: str


@dataclass(frozen=True, slots=True)
class SeenView:
    """Someone's attendance as shown and as posted."""

    mark: str
    words: str
    absent: bool
    excuse: str
    arrived: int
    left: str
    base: str
    came: str
    went: str
    arrived_typed: str = ""
    left_typed: str = ""
    arrived_wrong: str = ""
    left_wrong: str = ""


@dataclass(frozen=True, slots=True)
class Open:
    """One thing still missing, in words; one that can be acknowledged has a key to do so.

    `simple` is what is only not written yet, and no news while the evening lasts.

    `jump` names the field to mend it in. `mine` and `theirs` are two texts too alike, each cut
    into what comes before, the passage that both share, and what comes after.
    """

    words: str
    blocks: bool
    simple: bool
    key: str
    jump: str
    mine: tuple[str, str, str] | None = None
    theirs: tuple[str, str, str] | None = None
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Where:
    """A place where something is open: `key` names its field, `ask` the warning it may answer."""

    words: str
    key: str
    ask: str = ""


@dataclass(frozen=True, slots=True)
class TileView:
    """One person on the board, closed and open."""

    id: UUID
    name: str
    called: str
    pronouns: str
    whose: str
    done: str
    risk: str
    look: str
    also: tuple[str, ...]
    last: str
    seen: SeenView
    can_take_back: bool
    goals: Choice
    way: Choice | None
    own: Box
    risk_box: Box | None
    plan: Box
    place: Box | None
    outreach: Box
    open: tuple[Open, ...]
    shared_open: tuple[Where, ...]
    reach: Reach | None
    credit: str
    short: str
    complete: bool
    signed: str
    note_id: UUID | None
    in_note: str


@dataclass(frozen=True, slots=True)
class SegmentLine:
    """One part of the evening: its place on the bar and its note, if it has one."""

    name: str
    minutes: int
    x: float
    width: float
    pause: bool
    now: bool
    box: Box | None


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist before signing."""

    mark: str
    words: str
    count: str
    where: tuple[Where, ...] = ()


@dataclass(frozen=True, slots=True)
class ToReach:
    """Somebody still to be reached when the evening is over."""

    outreach_id: UUID
    name: str
    at_risk: bool


@dataclass(frozen=True, slots=True)
class FoundLine:
    """Someone found by name; `why_not` says why they cannot be added, empty when they can."""

    id: UUID
    name: str
    about: str
    why_not: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the page's script needs to know; goes into the page as JSON."""

    session: str
    person: str
    name: str
    key: str
    version: int
    now: int
    starts: int
    day: str
    minutes: int
    zone: str
    state: str
    changes: str
    save: str
    mark: str
    settle: str
    segments: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The whole board."""

    frame: Frame
    session_id: UUID
    title: str
    where: str
    time: str
    when: str
    on_when: str
    begun: bool
    begins: str
    opens: str
    opens_name: str
    runs: str
    then: str
    segments: tuple[SegmentLine, ...]
    hand: float
    past: float
    topics: str
    summary: str
    tiles: tuple[TileView, ...]
    checks: tuple[Check, ...]
    state: str
    planned: bool
    running: bool
    to_sign: bool
    done: bool
    canceled: bool
    may_run: bool
    may_sign: bool
    complete: int
    unsigned: int
    to_reach: tuple[ToReach, ...]
    why_not: str
    signs_as: str
    asks_reason: bool
    facts_json: Markup
    minutes: int
    version: int
    query: str = ""
    found: tuple[FoundLine, ...] | None = None
    arrive_problem: str = ""
    asks: str = ""
    results: tuple[tuple[str, str], ...] = RESULTS
    problem: str = ""
