"""The open episode of care and the level of care now."""

from uuid import UUID

from handrail.areas.clients.models import Episode, LevelStay


def open_episode(client_id: UUID, *, lock: bool = False) -> Episode | None:
    """The client's open episode, locked when something about it is about to be written."""
    found = Episode.objects.filter(client_id=client_id, closed_date__isnull=True)
    return (found.select_for_update(of=("self",)) if lock else found).first()


def level_of(episode: Episode) -> str:
    """The level of care someone is at now; empty when none is on record."""
    stay = LevelStay.objects.filter(episode=episode, until_date__isnull=True).first()
    return stay.level if stay else ""
