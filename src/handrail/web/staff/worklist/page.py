"""The worklist as a page shows it: sections, rows, what each says and where it is done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode

from handrail.areas.worklist.selectors import DueNow, Seen, View
from handrail.core.worklist import Row, Section, can_snooze, rows_of
from handrail.web.kit import filters
from handrail.web.staff.worklist.lines import Lines, Now, Said, lines

OF_A_KIND = 12
"""How many rows of one kind are shown."""
TITLES = {
    Section.SAFETY: "Safety",
    Section.OVERDUE: "Overdue",
    Section.THIS_WEEK: "This week",
    Section.LATER: "Later",
}
VIEWS = {
    View.MINE: "For me",
    View.TEAM: "My team",
    View.UNASSIGNED: "Unassigned",
    View.SNOOZED: "Snoozed",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One item of a row: what it is called there, what it says, and where it is done."""

    why: str
    who: str
    said: Said
    item: UUID


@dataclass(frozen=True, slots=True)
class RowView:
    """One decision. `parts` are its items; a `group` unfolds into them."""

    key: str
    mark: str
    why: str
    who: str
    when: str
    note: str
    owner: str
    do: str
    place: str
    parts: tuple[Part, ...]
    group: bool
    change: str
    can_snooze: bool


@dataclass(frozen=True, slots=True)
class SectionView:
    """A part of the list with its rows; `items` counts what is in them."""

    key: str
    title: str
    rows: tuple[RowView, ...]
    items: int


@dataclass(frozen=True, slots=True)
class Tab:
    """One view of the list, and how many items are in it."""

    view: str
    words: str
    number: int
    here: bool


@dataclass(frozen=True, slots=True)
class WorklistView:
    """The whole list. `more` says what is not shown."""

    tabs: tuple[Tab, ...]
    sections: tuple[SectionView, ...]
    items: int
    rows: int
    more: str


def worklist_view(found: DueNow, now: Now, view: View, *, oversees: bool) -> WorklistView:
    """The list in words."""
    by_due = {(one.due.kind, one.due.key): one for one in found.items}
    rows = rows_of((one.due for one in found.items), now.at)
    shown, left = _bounded(rows, by_due)
    items = sum(len(one.items) for one in rows)
    sections = []
    for section in Section:
        inside = [one for one in shown if one.section is section]
        if inside:
            views = tuple(_row(one, by_due, now) for one in inside)
            inside_it = sum(len(one.parts) for one in views)
            sections.append(SectionView(section.value, TITLES[section], views, inside_it))
    return WorklistView(
        tabs=_tabs(found, view, items, oversees=oversees),
        sections=tuple(sections),
        items=items,
        rows=len(rows),
        more=_more(left, found.more),
    )


def _bounded(
    rows: Iterable[Row], by_due: Mapping[tuple[str, str], Seen]
) -> tuple[list[Row], Mapping[str, int]]:
    """The worst rows of each kind, and how many are left out by the kind's word."""
    shown, number, left = [], dict[str, int](), dict[str, int]()
    for one in rows:
        kind = one.head.kind
        number[kind] = number.get(kind, 0) + 1
        if number[kind] <= OF_A_KIND:
            shown.append(one)
        else:
            why = lines()[kind].why
            left[why] = left.get(why, 0) + 1
    return shown, left


def _more(left: Mapping[str, int], unread: int) -> str:
    said = [f"{number} more under {why}" for why, number in left.items()]
    if unread:
        said.append(f"{unread} more with a later clock")
    return f"Not shown: {', '.join(said)}." if said else ""


def _tabs(found: DueNow, here: View, items: int, *, oversees: bool) -> tuple[Tab, ...]:
    """The views with how many items each has; of the one that is shown, as many as are listed."""
    counts = {**found.counts, here: items + found.more}
    wanted = list(View) if oversees else [View.MINE, View.SNOOZED]
    tabs = tuple(Tab(one.value, VIEWS[one], counts[one], one is here) for one in wanted)
    alone = not oversees and here is View.MINE and not counts[View.SNOOZED]
    return () if alone else tabs


def _row(row: Row, by_due: Mapping[tuple[str, str], Seen], now: Now) -> RowView:
    seen = [by_due[one.kind, one.key] for one in row.items]
    first, said = seen[0], lines()[seen[0].due.kind]
    parts = tuple(_part(one, now) for one in seen)
    together = said.together(len(seen), first) if said.together and len(seen) > 1 else ""
    do, place = parts[0].said.do, parts[0].said.place
    if together and said.all_of:
        do, place = said.all_of(len(seen))
    return RowView(
        key=f"{first.due.kind}-{first.due.key}".replace(":", "-"),
        mark=row.urgency.value,
        why="Risk" if first.due.life and not first.due.settled else said.why,
        who=together or parts[0].who,
        when=parts[0].said.when,
        note=_note(first, now),
        owner=_owner(seen),
        do=do,
        place=place,
        parts=parts,
        group=bool(together),
        change=_change(seen),
        can_snooze=all(can_snooze(one.due) for one in seen),
    )


def _part(one: Seen, now: Now) -> Part:
    known: Lines = lines()[one.due.kind]
    said = known.say(one, now)
    return Part(known.why, said.who or one.about or "Somebody", said, one.id)


def _note(one: Seen, now: Now) -> str:
    """What stands under the clock: put off until when and why, or that it has escalated."""
    if one.snoozed_until and one.snoozed_until > now.at:
        day = filters.short_day(filters.local_day(one.snoozed_until, now.zone))
        return f"snoozed until {day}: {one.snooze_reason}"
    return ""


def _owner(seen: Iterable[Seen]) -> str:
    names = {("You" if one.mine else one.owner) for one in seen}
    names.discard("")
    return " and ".join(sorted(names)) if len(names) < 3 else f"{len(names)} people"


def _change(seen: Iterable[Seen]) -> str:
    query = urlencode([("item", str(one.id)) for one in seen])
    return f"{reverse('staff:due_change')}?{query}"
