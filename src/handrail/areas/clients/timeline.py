"""What happened with a client: episodes of care, levels, contacts, the problem list."""

from collections.abc import Callable, Iterator
from uuid import UUID

from handrail.areas.clients.models import (
    Client,
    Contact,
    Episode,
    LevelStay,
    Listed,
    ListedKind,
    Outcome,
    Relationship,
)
from handrail.core.consents import Content
from handrail.data import care_catalogue
from handrail.foundation.timeline import Facts, Kind, Said, end_of_day, within

_IN_CARE = frozenset({Content.IN_CARE})
_PROGRESS = frozenset({Content.IN_CARE, Content.PROGRESS})
_LISTED = {
    ListedKind.DIAGNOSIS: frozenset({Content.DIAGNOSES}),
    ListedKind.MEDICINE: frozenset({Content.MEDICINES}),
    ListedKind.ALLERGY: frozenset({Content.MEDICINES}),
}


def timeline(client_id: UUID, zone: str) -> Iterator[Kind]:
    """Episodes and levels of care, contacts, lists."""
    yield Kind(
        "client",
        Client.objects.filter(pk=client_id),
        "recorded_at",
        lambda facts: Said("Chart begun", tells=_IN_CARE),
        "recorded_by",
    )
    yield from _episodes(client_id, zone)
    contacts = Contact.objects.filter(client=client_id)
    who = {"name": "name", "relationship": "relationship"}
    yield Kind("contact", contacts, "recorded_at", _contact("recorded"), "recorded_by", who)
    ended = contacts.filter(ended_at__isnull=False)
    yield Kind("contact", ended, "ended_at", _contact("ended"), "ended_by", who, "9")
    yield from _listed(client_id, zone)


def _episodes(client_id: UUID, zone: str) -> Iterator[Kind]:
    episodes = Episode.objects.filter(client=client_id)
    yield Kind(
        "episode",
        episodes,
        end_of_day("opened_date", zone),
        lambda facts: Said("Episode of care opened", tells=_IN_CARE),
        "opened_by",
        whole_day=True,
    )
    yield Kind(
        "episode",
        LevelStay.objects.filter(episode__client=client_id),
        end_of_day("from_date", zone),
        _level,
        "recorded_by",
        {"level": "level", "reason": "reason"},
        of=within("episode_id", "5"),
        whole_day=True,
    )
    yield Kind(
        "episode",
        episodes.filter(closed_date__isnull=False),
        end_of_day("closed_date", zone),
        _closed,
        "closed_by",
        {"outcome": "outcome", "summary": "summary"},
        step="9",
        whole_day=True,
    )


def _listed(client_id: UUID, zone: str) -> Iterator[Kind]:
    rows = Listed.objects.filter(client=client_id)
    facts = {"kind": "kind", "name": "name", "why": "void_reason"}
    yield Kind("listed", rows, "recorded_at", _on_a_list("recorded"), "recorded_by", facts)
    yield Kind(
        "listed",
        rows.filter(until_date__isnull=False),
        end_of_day("until_date", zone),
        _on_a_list("ended"),
        facts=facts,
        step="5",
        whole_day=True,
    )
    voided = rows.filter(voided_at__isnull=False)
    yield Kind("listed", voided, "voided_at", _on_a_list("voided"), "voided_by", facts, "9")


def _level(facts: Facts) -> Said:
    level = care_catalogue().levels.get(facts["level"])
    name = level.name if level else facts["level"]
    return Said(f"Level of care: {name}", facts["reason"], tells=_PROGRESS)


def _closed(facts: Facts) -> Said:
    outcome = str(Outcome(facts["outcome"]).label)
    return Said(f"Episode of care closed: {outcome}", facts["summary"], tells=_PROGRESS)


def _contact(what: str) -> Callable[[Facts], Said]:
    def say(facts: Facts) -> Said:
        who = Relationship(facts["relationship"]).label
        return Said(f"Contact {what}: {who}", facts["name"])

    return say


def _on_a_list(what: str) -> Callable[[Facts], Said]:
    def say(facts: Facts) -> Said:
        kind = ListedKind(facts["kind"])
        why = f": {facts['why']}" if what == "voided" else ""
        return Said(f"{kind.label} {what}", f"{facts['name']}{why}", tells=_LISTED[kind])

    return say
