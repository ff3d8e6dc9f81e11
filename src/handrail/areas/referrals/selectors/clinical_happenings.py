"""What happened with a client's assessments and referrals, for the timeline of the chart."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handrail.areas.assessment.models import Assessment
from handrail.areas.referrals.models import Referral, ReferralStep
from handrail.core.access import Action, Actor, check_access
from handrail.core.referrals import State


@dataclass(frozen=True, slots=True)
class ClinicalHappening:
    """One thing that happened, in words. `referral_id` leads to the referral it is about."""

    at: datetime
    key: str
    title: str
    words: str
    by: str
    mark: str = ""
    referral_id: UUID | None = None


def clinical_happenings(client_id: UUID, *, by: Actor) -> list[ClinicalHappening]:
    """All of them, newest first. They are few: three queries, each time."""
    check_access(by, Action.READ_CHART)
    mine = {"organization_id": by.organization_id}
    found: list[ClinicalHappening] = []
    for one in Assessment.objects.filter(client=client_id, **mine).defer("content"):
        found += _assessment(one)
    for row in Referral.objects.filter(client=client_id, **mine):
        title = f"Referred to {row.to_name}"
        found.append(
            ClinicalHappening(
                row.made_at, f"referral:{row.pk}", title, row.why, row.made_by, "", row.pk
            )
        )
    steps = ReferralStep.objects.filter(referral__client=client_id, **mine)
    for step in steps.exclude(state=State.PREPARED).select_related("referral"):
        found.append(_step(step))
    return sorted(found, key=lambda one: (one.at, one.key), reverse=True)


def _assessment(row: Assessment) -> Iterator[ClinicalHappening]:
    """A draft is no part of the record yet."""
    key = f"assessment:{row.pk}"
    if row.signed_at:
        yield ClinicalHappening(row.signed_at, f"{key}:1", "Assessment signed", "", row.signed_name)
    if row.co_signed_at:
        yield ClinicalHappening(
            row.co_signed_at, f"{key}:2", "Assessment co-signed", "", row.co_signed_name
        )
    if row.voided_at:
        yield ClinicalHappening(
            row.voided_at, f"{key}:9", "Assessment void", row.void_reason, row.voided_by, "watch"
        )


def _step(row: ReferralStep) -> ClinicalHappening:
    said = f"{row.said_by}: {row.words}" if row.said_by and row.words else row.words
    title = f"Referral to {row.referral.to_name}: {row.state}"
    mark = "watch" if row.state == State.DECLINED else ""
    key = f"referral-step:{row.pk:012}"
    return ClinicalHappening(
        row.recorded_at, key, title, said, row.recorded_by, mark, row.referral_id
    )
