"""A session held while something about it is decided and written, so that acts come one by one."""

from uuid import UUID

from handrail.areas.schedule import to_core as facts
from handrail.areas.schedule.models import Session
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.foundation.audit import trail


def hold_session(session_id: UUID, *, by: Actor, action: Action) -> Session:
    """The session, held until the end of the transaction. Raises Refused and NotHere."""
    check_access(by, action)
    found = facts.sessions_with_facts().select_for_update(of=("self",))
    session = found.filter(pk=session_id, organization_id=by.organization_id).first()
    if session is None:
        raise NotHere
    return session


def something_new(session: Session) -> int:
    """Count the board on, so that every open board asks for what is new."""
    session.board_version += 1
    session.save(update_fields=["board_version"])
    return session.board_version


def record(
    session: Session,
    *,
    act: str,
    by: Actor,
    action: Action = Action.RUN_SESSION,
    clients: tuple[UUID, ...] = (),
    detail: dict[str, object] | None = None,
) -> None:
    """Write into the trail what was done at a session, and to whom."""
    trail.record(
        by=by,
        action=action,
        subjects=[
            trail.subject("session", session.pk),
            *(trail.subject("client", one) for one in clients),
        ],
        detail={"act": act, **(detail or {})},
    )
