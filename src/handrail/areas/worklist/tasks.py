"""The periodic check of the worklist, for the job that runs at night."""

import logging
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from handrail.areas.worklist.models import WorkItem
from handrail.areas.worklist.selectors import Difference, differences
from handrail.core.access import Actor
from handrail.foundation import jobs, tenancy

_log = logging.getLogger("handrail.worklist")


def report_differences() -> int:
    """Compare the worklist of every organization with the facts, and say in the log what differs.

    Answers how many differences there are; none is the only good answer. Names nobody.
    """
    return sum(_report(*one) for one in every_difference())


@jobs.every("20 9 * * *")
@jobs.job("worklist.compare", system="worklist")
def compare(*, org: UUID, by: Actor) -> None:
    """The same for one organization, every night in North America."""
    _report(org, differences(org))


def _report(organization_id: UUID, found: tuple[Difference, ...]) -> int:
    for one in found:
        _log.error(
            "worklist differs: organization %s, %s %s: %s",
            organization_id,
            one.kind,
            one.key,
            one.what,
        )
    return len(found)


def every_difference() -> Iterator[tuple[UUID, tuple[Difference, ...]]]:
    """The differences of each organization, one after the other."""
    organizations: Any = WorkItem._meta.get_field("organization").related_model
    for organization_id in organizations.objects.order_by("pk").values_list("pk", flat=True):
        with tenancy.within(organization_id):
            yield organization_id, differences(organization_id)
