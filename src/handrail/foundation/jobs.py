"""Work that is done later, by a process of its own.

A job is a row on the same PostgreSQL, written in the transaction of what caused it: both are kept
or neither. It holds ids and nothing else, names its organization, and is done as a system actor
who may do only what `SYSTEMS` grants (core/access.py).

    @jobs.job("letters.send", system="letters")
    def send(*, org: UUID, by: Actor, letter: UUID) -> None: ...

    send.later(org=letter.organization_id, letter=letter.pk)

A job may be begun twice: the worker can be killed after the last step and before it is written
down. So a job must be one transaction, or must itself know what it did already (`whole=False`).
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from procrastinate import RetryStrategy, exceptions
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Job as Row
from procrastinate.jobs import Status
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

from handrail.core.access import SYSTEMS, system_actor
from handrail.foundation import tenancy
from handrail.foundation.audit import trail

MOST_ATTEMPTS = 5
CONCURRENT = 4
"""Jobs that one worker does at once."""
HEARTBEAT_SECONDS, STALLED_SECONDS = 5.0, 20.0
"""How often a worker says that it lives, and after which silence its jobs are given to another."""
_FAILED_STAY_HOURS = 30 * 24

_log = logging.getLogger(__name__)
_retry = RetryStrategy(max_attempts=MOST_ATTEMPTS, exponential_wait=4)


@dataclass(frozen=True, slots=True)
class Job:
    """A kind of work that can be put off until later."""

    name: str
    run: Callable[..., None]
    """Does it now, with the arguments of a row."""

    def later(
        self, *, org: UUID, at: datetime | None = None, once: bool = False, **ids: UUID | int
    ) -> None:
        """Have it done for one organization, as soon as this transaction is kept.

        Jobs of one kind are done one after the other within one organization. `at` is the real
        time before which it is not begun. With `once` it is not put in while one waits already.
        """
        for name, value in ids.items():
            if not isinstance(value, UUID | int):
                raise TypeError(f"a job holds ids alone, and {name} is a {type(value).__name__}")
        line = f"{self.name}:{org}"
        row = configure_task(
            name=self.name,
            # Django's own connection, in the worker too: the row belongs to this transaction.
            job_manager=JobManager(DjangoConnector()),
            schedule_at=at,
            lock=line,
            queueing_lock=line if once else None,
        )
        with contextlib.suppress(exceptions.AlreadyEnqueued), transaction.atomic():
            row.defer(org=str(org), **{name: _written(value) for name, value in ids.items()})


def job(name: str, *, system: str, whole: bool = True) -> Callable[[Callable[..., None]], Job]:
    """Make a function a job, done as that system actor within one organization.

    The function gets `org`, `by` and the ids it was put in with. With `whole` all it does is one
    transaction that sees this organization's rows alone. Without, it opens transactions itself
    (`tenancy.within(org)`), because it talks to the world in between. A system actor that does
    not exist is an error here already.
    """
    if system not in SYSTEMS:
        raise KeyError(f"no system actor is called {system!r}")

    def made(work: Callable[..., None]) -> Job:
        def run(*, org: str, **ids: str | int) -> None:
            key = UUID(org)
            given = {name: _read(value) for name, value in ids.items()}
            seen = tenancy.within(key) if whole else contextlib.nullcontext()
            with trail.operation(), seen:
                work(org=key, by=system_actor(system, key), **given)

        app.task(name=name, retry=_retry)(run)
        return Job(name, run)

    return made


def every(cron: str) -> Callable[[Job], Job]:
    """Have a job done again and again for each organization: `@every("* * * * *")`, in UTC."""

    def made(repeated: Job) -> Job:
        name = f"{repeated.name} everywhere"

        def spread(timestamp: int) -> None:
            for org in organizations():
                repeated.later(org=org, once=True)

        task = app.task(name=name, retry=_retry, queueing_lock=name)(spread)
        app.periodic(cron=cron)(task)
        return repeated

    return made


def of_the_installation(
    name: str, *, cron: str
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Have something done again and again that belongs to no organization, one at a time, in UTC.

    It sees only tables without an organization, and acts for nobody: what touches a client or a
    program is a `job`. It opens its transactions itself.
    """

    def made(work: Callable[[], None]) -> Callable[[], None]:
        def run(timestamp: int) -> None:
            work()

        app.periodic(cron=cron)(app.task(name=name, lock=name, queueing_lock=name)(run))
        return work

    return made


def organizations() -> Iterable[UUID]:
    """Every organization there is; `settings.HANDRAIL_ORGANIZATIONS` names who knows."""
    found: Iterable[UUID] = import_string(settings.HANDRAIL_ORGANIZATIONS)()
    return found


def _written(value: UUID | int) -> str | int:
    return str(value) if isinstance(value, UUID) else value


def _read(value: str | int) -> UUID | int:
    return UUID(value) if isinstance(value, str) else value


# ---- the worker --------------------------------------------------------------------------------


def work(*, wait: bool = True, **options: Any) -> None:
    """Do what waits until somebody ends this process.

    Without `wait` it ends when nothing is left, and begins nothing of what comes round again.
    """
    connector: Any = app.connector
    with app.replace_connector(connector.get_worker_connector()) as here:
        before = here.periodic_defaults
        here.periodic_defaults = before if wait else {"max_delay": 0}
        try:
            asyncio.run(_work(wait=wait, **options))
        finally:
            here.periodic_defaults = before


async def _work(*, wait: bool, **options: Any) -> None:
    chosen: dict[str, Any] = {
        "concurrency": CONCURRENT,
        "delete_jobs": "successful",
        "update_heartbeat_interval": HEARTBEAT_SECONDS,
        "stalled_worker_timeout": STALLED_SECONDS,
        "install_signal_handlers": wait,
    } | options
    silent_for = chosen["stalled_worker_timeout"]
    async with app.open_async():
        await pick_up(silent_for)
        picking = asyncio.create_task(_keep_picking_up(silent_for))
        try:
            await app.run_worker_async(wait=wait, **chosen)
        finally:
            picking.cancel()


async def _keep_picking_up(silent_for: float) -> None:
    while True:
        await asyncio.sleep(silent_for / 2)
        try:
            await pick_up(silent_for)
        except exceptions.ConnectorException:
            _log.warning("The database did not answer; looking for what was left again later.")


async def pick_up(silent_for: float) -> None:
    """Put back the jobs of workers that have been silent for so many seconds: they were killed.

    One that was begun five times and never ended is given up: it may be what kills the workers.
    """
    manager = app.job_manager
    for row in await manager.get_stalled_jobs(seconds_since_heartbeat=silent_for):
        # Another worker may have been quicker.
        with contextlib.suppress(exceptions.ConnectorException):
            if row.attempts + 1 >= MOST_ATTEMPTS:
                await manager.finish_job(row, status=Status.FAILED, delete_job=False)
                _log.error("Given up, its worker ended each time: %s", _said(row))
            else:
                await manager.retry_job(row)
                _log.warning("Its worker ended, so it is begun again: %s", _said(row))


def _said(row: Row) -> str:
    return f"{row.task_name}[{row.id}]"


@app.periodic(cron="23 4 * * *")
@app.task(name="jobs.tidy", queueing_lock="jobs.tidy")
async def _tidy(timestamp: int) -> None:
    """Remove what failed long ago; what succeeded is removed at once."""
    await app.job_manager.delete_old_jobs(
        _FAILED_STAY_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
