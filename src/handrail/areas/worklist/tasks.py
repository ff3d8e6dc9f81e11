"""The periodic check of the worklist, for the job that runs at night."""

import logging
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from handrail.areas.worklist.models import WorkItem
from handrail.areas.worklist.selectors import Difference, differences
from handrail.foundation import tenancy

_log = logging.getLogger("handrail.worklist")


def report_differences() -> int:
    """Compare the worklist of every organization with the facts, and say in the log what differs.

    Answers how many differences there are; none is the only good answer. Names nobody.
    """
    number = 0
    for organization_id, found in every_difference():
        for one in found:
            _log.error(
                "worklist differs: organization %s, %s %s: %s",
                organization_id,
                one.kind,
                one.key,
                one.what,
            )
        number += len(found)
    return number


def every_difference() -> Iterator[tuple[UUID, tuple[Difference, ...]]]:
    """The differences of each organization, one after the other."""
    organizations: Any = WorkItem._meta.get_field("organization").related_model
    for organization_id in organizations.objects.order_by("pk").values_list("pk", flat=True):
        with tenancy.within(organization_id):
            yield organization_id, differences(organization_id)
