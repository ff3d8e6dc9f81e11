"""The demo's payers, plans, benefit checks and fees: some asked in full, some with gaps."""

from datetime import date, timedelta
from uuid import UUID

from handrail.areas.coverage import models
from handrail.demo.charts import Chart
from handrail.demo.house import House
from handrail.demo.ledger import payer_told_of

LAKESHORE, BUCKEYE, MEDICAID, UNION = "lakeshore", "buckeye", "medicaid", "union"
BLUE_OAK, RIDGE = "blue-oak", "ridge"
_PAYERS = {
    LAKESHORE: ("Lakeshore Health Plan", "commercial", "800-555-0110", "", "LHP01"),
    BUCKEYE: (
        *("Old Mill Mutual", "commercial", "800-555-0124"),
        *("Beacon Ridge Behavioral, 800-555-0125", "OMM77"),
    ),
    MEDICAID: ("Ohio Medicaid, Rivermark plan", "medicaid", "800-555-0131", "", "RIVM4"),
    BLUE_OAK: ("Blue Oak Health", "commercial", "800-555-0147", "", "BLUO1"),
    RIDGE: ("Ridge Mutual", "commercial", "800-555-0156", "", "RIDG2"),
    UNION: ("Carpenters’ Local Fund", "employer", "614-555-0142", "", ""),
}
_RATES = (
    ("iop", 285_00, "H0015", 0, True),
    ("php", 390_00, "H0035", 0, True),
    ("sop", 110_00, "H0005", 0, True),
    ("counseling", 140_00, "H0004", 0, True),
    ("assessment", 240_00, "H0001", 1, True),
    ("individual_hour", 140_00, "H0004", 4, True),
    ("family_hour", 150_00, "T1006", 1, True),
    ("drug_test", 35_00, "80305", 8, False),
)
# How often the plans of the people in care are asked: in full, with gaps, or not at all.
_ASKED = ("full", "gaps", "full", "none", "portal")


def write_coverage(house: House, charts: list[Chart], asked_by: str, biller: str) -> None:
    """Put payers, fees, and a plan for most of those in care into the house."""
    _write_fees(house, biller)
    _write_payers(house, biller)
    in_care = sorted((one for one in charts if not one.closed), key=lambda one: one.person.name)
    for number, chart in enumerate(in_care):
        if number % 6 == 5:
            _declare(house, chart, asked_by)
            continue
        short = (LAKESHORE, MEDICAID, BUCKEYE, LAKESHORE, UNION)[number % 5]
        told = payer_told_of(chart.person.name)
        short = next((key for key, one in _PAYERS.items() if one[0] == told), short)
        coverage_id = _write_plan(house, chart, short, asked_by)
        asked = _ASKED[number % len(_ASKED)]
        if asked != "none":
            _write_check(house, chart, coverage_id, short, asked, asked_by)


def _write_payers(house: House, by: str) -> None:
    for short, (name, kind, phone, authorizes, number) in _PAYERS.items():
        house.rows.add(
            models.Payer(
                id=house.key("payer", short),
                organization_id=house.organization_id,
                name=name,
                kind=kind,
                phone=phone,
                authorizes=authorizes,
                payer_number=number,
                recorded_at=house.at(house.days_ago(300), 9),
                recorded_by=by,
            )
        )


def _write_fees(house: House, by: str) -> None:
    since = date(house.day.year, 1, 1)
    at = house.at(since, 9)
    for item, amount, code, count, slides in _RATES:
        house.rows.add(
            models.HouseRate(
                id=house.key("rate", item),
                organization_id=house.organization_id,
                item=item,
                amount=amount,
                code=code,
                count=count,
                slides=slides,
                from_date=since,
                recorded_at=at,
                recorded_by=by,
            )
        )
    house.rows.add(
        models.SlidingScale(
            id=house.key("scale"),
            organization_id=house.organization_id,
            line_one=15_600_00,
            line_more=5_500_00,
            limits=[100, 150, 200, 300],
            pays=[10, 30, 50, 80],
            source="Figures of the demo, near the federal poverty guideline",
            from_date=since,
            recorded_at=at,
            recorded_by=by,
        ),
        models.HouseOnPaper(
            organization_id=house.organization_id,
            legal_name=f"{house.name}, Inc.",
            address="118 Alder Street, Columbus, Ohio",
            phone="614-555-0100",
            npi="1999999984",
            tax_number="00-0000000",
            changed_at=at,
            changed_by=by,
        ),
    )


