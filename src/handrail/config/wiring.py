"""Who contributes what: the one place that names the parts of the site to one another."""

TASKS = (
    "handrail.areas.booking.services.outbox",
    "handrail.areas.lessons.services",
    "handrail.areas.worklist.tasks",
)
"""Modules whose jobs the worker does, those that come round again included (`jobs.every`)."""
