"""Made-up payers, plans and fees for tests. They run inside Alder Street unless said otherwise."""

from datetime import date

from handrail.areas.coverage import services
from handrail.areas.coverage.models import BenefitCheck, Coverage, Payer
from handrail.areas.coverage.services.coverage import LevelTold, PlanTold
from tests.areas.clients.people import AT

IOP = LevelTold(
    level="iop",
    covered="yes",
    authorization="yes",
    copay=40_00,
    copay_per="visit",
    coinsurance=0,
    deductible_applies="no",
)
PLAN = PlanTold(active="yes", network="in", maximum=6_000_00, maximum_met=1_200_00)


def some_payer(by, name="Lakeshore Health Plan", **more) -> Payer:
    """A payer on the list."""
    return services.record_payer(name=name, kind="commercial", by=by, **({"at": AT} | more))


def some_coverage(by, client, payer, **more) -> Coverage:
    """A plan of the client's own."""
    details = {"member_id": "LH2204417", "plan": "Silver PPO", "at": AT} | more
    return services.record_coverage(client_id=client.pk, payer_id=payer.pk, by=by, **details)


def some_check(by, coverage, **more) -> BenefitCheck:
    """What the plan said on the phone: $40 a visit for IOP, no deductible."""
    details = {
        "representative": "Dana R.",
        "reference": "88-4471",
        "plan": PLAN,
        "levels": (IOP,),
        "at": AT,
    } | more
    return services.record_benefit_check(coverage_id=coverage.pk, by=by, **details)


def some_fees(by, at=AT) -> None:
    """$180 a session, an assessment, and a sliding fee from January on."""
    since = date(2026, 1, 1)
    services.set_rate(item="iop", amount=180_00, code="h0015", from_date=since, by=by, at=at)
    services.set_rate(
        item="assessment", amount=220_00, count=1, slides=False, from_date=since, by=by, at=at
    )
    services.set_scale(
        line_one=15_650_00,
        line_more=5_500_00,
        bands=[(100, 10), (150, 40), (200, 70)],
        source="Poverty guidelines, made up for a test",
        from_date=since,
        by=by,
        at=at,
    )
