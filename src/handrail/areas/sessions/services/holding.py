"""One person's row and note at a session that is held."""

from uuid import UUID

from handrail.areas.enrollment.models import Attendance
from handrail.areas.notes.models import Note
from handrail.areas.schedule.models import Session


def hold_attendance(session: Session, client_id: UUID) -> Attendance | None:
    """The person's row at a held session."""
    return session.attendances.select_related("client").filter(client_id=client_id).first()


def valid_note(session: Session, client_id: UUID) -> Note | None:
    """The note that is signed for the person and not void."""
    return session.notes.filter(client_id=client_id).exclude(state="voided").first()
