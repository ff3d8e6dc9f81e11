"""Keeps organizations apart: in every transaction the database knows whose rows may be seen.

Tables that belong to an organization carry `organization_id` and are guarded by PostgreSQL's
row-level security. The policy reads the setting `app.organization`; where nobody set it, the
database refuses with an error instead of showing an empty page. Foreign keys bypass row-level
security, so those between guarded tables carry the organization too. Both are derived from the
models (`KeepApart`).

Outside on purpose, because they are needed before an organization is known: `OUTSIDE`. So are the
tables of jobs, which name no organization in a column of their own: a worker has to find a job
before it knows whose it is, and a job holds ids alone (foundation/jobs.py).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import ForeignKey, Func, Model, TextField, Value
from django.db.models.functions import Cast
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
"""Tables with an organization whose rows row-level security shows to everyone, and why."""

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


def telling(column: str) -> Func:
    """An expression that tells the database to work in the organization of the row it reads.

    For the one query that finds out who acts: a second one would only say the same.
    """
    return Func(
        Value("app.organization"),
        Cast(column, TextField()),
        Value(True),
        function="set_config",
        output_field=TextField(),
    )


def untell() -> None:
    """Work in no organization after all."""
    _tell_database(None)


def _tell_database(organization_id: UUID | None) -> None:
    with connection.cursor() as cursor:
        words = str(organization_id) if organization_id else ""
        cursor.execute("select set_config('app.organization', %s, true)", [words])


class OrganizationMiddleware:
    """Opens one transaction around a signed-in request and sets its organization.

    Comes after authentication. Rendering happens inside, so a page can never be drawn after the
    commit without its rows. A page that breaks (500) is rolled back; a refusal is not, since its
    audit entry must stay. A visitor without a session gets no transaction and no actor.
    `settings.HANDRAIL_FIND_ACTOR` names the function from a request to an Actor or None; by the
    query that finds the actor it tells the database the organization (`telling`).
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
        nested, before = connection.in_atomic_block, current_organization()
        with trail.operation(), transaction.atomic():
            response = self._answer(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        if nested:  # a test's own transaction goes on, and must not find the page's organization
            _tell_database(before)
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        actor = self.find_actor(request)
        if actor is None:
            return self.get_response(request)
        request.actor = actor  # type: ignore[attr-defined]
        token = _current.set(actor.organization_id)
        try:
            return self.get_response(request)
        finally:
            _current.reset(token)


# ---- for migrations ----------------------------------------------------------------------------


class KeepApart(Operation):
    """A migration step: whatever a slice's tables hold belongs to one organization and stays there.

    Derived from the models, so that no table can be forgotten: a table with an organization gets
    row-level security, unless it is named in `OUTSIDE`; a foreign key without a constraint of
    Django's own (`db_constraint=False`) gets one that carries the organization. Plain foreign keys
    bypass row-level security. What is there already is left alone: a later migration that adds a
    table or a key repeats this step.
    """

    reduces_to_sql = True
    reversible = True
    atomic = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing that Django knows of changes."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Protect every table of the slice."""
        for model in to_state.apps.get_app_config(app_label).get_models():
            if not _belongs_to_an_organization(model):
                continue
            for field in model._meta.concrete_fields:
                if isinstance(field, ForeignKey) and not getattr(field, "db_constraint", True):
                    to = field.related_model._meta.db_table
                    key = _org_foreign_key(model._meta.db_table, field.column, to)
                    schema_editor.execute(key, params=None)
            if model._meta.db_table not in OUTSIDE:
                schema_editor.execute(_enable_rls(model._meta.db_table), params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """The protections go with their tables."""

    def describe(self) -> str:
        """What `migrate` prints."""
        return "Keep organizations apart"


def _belongs_to_an_organization(model: type[Model]) -> bool:
    return any(one.column == "organization_id" for one in model._meta.concrete_fields)


def _enable_rls(table: str) -> str:
    """Show and accept only rows of the organization that was set.

    FORCE binds the table's owner as well. The plain `current_setting` raises when nothing was
    set, and the empty text that stays after a transaction is no uuid and raises too.
    """
    return _ENABLE_RLS.format(table=table)


def _org_foreign_key(table: str, column: str, to: str) -> str:
    """A key that cannot point into another organization, and the unique pair it points to."""
    return _ORG_FOREIGN_KEY.format(
        table=table,
        column=column,
        to=to,
        name=_short(f"{table}_{column}_same_organization"),
        unique=_short(f"{to}_in_organization"),
    )


def _short(name: str) -> str:
    """PostgreSQL cuts names after 63 bytes; cut here, a name is found again."""
    return name[:63]


_ENABLE_RLS = """
do $$
begin
    if not exists (select from pg_policy
                   where polrelid = '"{table}"'::regclass and polname = 'organization') then
        alter table "{table}" enable row level security;
        alter table "{table}" force row level security;
        create policy organization on "{table}"
            using (organization_id = current_setting('app.organization')::uuid)
            with check (organization_id = current_setting('app.organization')::uuid);
    end if;
end $$
"""

# PostgreSQL looks through all rows of both tables once, as their owner, whom the policies bind
# too: while the key is made they do not, and afterwards they do again.
_ORG_FOREIGN_KEY = """
do $$
declare
    bound regclass[] := array(
        select oid::regclass from pg_class
        where oid in ('"{table}"'::regclass, '"{to}"'::regclass) and relforcerowsecurity);
    one regclass;
begin
    if exists (select from pg_constraint
               where conrelid = '"{table}"'::regclass and conname = '{name}') then
        return;
    end if;
    foreach one in array bound loop
        execute format('alter table %s no force row level security', one);
    end loop;
    if not exists (select from pg_constraint
                   where conrelid = '"{to}"'::regclass and conname = '{unique}') then
        alter table "{to}" add constraint "{unique}" unique (organization_id, id);
    end if;
    alter table "{table}" add constraint "{name}"
        foreign key (organization_id, "{column}") references "{to}" (organization_id, id)
        deferrable initially deferred;
    foreach one in array bound loop
        execute format('alter table %s force row level security', one);
    end loop;
end $$
"""


def trigger(name: str, function: str, *tables: str, when: str = "update or delete") -> list[str]:
    """SQL for a migration: each row of these tables goes through a function of the database."""
    return [
        f'create trigger {name} before {when} on "{one}" for each row execute function {function}()'
        for one in tables
    ]


def never_removed(*tables: str) -> list[str]:
    """SQL for a migration: the app may not delete rows of these tables."""
    return [f'revoke delete on "{one}" from handrail_app' for one in tables]


def written_once(*tables: str) -> list[str]:
    """SQL for a migration: the app may add rows to these tables, and neither change nor delete."""
    return [f'revoke update, delete on "{one}" from handrail_app' for one in tables]


def written_within(table: str, *, key: str = "organization_id") -> list[str]:
    """SQL for a migration: the site sees every row of this table, and writes its organization's.

    For tables of OUTSIDE. It binds the app role; the owner, who changes tables, is not bound.
    """
    mine = f"{key} = current_setting('app.organization')::uuid"
    rules = {
        "seen_by_all": "for select using (true)",
        "added_within": f"for insert with check ({mine})",
        "changed_within": f"for update using ({mine}) with check ({mine})",
        "removed_within": f"for delete using ({mine})",
    }
    return [
        f'alter table "{table}" enable row level security',
        *(f'create policy {name} on "{table}" {rule}' for name, rule in rules.items()),
    ]
