"""What a client's chart says about the person, their episode, flags, contacts and lists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from handrail.areas.charts.selectors.search import WORST_FIRST
from handrail.areas.clients.models import Client, Contact, Episode, LevelStay, Listed
from handrail.areas.organizations.models import Membership
from handrail.areas.safety.models import Flag
from handrail.core.access import Action, Actor, NotHere, can_access, check_access
from handrail.core.notes.names import Named


@dataclass(frozen=True, slots=True)
class Summary:
    """What everyone who opens the chart sees first.

    `episode` is the open one; `stays` its levels of care, newest first, so that the first is the
    level now. `flags` are open, risk first, with owner; `contacts` those who have not ended;
    `listed` what is not voided, newest first, ended entries included.
    """

    client: Client
    episode: Episode | None
    stays: tuple[LevelStay, ...]
    flags: tuple[Flag, ...]
    contacts: tuple[Contact, ...]
    listed: tuple[Listed, ...]

    @property
    def stay(self) -> LevelStay | None:
        """The stay at the level of care now; None when not in care."""
        return self.stays[0] if self.stays else None


def client(client_id: UUID, *, by: Actor) -> Client:
    """One client. Raises NotHere for anyone else's."""
    check_access(by, Action.READ_CHART)
    found = Client.objects.filter(organization_id=by.organization_id, pk=client_id).first()
    if found is None:
        raise NotHere
    return found


def summary(client_id: UUID, *, by: Actor) -> Summary:
    """What stands in the chart's summary column and on its About page. Five queries at most.

    Raises NotHere for anyone else's client.
    """
    check_access(by, Action.READ_CHART)
    now = Episode.objects.filter(client=OuterRef("pk"), closed_date__isnull=True)
    found = (
        Client.objects.filter(organization_id=by.organization_id, pk=client_id)
        .annotate(open_episode=Subquery(now.values("pk")[:1]))
        .first()
    )
    if found is None:
        raise NotHere
    stays = _stays(found.open_episode)
    flags = found.flags.filter(closed_at__isnull=True).select_related(
        "owner__user", "other_client", "other_colleague__user"
    )
    return Summary(
        client=found,
        episode=stays[0].episode if stays else _episode(found.open_episode),
        stays=stays,
        flags=tuple(sorted(flags, key=lambda one: (WORST_FIRST.index(one.kind), one.opened_at))),
        contacts=tuple(found.contacts.filter(ended_at__isnull=True).order_by("recorded_at", "id")),
        listed=tuple(
            found.listed.filter(voided_at__isnull=True).order_by("kind", "-recorded_at", "id")
        ),
    )


def _stays(episode_id: UUID | None) -> tuple[LevelStay, ...]:
    """The levels of an episode of care, the one that has not ended first, each with the episode."""
    if episode_id is None:
        return ()
    rows = LevelStay.objects.filter(episode=episode_id).select_related("episode")
    newest = rows.order_by("-from_date", "-until_date")
    return tuple(sorted(newest, key=lambda one: one.until_date is not None))


def _episode(episode_id: UUID | None) -> Episode | None:
    """An episode of care that was opened without a level."""
    return Episode.objects.filter(pk=episode_id).first() if episode_id else None


def listed_now(client_id: UUID, *, kind: str, by: Actor) -> tuple[Listed, ...]:
    """What stands on one of a client's lists and holds, oldest first."""
    check_access(by, Action.READ_CHART)
    rows = Listed.objects.filter(
        organization_id=by.organization_id,
        client=client_id,
        kind=kind,
        until_date__isnull=True,
        voided_at__isnull=True,
    )
    return tuple(rows.order_by("recorded_at", "id"))


def closed_episodes(client_id: UUID, *, by: Actor) -> tuple[Episode, ...]:
    """Earlier episodes of care, newest first."""
    check_access(by, Action.READ_CHART)
    return tuple(
        Episode.objects.filter(
            organization_id=by.organization_id, client=client_id, closed_date__isnull=False
        ).order_by("-closed_date", "-opened_date")
    )


_KINDS: Mapping[str, type[Flag] | type[Contact] | type[Listed] | type[Episode]] = {
    "flag": Flag,
    "contact": Contact,
    "listed": Listed,
    "episode": Episode,
}


def whose(kind: str, key: UUID, *, by: Actor) -> UUID:
    """The client whose flag, contact, listed entry or episode this is. Raises NotHere."""
    check_access(by, Action.READ_CHART)
    found = _KINDS[kind].objects.filter(organization_id=by.organization_id, pk=key)
    client_id = found.values_list("client_id", flat=True).first()
    if client_id is None:
        raise NotHere
    return client_id


def possible_owners(*, by: Actor) -> tuple[tuple[UUID, str], ...]:
    """Memberships and names of those who can own a flag: they work here and care for clients."""
    check_access(by, Action.READ_CHART)
    rows = Membership.objects.filter(
        organization_id=by.organization_id, deactivated_at__isnull=True
    ).select_related("user")
    return tuple(
        (one.pk, one.user.name)
        for one in rows.order_by("user__name", "id")
        if can_access(
            Actor(str(one.user_id), one.user.name, one.organization_id, one.role_set),
            Action.RAISE_FLAG,
        )
    )


def known_names(client_ids: Iterable[UUID]) -> Mapping[str, Named]:
    """What these clients are called, by id, for keeping one's name out of another's chart."""
    rows = Client.objects.filter(pk__in=list(client_ids))
    return {
        str(one.pk): Named(
            person=str(one.pk),
            given=one.given_name,
            family=one.family_name,
            called=(one.called,) if one.called else (),
        )
        for one in rows
    }


def kept_apart_from(client_id: UUID, *, by: Actor) -> tuple[frozenset[UUID], frozenset[UUID]]:
    """Clients and colleagues (memberships) whom this client must not meet, whoever's flag it is."""
    check_access(by, Action.FIND_CLIENTS)
    rows = Flag.objects.filter(
        Q(client=client_id) | Q(other_client=client_id),
        organization_id=by.organization_id,
        kind="no_contact",
        closed_at__isnull=True,
    )
    clients, colleagues = set(), set()
    for one in rows:
        if one.other_colleague_id:
            colleagues.add(one.other_colleague_id)
        elif one.other_client_id:
            clients |= {one.client_id, one.other_client_id}
    return frozenset(clients - {client_id}), frozenset(colleagues)
