"""Reading counseling notes: their author, and nobody else."""

from uuid import UUID

from django.db.models import Prefetch, QuerySet

from handrail.areas.counseling.errors import NotYourNote
from handrail.areas.counseling.models import CounselingNote
from handrail.core.access import Action, Actor, NotHere, check_access


def counseling_notes_of(client_id: UUID, *, by: Actor) -> QuerySet[CounselingNote]:
    """One's own signed notes about a client, the latest first, each with its addenda."""
    return (
        _mine(by)
        .filter(client=client_id, signed_at__isnull=False, adds_to__isnull=True)
        .prefetch_related(Prefetch("addenda", queryset=_addenda(by)))
        .order_by("-note_date", "-signed_at", "id")
    )


def counseling_draft_of(client_id: UUID, *, by: Actor) -> CounselingNote | None:
    """What one has begun to write about a client and not signed."""
    return _mine(by).filter(client=client_id, signed_at__isnull=True).first()


def counseling_note(note_id: UUID, *, by: Actor) -> CounselingNote:
    """A signed note of one's own. Raises NotHere, or NotYourNote when somebody else wrote it."""
    check_access(by, Action.KEEP_COUNSELING_NOTE)
    found = (
        CounselingNote.objects.filter(
            organization_id=by.organization_id,
            pk=note_id,
            signed_at__isnull=False,
            adds_to__isnull=True,
        )
        .select_related("author", "client")
        .prefetch_related(Prefetch("addenda", queryset=_addenda(by)))
        .first()
    )
    if found is None:
        raise NotHere
    if str(found.author.user_id) != by.id:
        raise NotYourNote
    return found


def _addenda(by: Actor) -> QuerySet[CounselingNote]:
    return _mine(by).filter(adds_to__isnull=False).order_by("signed_at", "id")


def _mine(by: Actor) -> QuerySet[CounselingNote]:
    check_access(by, Action.KEEP_COUNSELING_NOTE)
    return CounselingNote.objects.filter(organization_id=by.organization_id, author__user_id=by.id)
