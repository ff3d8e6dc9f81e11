"""A session held while something about it is decided and written, so that acts come one by one."""

from uuid import UUID

from handrail.areas.organizations.models import Credential as CredentialRow
from handrail.areas.organizations.models import Membership
from handrail.areas.programs import facts
from handrail.areas.programs.models import Attendance, Note, Session
from handrail.core.access import Action, Actor, NotHere, Refused, check_access
from handrail.core.notes.signatures import Credential
from handrail.foundation.audit import trail


def hold_session(session_id: UUID, *, by: Actor, action: Action) -> Session:
    """The session, held until the end of the transaction. Raises Refused and NotHere."""
    check_access(by, action)
    found = facts.sessions_with_facts().select_for_update(of=("self",))
    session = found.filter(pk=session_id, organization_id=by.organization_id).first()
    if session is None:
        raise NotHere
    return session


def hold_attendance(session: Session, client_id: UUID) -> Attendance | None:
    """The person's row at a held session."""
    return session.attendances.select_related("client").filter(client_id=client_id).first()


def valid_note(session: Session, client_id: UUID) -> Note | None:
    """The note that is signed for the person and not void."""
    return session.notes.filter(client_id=client_id).exclude(state="voided").first()


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


def place_of(by: Actor) -> Membership:
    """The place of whoever signs. Raises Refused when there is none, as for a system actor."""
    if by.is_system:
        raise Refused("A note is signed by a person.")
    found = (
        Membership.objects.filter(
            user_id=by.id, organization_id=by.organization_id, deactivated_at__isnull=True
        )
        .select_related("user")
        .first()
    )
    if found is None:
        raise Refused("You have no place here any more.")
    return found


def credentials_of(place: Membership) -> tuple[Credential, ...]:
    """The licenses on file of someone, voided ones left out."""
    rows = CredentialRow.objects.filter(membership=place, voided_at__isnull=True)
    return tuple(
        Credential(one.short, one.expires_date) for one in rows.order_by("recorded_at", "id")
    )
