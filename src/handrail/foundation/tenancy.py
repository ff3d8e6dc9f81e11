"""Keeps organizations apart: in every transaction the database knows whose rows may be seen.

Tables that belong to an organization carry `organization_id` and are guarded by PostgreSQL's
row-level security (`guard`). The policy reads the setting `app.organization`; where nobody set
it, the database refuses with an error instead of showing an empty page. Foreign keys bypass
row-level security, so those between guarded tables carry the organization too (`tie`).

Outside on purpose, because they are needed before an organization is known: `OUTSIDE`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations import RunSQL
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from handrail.core.access import Actor
from handrail.foundation.audit import trail

OUTSIDE = {
    "organizations_organization": "the organizations themselves",
    "organizations_membership": "who works where: read to find out the organization",
    "organizations_staffsession": "sessions: read before the organization is known",
    "booking_publishedprogram": "what the public sees of a program: no person in it",
    "booking_openslot": "open screening times of published programs: when, and an opaque key",
}
"""Tables with an organization that row-level security does not guard, and why."""

_current: ContextVar[UUID | None] = ContextVar("organization", default=None)


def current_organization() -> UUID | None:
    """The organization whose rows this work may see, or None."""
    return _current.get()


@contextmanager
def within(organization_id: UUID) -> Iterator[None]:
    """Work in one transaction that sees this organization's rows and no others.

    Inside another such transaction the earlier organization is set again at the end. After an
    error the database does that by itself, since the setting is undone with the savepoint.
    """
    nested = connection.in_atomic_block
    token = _current.set(organization_id)
    before = token.old_value if isinstance(token.old_value, UUID) else None
    try:
        with transaction.atomic():
            _tell_database(organization_id)
            yield
            if nested:
                _tell_database(before)
    finally:
        _current.reset(token)


def _tell_database(organization_id: UUID | None) -> None:
    with connection.cursor() as cursor:
        words = str(organization_id) if organization_id else ""
        cursor.execute("select set_config('app.organization', %s, true)", [words])


class OrganizationMiddleware:
    """Opens one transaction around a signed-in request and sets its organization.

    Comes after authentication. Rendering happens inside, so a page can never be drawn after the
    commit without its rows. A page that breaks (500) is rolled back; a refusal is not, since its
    audit entry must stay. A visitor without a session gets no transaction and no actor.
    `settings.HANDRAIL_FIND_ACTOR` names the function from a request to an Actor or None.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.find_actor: Callable[[HttpRequest], Actor | None] = import_string(
            settings.HANDRAIL_FIND_ACTOR
        )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request inside its organization."""
        request.actor = None  # type: ignore[attr-defined]
        if not request.session.session_key:
            return self.get_response(request)
        with trail.operation(), transaction.atomic():
            response = self._answer(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        actor = self.find_actor(request)
        if actor is None:
            return self.get_response(request)
        request.actor = actor  # type: ignore[attr-defined]
        with within(actor.organization_id):
            return self.get_response(request)


# ---- for migrations ----------------------------------------------------------------------------


def guard(table: str) -> RunSQL:
    """A migration step: show and accept only rows of the organization that was set.

    FORCE binds the table's owner as well. The plain `current_setting` raises when nothing was
    set, and the empty text that stays after a transaction is no uuid and raises too.
    """
    mine = "organization_id = current_setting('app.organization')::uuid"
    return RunSQL(
        sql=[
            f'alter table "{table}" enable row level security',
            f'alter table "{table}" force row level security',
            f'create policy organization on "{table}" using ({mine}) with check ({mine})',
        ],
        reverse_sql=[
            f'drop policy organization on "{table}"',
            f'alter table "{table}" no force row level security',
            f'alter table "{table}" disable row level security',
        ],
    )


def anchor(table: str) -> RunSQL:
    """A migration step: let other tables refer to this one's row together with its organization."""
    name = f"{table}_in_organization"
    return RunSQL(
        sql=f'alter table "{table}" add constraint "{name}" unique (organization_id, id)',
        reverse_sql=f'alter table "{table}" drop constraint "{name}"',
    )


def tie(table: str, column: str, to: str) -> RunSQL:
    """A migration step: a foreign key that cannot point into another organization.

    Give the model's own field `db_constraint=False`; `to` needs an `anchor` first.
    """
    name = f"{table}_{column}_same_organization"
    return RunSQL(
        sql=_TIE.format(table=table, column=column, to=to, name=name),
        reverse_sql=f'alter table "{table}" drop constraint "{name}"',
    )


# PostgreSQL looks through all rows of both tables once, as their owner, whom the policies bind
# too: while the key is made they do not, and afterwards they do again.
_TIE = """
do $$
declare
    bound regclass[] := array(
        select oid::regclass from pg_class
        where oid in ('"{table}"'::regclass, '"{to}"'::regclass) and relforcerowsecurity);
    one regclass;
begin
    foreach one in array bound loop
        execute format('alter table %s no force row level security', one);
    end loop;
    alter table "{table}" add constraint "{name}"
        foreign key (organization_id, "{column}") references "{to}" (organization_id, id)
        deferrable initially deferred;
    foreach one in array bound loop
        execute format('alter table %s force row level security', one);
    end loop;
end $$
"""
