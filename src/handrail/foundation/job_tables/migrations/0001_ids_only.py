"""Jobs name things by id alone, cannot be redirected, and can be restored in any order."""

from django.db import migrations

# A job stands outside row-level security and in a log. A name, a note or an address in it would
# be seen by whoever reads either, so every text in it must be the key of a row.
IDS_ONLY = """
alter table procrastinate_jobs add constraint job_arguments_are_ids check (not jsonb_path_exists(
    args,
    '$.** ? (@.type() == "string" && !(@ like_regex "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"))'
))
"""
# What a job is to do, and for which organization, stays as it was written.
MAY_CHANGE = (
    "status, attempts, scheduled_at, priority, queue_name, lock, abort_requested, worker_id"
)
KEYS = (
    ("procrastinate_jobs", "procrastinate_jobs_worker_id_fkey"),
    ("procrastinate_events", "procrastinate_events_job_id_fkey"),
    ("procrastinate_periodic_defers", "procrastinate_periodic_defers_job_id_fkey"),
)
APP = "handrail_app"


class Migration(migrations.Migration):
    """Comes after the library's own."""

    dependencies = (("procrastinate", "0001_tables"),)
    operations = (
        migrations.RunSQL(
            sql=IDS_ONLY,
            reverse_sql="alter table procrastinate_jobs drop constraint job_arguments_are_ids",
        ),
        migrations.RunSQL(
            sql=[
                f"revoke update on procrastinate_jobs from {APP}",
                f"grant update ({MAY_CHANGE}) on procrastinate_jobs to {APP}",
                # Rows of events come by a trigger and go with their job.
                f"revoke update, delete on procrastinate_events from {APP}",
            ],
            reverse_sql=[
                f"grant update on procrastinate_jobs to {APP}",
                f"grant update, delete on procrastinate_events to {APP}",
            ],
        ),
        migrations.RunSQL(
            sql=[f"alter table {table} alter constraint {key} deferrable" for table, key in KEYS],
            reverse_sql=[
                f"alter table {table} alter constraint {key} not deferrable" for table, key in KEYS
            ],
        ),
    )
