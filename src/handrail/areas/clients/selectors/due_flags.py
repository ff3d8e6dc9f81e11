"""Open flags, as something due: a risk flag until it is closed, any flag once its review is."""

from collections.abc import Collection, Iterable
from uuid import UUID

from handrail.areas.safety.models import Flag, FlagKind
from handrail.areas.worklist.kinds import Item, Kind, Place, client_of
from handrail.core.access import Action, Role

RISKS = (FlagKind.SUICIDE, FlagKind.OVERDOSE)
"""Flags about danger to life."""


class FlagReview(Kind):
    """An open flag: due on its review date, for its owner; supervisors see every one."""

    code = "flag"
    words = "Review an open flag"
    permissions = (Action.READ_CHART,)
    watchers = frozenset({Role.SUPERVISOR})
    safety = True
    marks_risk = True
    follows = {Flag: client_of}  # noqa: RUF012 (a table, never changed)

    def items(self, at: Place, scopes: Collection[UUID] | None = None) -> Iterable[Item]:
        """A risk flag shows from the moment it is raised, another from its review date on."""
        rows = Flag.objects.filter(organization_id=at.organization_id, closed_at__isnull=True)
        if scopes is not None:
            rows = rows.filter(client_id__in=scopes)
        return [_item(one, at) for one in rows if one.kind in RISKS or one.review_date]


def _item(row: Flag, at: Place) -> Item:
    day, risk = row.review_date, row.kind in RISKS
    since = row.opened_at if risk or day is None else at.begins(day)
    return Item(
        key=str(row.pk),
        scope=row.client_id,
        client_id=row.client_id,
        owner_id=row.owner_id,
        due_at=at.ends(day) if day else None,
        visible_from=since,
        escalates_at=since,
        life=risk,
        facts={"kind": row.kind, "why": row.why, "review": day},
    )


KINDS = (FlagReview(),)
