"""What a backup and a restore rely on, in every table and migration there is."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from handrail.foundation.backup.catalog import LEFT_OUT


def test_every_migration_can_be_taken_back_with_all_the_others():
    found = MigrationLoader(None).disk_migrations
    assert len(found) > 20
    assert [key for key, one in found.items() if not one.atomic] == []


@pytest.mark.django_db
def test_every_reference_can_wait_for_the_last_row():
    with connection.cursor() as cursor:
        cursor.execute(
            "select conname, condeferrable from pg_constraint"
            " where contype = 'f' and connamespace = 'public'::regnamespace"
        )
        keys = dict(cursor.fetchall())
    assert len(keys) > 5
    assert [name for name, can_wait in keys.items() if not can_wait] == []


@pytest.mark.django_db
def test_what_a_backup_leaves_out_exists_and_is_known_by_its_real_name():
    with connection.cursor() as cursor:
        assert set(LEFT_OUT) <= set(connection.introspection.table_names(cursor))
