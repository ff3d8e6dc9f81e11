"""Which of the programs here people joined, and which levels are offered here."""

from collections.abc import Collection
from uuid import UUID

from handrail.areas.schedule.models import Enrollment, Program
from handrail.core.access import Action, Actor, check_access


def programs_joined(client_ids: Collection[UUID], *, by: Actor) -> dict[UUID, str]:
    """The name of the program that each of these clients joined last; others are left out."""
    check_access(by, Action.SEE_GROUPS)
    rows = (
        Enrollment.objects.filter(client_id__in=list(client_ids))
        .order_by("from_date", "id")
        .values_list("client_id", "track__program__name")
    )
    return dict(rows)


def levels_offered(*, by: Actor) -> frozenset[str]:
    """The levels of care of the programs that are open here."""
    check_access(by, Action.SEE_GROUPS)
    found = Program.objects.filter(ended_date__isnull=True, organization_id=by.organization_id)
    return frozenset(found.values_list("level", flat=True))
