"""Notes of sessions: signed, co-signed and voided, three acts, each at its own time."""

from collections.abc import Callable, Iterator
from uuid import UUID

from handrail.areas.notes.models import Note
from handrail.core.consents import Content
from handrail.foundation.timeline import Facts, Kind, Said

_TELLS = frozenset({Content.NOTES})


def timeline(client_id: UUID, zone: str) -> Iterator[Kind]:
    """Each note leads to its page."""
    rows = Note.objects.filter(client_id=client_id)
    facts = {
        "track": "session__track__name",
        "number": "session__number",
        "why": "void_reason",
        "id": "pk",
    }
    signed = _say("Note signed")
    yield Kind("note", rows, "signed_at", signed, "signed_name", facts, "note_signed")
    yield Kind(
        "note",
        rows.filter(co_signed_at__isnull=False),
        "co_signed_at",
        _say("Note co-signed"),
        "co_signed_name",
        facts,
        "note_co_signed",
    )
    yield Kind(
        "note",
        rows.filter(voided_at__isnull=False),
        "voided_at",
        _say("Note void", "watch"),
        "voided_by",
        facts,
        "note_voided",
    )


def _say(title: str, mark: str = "") -> Callable[[Facts], Said]:
    def say(facts: Facts) -> Said:
        session = f"{facts['track']}, session {facts['number']}" if facts["track"] else ""
        why = facts["why"] if mark else ""
        words = "; ".join(one for one in (session, why) if one)
        return Said(title, words, mark, ("staff:note", facts["id"]), tells=_TELLS)

    return say