def _write_plan(house: House, chart: Chart, short: str, by: str) -> UUID:
    person, chance = chart.person, house.chance("plan", chart.person.name)
    family = [one for one in person.contacts if one.relationship in ("partner", "parent")]
    subscriber = {"partner": "spouse", "parent": "parent"}
    holder = family[0] if family and chance.random() < 0.3 else None
    coverage_id = house.key("coverage", person.name)
    house.rows.add(
        models.Coverage(
            id=coverage_id,
            organization_id=house.organization_id,
            client_id=chart.client_id,
            payer_id=house.key("payer", short),
            rank="primary",
            plan=""
            if short == MEDICAID
            else chance.choice(("Silver PPO", "Gold HMO", "Bronze EPO")),
            member_id=f"{short[:2].upper()}{chance.randrange(10**7, 10**8)}",
            group_number="" if short == MEDICAID else str(chance.randrange(10_000, 99_999)),
            subscriber=subscriber[holder.relationship] if holder else "self",
            subscriber_name=holder.name if holder else "",
            from_date=date(house.day.year, 1, 1),
            recorded_at=house.at(chart.opened, 10, 40),
            recorded_by=by,
        )
    )
    return coverage_id


def _write_check(
    house: House, chart: Chart, coverage_id: UUID, short: str, asked: str, by: str
) -> None:
    person = chart.person
    chance = house.chance("check", person.name)
    copay, deductible = chance.choice((25_00, 40_00, 60_00)), chance.choice((0, 1_500_00, 3_000_00))
    known, public = asked != "gaps", short == MEDICAID
    check_id = house.key("benefit check", person.name)
    met = deductible // 100 * chance.choice((20, 60, 100))
    house.rows.add(
        models.BenefitCheck(
            id=check_id,
            organization_id=house.organization_id,
            coverage_id=coverage_id,
            how="portal" if asked == "portal" else "phone",
            representative=""
            if asked == "portal"
            else chance.choice(("Dana R.", "Marcus T.", "Lou")),
            reference=f"{chance.randrange(10, 99)}-{chance.randrange(1000, 9999)}" if known else "",
            checked_at=house.at(max(chart.opened, house.days_ago(45)), 11, 15),
            checked_by=by,
            active="yes",
            network="in" if known else "unknown",
            plan_year_begins="January 1",
            deductible=0 if public else (deductible if known else None),
            deductible_met=0 if public else (met if known else None),
            maximum=None if public else 6_500_00,
            maximum_met=None if public or not known else 1_150_00,
            no_maximum=public,
            authorizes=_PAYERS[short][3],
        ),
        models.BenefitLevel(
            id=house.key("benefit level", person.name, "iop"),
            organization_id=house.organization_id,
            benefit_check_id=check_id,
            level="iop",
            covered="yes",
            authorization="yes" if known else "unknown",
            copay=0 if public else (copay if known else None),
            copay_per="visit" if known else "unknown",
            coinsurance=0 if known else None,
            deductible_applies=("yes" if deductible and chance.random() < 0.5 else "no")
            if known
            else "unknown",
            allowed=210_00 if known else None,
        ),
    )


def _declare(house: House, chart: Chart, by: str) -> None:
    """Somebody without a plan, who declared what the household has."""
    chance = house.chance("income", chart.person.name)
    day = chart.opened + timedelta(days=1)
    house.rows.add(
        models.DeclaredIncome(
            id=house.key("income", chart.person.name),
            organization_id=house.organization_id,
            client_id=chart.client_id,
            household=chance.randrange(1, 5),
            yearly_income=chance.randrange(14, 44) * 1_000_00,
            declared_date=day,
            shown_by=chance.choice(("", "Two pay slips")),
            recorded_at=house.at(day, 10),
            recorded_by=by,
        )
    )
