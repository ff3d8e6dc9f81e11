"""The additions to the tables of jobs as a part of Django."""

from django.apps import AppConfig


class JobTablesConfig(AppConfig):
    """Migrations and nothing else."""

    name = "handrail.foundation.job_tables"
    label = "job_tables"
