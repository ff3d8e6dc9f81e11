"""The timeline of a chart: everything that happened with a client, in one query, newest first.

Each slice contributes a module `timeline` with a function `timeline(client_id, zone)` that yields
a `Kind` for each kind of thing it remembers. All kinds become one UNION in PostgreSQL, which sorts
and pages them: a chart costs one query however many slices there are and however long it is.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain
from typing import Any, Protocol, cast
from uuid import UUID

from django.db import connection
from django.db.models import CharField, DateTimeField, F, Func, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat, JSONObject

from handrail.core.access import Action, Actor, check_access
from handrail.core.consents import Content
from handrail.foundation.seams import contributions

Facts = Mapping[str, Any]
Place = tuple[datetime, str]
"""Where an entry stands in the order: its moment, and its key among those of the same moment."""


@dataclass(frozen=True, slots=True)
class Said:
    """What happened, in words. `mark` is risk, watch, ok, wait or empty; `page` the name of the
    address that shows more, and its arguments; `ahead` the title while the day is still to come.

    `tells` is what of the chart it tells, as consents name it: it may leave only when all of that
    may. Empty, it stays in the program: it names other people, or is what they said.
    """

    title: str
    words: str = ""
    mark: str = ""
    page: tuple[str, ...] = ()
    ahead: str = ""
    tells: frozenset[Content] = frozenset()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing that happens, for one client: which rows, when, by whom, said how.

    `at` and `by` are fields or expressions of `rows`; `facts` what `say` needs, by name. Keys of
    rows about the same thing begin alike: `about` and the row's id (or `of`), then `step`, so that
    what was closed the moment it was opened stands above its opening.
    """

    about: str
    rows: QuerySet[Any]
    at: str | Combinable
    say: Callable[[Facts], Said]
    by: str | Combinable = field(default_factory=lambda: Value(""))
    facts: Mapping[str, str | Combinable] = field(default_factory=dict)
    step: str = "1"
    of: str | Combinable = "pk"
    whole_day: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, at its place in the order. `whole_day` when only the day is known:
    `at` is then its last second.
    """

    at: datetime
    key: str
    by: str
    whole_day: bool
    said: Said

    @property
    def place(self) -> Place:
        """Where it stands in the order."""
        return self.at, self.key


class Contribution(Protocol):
    """What a slice's module `timeline` holds."""

    def timeline(self, client_id: UUID, zone: str) -> Iterable[Kind]:
        """The kinds of things this slice remembers of a client."""


def entries(
    client_id: UUID, *, by: Actor, zone: str, before: Place | None = None, limit: int
) -> tuple[list[Entry], bool]:
    """A page of what all slices know, newest first, and whether there is more. One query."""
    check_access(by, Action.READ_CHART)
    kinds = list(_kinds(client_id, zone))
    statement, values = _statement(zone, limit + 1, paged=before is not None)
    at, key = before or _PLACE
    given: dict[object, Any] = {_SOMEONE: client_id, _PLACE[0]: at, _PLACE[1]: key}
    with connection.cursor() as cursor:
        cursor.execute(statement, [_given(one, given) for one in values])
        found = [_entry(row, kinds) for row in cursor.fetchall()]
    return found[:limit], len(found) > limit


_SOMEONE = UUID(int=0)
_PLACE: Place = (datetime.min.replace(tzinfo=UTC), "a place in the order")
"""A client and a place that nobody has: they stand in the statement where the real ones go."""


@lru_cache(maxsize=16)
def _statement(zone: str, rows: int, *, paged: bool) -> tuple[str, tuple[Any, ...]]:
    """The one query, with its values, made once: putting it together takes longer than asking."""
    before = _PLACE if paged else None
    kinds = _kinds(_SOMEONE, zone)
    first, *rest = (_query(number, one, before) for number, one in enumerate(kinds))
    united = first.union(*rest, all=True).order_by("-t_at", "-t_key")[:rows]
    return united.query.sql_with_params()


def _given(value: Any, given: Mapping[object, Any]) -> Any:
    return given.get(value, value) if isinstance(value, UUID | datetime | str) else value


def end_of_day(day: str, zone: str) -> Combinable:
    """The last second of a day at a place: it sorts behind everything that has a time on it."""
    return Func(
        F(day),
        Value(zone),
        template="((%(expressions)s)",
        arg_joiner=" + time '23:59:59') at time zone ",
        output_field=DateTimeField(),
    )


def within(parent: str, step: str) -> Combinable:
    """The part of a key for rows that belong to another one, between its beginning and its end."""
    return Concat(Cast(parent, CharField()), Value(f":{step}:"), Cast("pk", CharField()))


def _kinds(client_id: UUID, zone: str) -> Iterator[Kind]:
    modules = (cast(Contribution, one) for one in contributions("timeline"))
    return chain.from_iterable(one.timeline(client_id, zone) for one in modules)


def _query(number: int, kind: Kind, before: Place | None) -> QuerySet[Any, dict[str, Any]]:
    key = Concat(
        Value(f"{kind.about}:"), Cast(_as_expression(kind.of), CharField()), Value(f":{kind.step}")
    )
    rows = kind.rows.order_by().annotate(t_at=_as_expression(kind.at), t_key=key)
    if before:
        at, name = before
        rows = rows.filter(t_at__lte=at).exclude(t_at=at, t_key__gte=name)
    shaped: QuerySet[Any, dict[str, Any]] = rows.values(
        "t_at",
        "t_key",
        t_kind=Value(number),
        t_by=Cast(_as_expression(kind.by), CharField()),
        t_facts=JSONObject(**kind.facts),
    )
    return shaped


def _as_expression(one: str | Combinable) -> Combinable:
    return F(one) if isinstance(one, str) else one


def _entry(row: Sequence[Any], kinds: list[Kind]) -> Entry:
    at, key, number, by, facts = row
    kind = kinds[number]
    said = kind.say(json.loads(facts))
    return Entry(at.astimezone(UTC), key, by, kind.whole_day, said)
