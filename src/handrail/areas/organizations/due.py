"""Licenses that expire, as something due for whoever holds one and whoever keeps them."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from handrail.areas.organizations.models import Credential, Membership
from handrail.areas.worklist.kinds import Item, Kind, Place, itself
from handrail.core.access import RULES, Action
from handrail.data import deadlines

_KEEP_THEM = next(one.roles for one in RULES if one.action is Action.RECORD_CREDENTIAL)


class LicenseRenewal(Kind):
    """A license on file of someone who works here, from two months before it expires."""

    code = "license"
    words = "Renew a license"
    permissions = (Action.SEE_PEOPLE,)
    watchers = _KEEP_THEM
    follows = {  # noqa: RUF012
        Credential: lambda rows: {one.membership_id for one in rows},
        Membership: itself,
    }

    def items(self, at: Place, scopes: Collection[UUID] | None = None) -> Iterable[Item]:
        """Those that expire at all."""
        rows = Credential.objects.filter(
            organization_id=at.organization_id,
            voided_at__isnull=True,
            expires_date__isnull=False,
            membership__deactivated_at__isnull=True,
        )
        if scopes is not None:
            rows = rows.filter(membership_id__in=scopes)
        return [_item(one, one.expires_date, at) for one in rows if one.expires_date]


def _item(row: Credential, last: date, at: Place) -> Item:
    since = at.begins(last - deadlines().license_ends)
    return Item(
        key=str(row.pk),
        scope=row.membership_id,
        member_id=row.membership_id,
        owner_id=row.membership_id,
        due_at=at.ends(last),
        visible_from=since,
        escalates_at=since,
        facts={"title": row.title, "issuer": row.issuer, "expires": last},
    )


KINDS = (LicenseRenewal(),)
