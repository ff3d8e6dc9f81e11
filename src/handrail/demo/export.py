"""Every row of the demo's organizations as lines of JSON, in an order that never changes."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from django.apps import apps
from django.db.models import AutoField, Field, Model

from handrail.areas.organizations.models import Invitation, Organization, StaffSession, User
from handrail.areas.worklist.models import WorkItem
from handrail.demo.accounts import ALDER, HARBOR
from handrail.demo.house import key
from handrail.foundation import tenancy
from handrail.foundation.audit.models import AuditEntry

LEFT_OUT = {AuditEntry, StaffSession, WorkItem}
"""What the machine writes about itself, at its own time."""

_SECRET = {User: {"password", "last_login"}, Invitation: {"id"}}


def lines(*, seed: int = 1) -> Iterator[str]:
    """One line for each row, table by table: its table, then its columns by name.

    Without secrets, sign-ins and the audit trail, and without numbers that the database gave.
    """
    for name in (ALDER, HARBOR):
        organization_id = key(seed, name)
        with tenancy.within(organization_id):
            for table in _tables():
                own = "id" if table is Organization else "organization_id"
                yield from _rows(table, {own: organization_id})
    yield from _rows(User, {"memberships__organization__in": [key(seed, ALDER), key(seed, HARBOR)]})


def _tables() -> list[type[Model]]:
    found = [
        one
        for one in apps.get_models()
        if one not in LEFT_OUT and any(column.name == "organization" for column in _columns(one))
    ]
    return sorted([Organization, *found], key=lambda one: one._meta.db_table)


def _rows(table: type[Model], whose: dict[str, object]) -> list[str]:
    names = [one.attname for one in _columns(table) if _is_told(table, one)]
    rows = table._default_manager.filter(**whose).distinct().values(*names)
    return sorted(
        json.dumps(
            {"table": table._meta.db_table} | row,
            default=_plain,
            ensure_ascii=False,
            sort_keys=True,
        )
        for row in rows
    )


def _columns(table: type[Model]) -> tuple["Field[object, object]", ...]:
    return table._meta.concrete_fields


def _is_told(table: type[Model], column: "Field[object, object]") -> bool:
    return not isinstance(column, AutoField) and column.attname not in _SECRET.get(table, ())


def _plain(value: object) -> str:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)
