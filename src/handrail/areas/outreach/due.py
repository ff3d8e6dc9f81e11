"""People who were missing and have to be reached."""

from collections.abc import Collection, Iterable
from uuid import UUID

from handrail.areas.clients.models import Contact
from handrail.areas.outreach.models import Outreach, OutreachAttempt
from handrail.areas.outreach.selectors import contacts_to_call, reached_by, steps_left
from handrail.areas.safety.models import Flag
from handrail.areas.schedule.leads import SEES_EVERY_GROUP
from handrail.areas.schedule.models import Session, SessionFacilitator
from handrail.areas.worklist.kinds import Item, Kind, Place, client_of
from handrail.core.access import Action


class OutreachToDo(Kind):
    """Someone to reach, for whoever led the session, and for those who watch over all groups."""

    code = "outreach"
    words = "Reach someone who was missing"
    permissions = (Action.SEE_OUTREACH,)
    watchers = SEES_EVERY_GROUP
    safety = True
    reach = True
    follows = {  # noqa: RUF012
        Outreach: client_of,
        OutreachAttempt: lambda rows: {one.outreach.client_id for one in rows},
        Contact: client_of,
        Flag: client_of,  # with a life at stake, an emergency contact may be called too
        Session: lambda rows: _missing_from([one.pk for one in rows]),
    }

    def items(self, at: Place, scopes: Collection[UUID] | None = None) -> Iterable[Item]:
        """The next step; once they were reached, that it waits to be closed."""
        rows = Outreach.objects.filter(organization_id=at.organization_id, closed_at__isnull=True)
        if scopes is not None:
            rows = rows.filter(client_id__in=scopes)
        found = list(rows.prefetch_related("attempts"))
        contacts = contacts_to_call([one.client_id for one in found])
        leaders: dict[UUID, list[UUID]] = {}
        led = SessionFacilitator.objects.filter(session__in=[one.session_id for one in found])
        for session, user in led.values_list("session_id", "membership__user_id"):
            leaders.setdefault(session, []).append(user)
        return [
            _item(one, leaders.get(one.session_id, ()), has_contact=one.client_id in contacts)
            for one in found
        ]


def _item(row: Outreach, leaders: Iterable[UUID], *, has_contact: bool) -> Item:
    attempts = list(row.attempts.all())
    reached = reached_by(attempts)
    tried = [(one.kind, one.result) for one in attempts]
    left = steps_left(row.steps, tried, has_contact=has_contact)
    return Item(
        key=str(row.pk),
        scope=row.client_id,
        client_id=row.client_id,
        audience=tuple(leaders),
        due_at=row.due_at,
        visible_from=row.opened_at,
        escalates_at=row.opened_at,
        settled=reached is not None,
        facts={
            "why": row.why,
            "attempts": len(attempts),
            "next": left[0] if left else "",
            "reached_at": reached.at if reached else None,
        },
    )


def _missing_from(sessions: Collection[UUID]) -> Iterable[UUID]:
    return set(
        Outreach.objects.filter(session__in=sessions, closed_at__isnull=True).values_list(
            "client_id", flat=True
        )
    )


KINDS = (OutreachToDo(),)
