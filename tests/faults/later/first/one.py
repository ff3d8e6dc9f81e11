"""Notes that answer one another, and two ledgers that must always say the same."""

from django.db import migrations

from handrail.foundation.tenancy import _enable_rls, _org_foreign_key

NOTE = """
create table later_note (
    id bigint generated always as identity primary key,
    organization_id uuid not null,
    membership_id uuid not null,
    answers_id bigint,
    words text not null,
    length int generated always as (length(words)) stored,
    seal bytea,
    facts jsonb,
    span interval,
    share double precision,
    seen timestamptz[],
    mood later_mood,
    during tstzrange,
    exclude using gist (during with &&) deferrable initially deferred
)
"""
# Counts what is entered: a restore that let it fire again would count twice.
COUNT = """
create function later_counts() returns trigger language plpgsql as $$
begin
    insert into later_count values (new.organization_id);
    return new;
end $$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = (("organizations", "0002_protections"),)
    operations = (
        migrations.RunSQL(
            [
                "create type later_mood as enum ('low', 'fair')",
                NOTE,
                "create table later_count (organization_id uuid not null)",
                'create table "later_Odd name" ("a ""b""" text, number serial)',
                "create table later_left (pair int)",
                "create table later_right (pair int)",
                "create sequence later_number start 40",
                COUNT,
                "create trigger later_counting after insert on later_note"
                " for each row execute function later_counts()",
                # Rows that a migration enters are in every backup already.
                "insert into later_left values (0)",
                "insert into later_right values (0)",
                # As KeepApart does for models; these tables have none.
                _org_foreign_key("later_note", "membership_id", "organizations_membership"),
                _org_foreign_key("later_note", "answers_id", "later_note"),
                _enable_rls("later_note"),
                _enable_rls("later_count"),
            ]
        ),
    )
