"""Everything that happened with a client, as this area knows it: episodes, levels, flags, lists."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from handrail.areas.clients.models import Client, Contact, Episode, LevelStay, Listed
from handrail.areas.safety.models import Flag, SafetyPlan, SafetyPlanDeclined, SafetyPlanLook
from handrail.core.access import Action, Actor, check_access


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened: when, of which kind, to which row, by whom, and its words.

    `key` tells apart what happened at the same moment. `whole_day` when only the day is known;
    `at` is then the last second of that day at the organization. `what` is one of recorded,
    episode_opened, episode_closed, level_changed, flag_raised, flag_closed, contact_recorded,
    contact_ended, listed_recorded, listed_ended and listed_voided; `of` narrows it to a level, a
    kind or an outcome. Of safety plans: plan_signed, plan_looked and plan_declined.
    """

    at: datetime
    key: str
    what: str
    of: str
    words: str
    by: str
    whole_day: bool = False


def happenings(client_id: UUID, *, by: Actor, zone: str) -> tuple[Happening, ...]:
    """All of them, newest first; `zone` is the organization's. A client has few: nine queries and
    no paging.
    """
    check_access(by, Action.READ_CHART)
    local = ZoneInfo(zone)
    mine = {"organization_id": by.organization_id}
    found: list[Happening] = []
    for client in Client.objects.filter(pk=client_id, **mine):
        key = f"client:{client.pk}"
        found.append(Happening(client.recorded_at, key, "recorded", "", "", client.recorded_by))
    for episode in Episode.objects.filter(client=client_id, **mine):
        found.extend(_of_episode(episode, local))
    for stay in LevelStay.objects.filter(episode__client=client_id, **mine):
        found.append(_of_stay(stay, local))
    for flag in Flag.objects.filter(client=client_id, **mine):
        found.extend(_of_flag(flag))
    for contact in Contact.objects.filter(client=client_id, **mine):
        found.extend(_of_contact(contact))
    for listed in Listed.objects.filter(client=client_id, **mine):
        found.extend(_of_listed(listed, local))
    found.extend(_of_safety(client_id, by))
    return tuple(sorted(found, key=lambda one: (one.at, one.key), reverse=True))


def _of_episode(episode: Episode, zone: ZoneInfo) -> Iterator[Happening]:
    key = f"episode:{episode.pk}"
    yield Happening(
        _end_of(episode.opened_date, zone),
        f"{key}:1",
        "episode_opened",
        "",
        "",
        episode.opened_by,
        whole_day=True,
    )
    if episode.closed_date:
        yield Happening(
            _end_of(episode.closed_date, zone),
            f"{key}:9",
            "episode_closed",
            episode.outcome,
            episode.summary,
            episode.closed_by,
            whole_day=True,
        )


def _of_stay(stay: LevelStay, zone: ZoneInfo) -> Happening:
    return Happening(
        _end_of(stay.from_date, zone),
        f"episode:{stay.episode_id}:5:{stay.pk}",
        "level_changed",
        stay.level,
        stay.reason,
        stay.recorded_by,
        whole_day=True,
    )


def _of_flag(flag: Flag) -> Iterator[Happening]:
    key = f"flag:{flag.pk}"
    yield Happening(flag.opened_at, f"{key}:1", "flag_raised", flag.kind, flag.why, flag.opened_by)
    if flag.closed_at:
        yield Happening(
            flag.closed_at, f"{key}:9", "flag_closed", flag.kind, flag.formulation, flag.closed_by
        )


def _of_contact(contact: Contact) -> Iterator[Happening]:
    key, who = f"contact:{contact.pk}", contact.get_relationship_display()
    yield Happening(
        contact.recorded_at, f"{key}:1", "contact_recorded", who, contact.name, contact.recorded_by
    )
    if contact.ended_at:
        yield Happening(
            contact.ended_at, f"{key}:9", "contact_ended", who, contact.name, contact.ended_by
        )


def _of_listed(listed: Listed, zone: ZoneInfo) -> Iterator[Happening]:
    key = f"listed:{listed.pk}"
    yield Happening(
        listed.recorded_at, f"{key}:1", "listed_recorded", listed.kind, listed.name,
        listed.recorded_by,
    )  # fmt: skip
    if listed.until_date:
        yield Happening(
            _end_of(listed.until_date, zone), f"{key}:5", "listed_ended", listed.kind, listed.name,
            "", whole_day=True,
        )  # fmt: skip
    if listed.voided_at:
        words = f"{listed.name}: {listed.void_reason}"
        yield Happening(
            listed.voided_at, f"{key}:9", "listed_voided", listed.kind, words, listed.voided_by
        )


def _of_safety(client_id: UUID, by: Actor) -> Iterator[Happening]:
    """Plans made, looks since, and those who did not want one."""
    mine = {"organization_id": by.organization_id}
    for plan in SafetyPlan.objects.filter(client=client_id, **mine).defer("content"):
        key = f"plan:{plan.pk}"
        yield Happening(plan.signed_at, key, "plan_signed", "", "", plan.signed_name)
    for look in SafetyPlanLook.objects.filter(plan__client=client_id, **mine):
        key = f"plan-look:{look.pk}"
        yield Happening(look.looked_at, key, "plan_looked", "", look.words, look.looked_by)
    for row in SafetyPlanDeclined.objects.filter(client=client_id, **mine):
        words = f"{row.reason} Instead: {row.instead}"
        key = f"plan-declined:{row.pk}"
        yield Happening(row.recorded_at, key, "plan_declined", "", words, row.recorded_by)


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    """A day sorts behind everything that has a time on it."""
    return datetime.combine(day, time(23, 59, 59), zone)
