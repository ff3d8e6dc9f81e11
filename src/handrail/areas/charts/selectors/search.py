"""Finding a client by name and birth date, and the list of everyone in care."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Left

from handrail.areas.clients.models import Client, LevelStay, NameWord
from handrail.areas.safety.models import Flag
from handrail.core.access import Action, Actor, check_access
from handrail.core.name_search import end_of_range, name_words, read_typed
from handrail.core.text import plain_letters

LOOKED_AT = 100
"""A search looks at this many entries of the index and no more, however many clients there are."""

PAGE = 50


@dataclass(frozen=True, slots=True)
class Found:
    """A client as a list shows them. `level` is the level of care now, empty when not in care;
    `flags` the kinds of open flags, risk first.
    """

    id: UUID
    name: str
    full_name: str
    initials: str
    birth_date: date
    pronouns: str
    level: str
    level_since: date | None
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundPage:
    """Some of a list; `more` when there is more, `next` what to ask for then (for `in_care`)."""

    people: tuple[Found, ...]
    more: bool = False
    next: UUID | None = None


def find(words: str, *, by: Actor, limit: int = 20) -> FoundPage:
    """Clients of whose names every typed word is a beginning, by name; a birth date narrows.

    "mar whit", "Whit, Mar" and "whitfield 5/3/1990" find Mara Whitfield. When very many match,
    those shown are the first by the word that matched, and `more` says to type on.
    """
    check_access(by, Action.FIND_CLIENTS)
    typed = read_typed(words)
    if typed.birth_date:
        keys, more = _born_on(typed.birth_date, typed.words, by), False
    elif typed.words:
        keys, more = _by_words(typed.words, by)
    else:
        return FoundPage(())
    # Sorted here: asked to sort, the database walks all names in order to find these few.
    rows = sorted(_clients(by).filter(pk__in=keys), key=_name_order)
    return FoundPage(_as_found(rows[:limit]), more=more or len(rows) > limit)


def in_care(*, by: Actor, after: UUID | None = None, limit: int = PAGE) -> FoundPage:
    """Everyone with an open episode, by name; `after` is the client the page before ended with."""
    check_access(by, Action.FIND_CLIENTS)
    now = _clients(by).filter(episodes__closed_date__isnull=True, episodes__isnull=False)
    last = _clients(by).filter(pk=after).first() if after else None
    if last:
        now = now.filter(
            Q(family_name__gt=last.family_name)
            | Q(family_name=last.family_name, given_name__gt=last.given_name)
            | Q(family_name=last.family_name, given_name=last.given_name, pk__gt=last.pk)
        )
    rows = list(now.order_by(*_BY_NAME)[: limit + 1])
    more = len(rows) > limit
    return FoundPage(_as_found(rows[:limit]), more, rows[limit - 1].pk if more else None)


def alike(
    names: Iterable[str], birth_date: date, *, by: Actor, but: UUID | None = None
) -> tuple[Found, ...]:
    """Clients born on that day who share a name with these: perhaps the same person."""
    check_access(by, Action.FIND_CLIENTS)
    same = _words(by).filter(client=OuterRef("pk"), word__in=sorted(name_words(names)))
    rows = _clients(by).filter(Exists(same), birth_date=birth_date)
    if but:
        rows = rows.exclude(pk=but)
    return _as_found(list(rows.order_by(*_BY_NAME)[:5]))


_BY_NAME = ("family_name", "given_name", "id")


def _name_order(client: Client) -> tuple[str, str, UUID]:
    return plain_letters(client.family_name), plain_letters(client.given_name), client.pk


def _clients(by: Actor) -> QuerySet[Client]:
    return Client.objects.filter(organization_id=by.organization_id)


def _words(by: Actor) -> QuerySet[NameWord]:
    return NameWord.objects.filter(organization_id=by.organization_id)


def _beginning(prefix: str) -> Q:
    """A range and no LIKE: row-level security lets only plain comparisons use the index."""
    end = end_of_range(prefix)
    return Q(word__gte=prefix) & (Q(word__lt=end) if end else Q())


def _by_words(typed: tuple[str, ...], by: Actor) -> tuple[list[UUID], bool]:
    """Keys of clients whose names match all words, and whether the search stopped early.

    Several words are an intersection of their ranges: its cost grows with them, whatever the
    database guesses of their size. A join of two ranges it would at times do by their product.
    """
    ranges = [_words(by).filter(_beginning(word)) for word in typed]
    if len(ranges) == 1:
        rows = ranges[0].order_by("word", "client").values_list("client_id", flat=True)
    else:
        first, *others = (one.order_by().values_list("client_id", flat=True) for one in ranges)
        rows = first.intersection(*others).order_by("client_id")
    keys = list(rows[:LOOKED_AT])
    return list(dict.fromkeys(keys)), len(keys) == LOOKED_AT


def _has_word(prefix: str, client: OuterRef, by: Actor) -> Exists:
    """Looks at the few words of one client: a second range would be read anew for each."""
    words = _words(by).alias(begins=Left("word", len(prefix)))
    return Exists(words.filter(client=client, begins=prefix))


def _born_on(day: date, typed: tuple[str, ...], by: Actor) -> list[UUID]:
    rows = _clients(by).filter(birth_date=day)
    for word in typed:
        rows = rows.filter(_has_word(word, OuterRef("pk"), by))
    return list(rows.order_by("pk").values_list("pk", flat=True)[:LOOKED_AT])


def _as_found(rows: list[Client]) -> tuple[Found, ...]:
    keys = [one.pk for one in rows]
    stays = {
        one.episode.client_id: one
        for one in LevelStay.objects.filter(
            episode__client__in=keys, episode__closed_date__isnull=True, until_date__isnull=True
        ).select_related("episode")
    }
    flags: dict[UUID, list[str]] = {key: [] for key in keys}
    for flag in Flag.objects.filter(client__in=keys, closed_at__isnull=True).order_by("opened_at"):
        if flag.kind not in flags[flag.client_id]:
            flags[flag.client_id].append(flag.kind)
    return tuple(_found(one, stays.get(one.pk), flags[one.pk]) for one in rows)


def _found(client: Client, stay: LevelStay | None, flags: list[str]) -> Found:
    return Found(
        id=client.pk,
        name=client.name,
        full_name=client.full_name,
        initials=client.initials,
        birth_date=client.birth_date,
        pronouns=client.pronouns,
        level=stay.level if stay else "",
        level_since=stay.from_date if stay else None,
        flags=tuple(sorted(flags, key=WORST_FIRST.index)),
    )


WORST_FIRST = ("suicide_risk", "overdose_risk", "no_contact")
"""Kinds of flags in the order they are shown."""
