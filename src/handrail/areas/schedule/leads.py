"""Who leads the group that someone is in, who is in a track, and who watches over all groups."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import F, Q

from handrail.areas.schedule.models import Enrollment, TrackFacilitator
from handrail.core.access import Actor, Role

SEES_EVERY_GROUP = frozenset(
    {Role.SUPERVISOR, Role.PROGRAM_DIRECTOR, Role.MEDICAL_DIRECTOR, Role.INTAKE_COORDINATOR}
)
"""Roles for which Today shows everybody's groups, and what is due about them."""


def sees_every_group(by: Actor) -> bool:
    """Whether someone sees the groups of everyone, or only those that they lead."""
    return not SEES_EVERY_GROUP.isdisjoint(by.roles)


def who_leads(client_ids: Collection[UUID]) -> Mapping[UUID, tuple[UUID, ...]]:
    """The users who lead the tracks that each client in care belongs to: those of memberships that
    go on, or of the last one where all have an end. Two queries.
    """
    rows = (
        Enrollment.objects.filter(
            Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")),
            client_id__in=client_ids,
            episode__closed_date__isnull=True,
        )
        .order_by("from_date", "enrolled_at")
        .values_list("client_id", "track_id", "until_date")
    )
    open_ones: dict[UUID, set[UUID]] = {}
    last: dict[UUID, set[UUID]] = {}
    for client, track, until in rows:
        last[client] = {track}
        if until is None:
            open_ones.setdefault(client, set()).add(track)
    tracks = last | open_ones
    users: dict[UUID, list[UUID]] = {}
    wanted = {one for found in tracks.values() for one in found}
    led = TrackFacilitator.objects.filter(track_id__in=wanted)
    for track, user in led.values_list("track_id", "membership__user_id"):
        users.setdefault(track, []).append(user)
    return {
        client: tuple(user for one in found for user in users.get(one, ()))
        for client, found in tracks.items()
    }


def clients_in(tracks: Collection[UUID]) -> set[UUID]:
    """Everyone in care who has a membership in one of these tracks."""
    return set(
        Enrollment.objects.filter(track__in=tracks, episode__closed_date__isnull=True).values_list(
            "client_id", flat=True
        )
    )
