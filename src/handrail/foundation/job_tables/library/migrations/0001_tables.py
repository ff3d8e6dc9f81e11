"""The tables of jobs, made by the library's own migrations as one of ours.

An upgrade and a restore are one transaction each. The library's migrations add values to its two
enumerated types and use them in an index a little later, which PostgreSQL refuses within one
transaction. So the types are made with all their values first, and the statements that would make
or widen them are left out. A newer library's further migrations come as further ones here.
"""

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module

from django.db import migrations
from django.db.migrations.operations.base import Operation
from procrastinate.contrib.django import migrations as theirs
from procrastinate.contrib.django.migrations_utils import RunProcrastinateSQL

LAST = "0041_post_retry_failed_job"
TYPES = """
create type procrastinate_job_status as enum
    ('todo', 'doing', 'succeeded', 'failed', 'cancelled', 'aborting', 'aborted');
create type procrastinate_job_event_type as enum
    ('deferred', 'started', 'deferred_for_retry', 'failed', 'succeeded', 'cancelled',
     'abort_requested', 'aborted', 'scheduled', 'retried');
"""
_OF_A_TYPE = re.compile(
    r"^(CREATE TYPE \w+ AS ENUM \(.*?\)|ALTER TYPE \w+ ADD VALUE [^;]*);", re.MULTILINE | re.DOTALL
)


def _operations() -> Iterator[Operation]:
    yield migrations.RunSQL(TYPES)
    for name in sorted(one.name for one in pkgutil.iter_modules(theirs.__path__)):
        if name > LAST:
            return
        for operation in import_module(f"{theirs.__name__}.{name}").Migration.operations:
            if isinstance(operation, RunProcrastinateSQL):
                yield migrations.RunSQL(_OF_A_TYPE.sub("", str(operation.sql)))
            else:
                yield operation


class Migration(migrations.Migration):
    """Everything up to `LAST`."""

    initial = True
    dependencies = ()
    operations = tuple(_operations())
