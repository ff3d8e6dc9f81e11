"""Safety plans for tests: written part by part as a clinician does, and signed."""

from datetime import timedelta

from handrail.areas.safety import services
from tests.areas.clients.people import AT

WHOLE = {
    "warning_signs": "I stop answering my sister\nI drive past the old place",
    "myself": "Walk to the river and back",
    "ask_for_help": "Coach Lee, 555-0177",
    "reasons": "My daughter’s games",
    "firearms": "none",
    "pills": "safer",
    "pills_agreed": "Her mother keeps the bottle",
    "naloxone": "not_needed",
    "after_hours": "On-call counselor, 555-0190",
    "agreed_name": "Joy Okonkwo",
}


def write(by, client, at=AT, **texts):
    """Write these texts on top of whatever stands there."""
    versions = {one.field: one.version for one in client.chart_drafts.all()}
    for field, text in texts.items():
        services.write_safety_plan(
            client_id=client.pk, field=field, text=text, base_version=versions.get(field, 0),
            by=by, at=at,
        )  # fmt: skip


def a_safety_plan(by, client, owner_, at=AT, **texts):
    """A signed version, looked at again in a week unless said otherwise."""
    day = at.date() + timedelta(days=7)
    said = {"owner": str(owner_.pk), "next_look": f"{day.month}/{day.day}/{day.year}"}
    write(by, client, at, **WHOLE | said | texts)
    return services.sign_safety_plan(client_id=client.pk, by=by, at=at)


def declined(by, client, owner, at=AT, **more):
    """The person would not make one."""
    said = {
        "reason": "Says plans make it more real for her.",
        "instead": "Numbers given, her sister told with consent.",
        "ask_again": at.date().replace(day=28),
    }
    return services.decline_safety_plan(
        client_id=client.pk, owner_id=owner.pk, by=by, at=at, **said | more
    )
