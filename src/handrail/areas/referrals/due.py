"""People referred to other care, as something due for whoever keeps track of the referral."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from handrail.areas.clients.models import Episode
from handrail.areas.consents.models import Disclosure, DisclosureState
from handrail.areas.referrals.models import Referral, ReferralTouch
from handrail.areas.worklist.kinds import Item, Kind, Place, client_of
from handrail.core.access import Action
from handrail.core.referrals import State
from handrail.data import deadlines


class ReferralFollowUp(Kind):
    """What is next about a referral: why it was not sent, a day to call, the day they are expected
    back, or that they are back and not admitted yet.
    """

    code = "referral"
    words = "Follow up on a referral"
    permissions = (Action.REFER, Action.READ_CHART)
    follows = {  # noqa: RUF012
        Referral: client_of,
        ReferralTouch: lambda rows: {one.referral.client_id for one in rows},
        Disclosure: client_of,
        Episode: client_of,
    }

    def items(self, at: Place, scopes: Collection[UUID] | None = None) -> Iterable[Item]:
        """For one referral, one thing at a time: from the day of the return on, the return."""
        rows = _referrals(at, scopes)
        calls: dict[UUID, ReferralTouch] = {}
        touches = ReferralTouch.objects.filter(referral__in=rows, done_at__isnull=True)
        for one in touches.order_by("-due_date", "-id"):
            calls[one.referral_id] = one
        return [each for one in rows for each in _items(one, calls.get(one.pk), at)]


def _referrals(at: Place, scopes: Collection[UUID] | None) -> list[Referral]:
    care = Episode.objects.filter(client=OuterRef("client"))
    rows: QuerySet[Referral] = Referral.objects.filter(organization_id=at.organization_id)
    rows = rows.annotate(
        in_care=Exists(care.filter(closed_date__isnull=True)),
        cared_since=Exists(
            care.filter(Q(closed_date__isnull=True) | Q(opened_date__gte=OuterRef("since_date")))
        ),
    ).filter(
        Q(ended_at__isnull=True)
        | Q(state=State.RETURNED.value)
        | Exists(ReferralTouch.objects.filter(referral=OuterRef("pk"), done_at__isnull=True))
    )
    if scopes is not None:
        rows = rows.filter(client_id__in=scopes)
    return list(rows.select_related("disclosure"))


def _items(row: Referral, call: ReferralTouch | None, at: Place) -> Iterable[Item]:
    read, papers = vars(row), row.disclosure
    state, expected = State(row.state), row.expected_return_date
    admits = not read["in_care"]
    if state is State.RETURNED:
        if row.back_to and not read["cared_since"]:
            since = at.begins(row.since_date)
            until = at.begins(row.since_date + deadlines().back_not_admitted + timedelta(days=1))
            yield _item(row, at, "back", row.since_date, since, until, admits=admits)
            return
    elif state is State.PREPARED and papers and papers.state == DisclosureState.STOPPED.value:
        stopped = papers.stopped_at or row.made_at
        day = stopped.astimezone(at.begins(row.since_date).tzinfo).date()
        why = {"stopped": papers.stopped_why}
        yield _item(row, at, "", day, stopped, None, **why)
        return
    their_day = expected if state is State.ADMITTED and admits else None
    if their_day:
        yield _item(row, at, "day", their_day, at.begins(their_day), None, admits=True)
    if call and (their_day is None or call.due_date < their_day):
        ends = at.begins(their_day) if their_day else None
        yield _item(row, at, "", call.due_date, at.begins(call.due_date), ends, why=call.why)


def _item(
    row: Referral,
    at: Place,
    which: str,
    day: date,
    since: datetime,
    until: datetime | None,
    **facts: object,
) -> Item:
    expected = row.expected_return_date if not row.is_over else None
    return Item(
        key=f"{row.pk}:{which}" if which else str(row.pk),
        scope=row.client_id,
        client_id=row.client_id,
        owner_id=row.owner_id,
        due_at=at.ends(day),
        visible_from=since,
        visible_until=until,
        facts={
            "referral": row.pk,
            "what": which,
            "day": day,
            "to": row.to_name,
            "back_to": row.back_to,
            "expected": expected,
            **facts,
        },
    )


KINDS = (ReferralFollowUp(),)
