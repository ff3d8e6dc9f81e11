"""Reading who pays: a client's plans with what was checked, payers, the house's fees.

Whoever may see coverage need not be one who reads charts: nothing here says anything else of a
client than name, plans and costs.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from handrail.areas.clients.models import Client
from handrail.areas.coverage.models import (
    BenefitCheck,
    BenefitLevel,
    Coverage,
    DeclaredIncome,
    HouseOnPaper,
    HouseRate,
    Payer,
    Rank,
    SlidingScale,
)
from handrail.core.access import Action, Actor, NotHere, check_access

PAGE = 100
"""Clients on one page of the list."""


@dataclass(frozen=True, slots=True)
class Held:
    """A plan with what was checked of it, newest first, each with its levels."""

    coverage: Coverage
    checks: tuple[BenefitCheck, ...]

    @property
    def newest(self) -> BenefitCheck | None:
        """What the plan said last; None where nobody has asked."""
        return self.checks[0] if self.checks else None


@dataclass(frozen=True, slots=True)
class CoverageOf:
    """Who pays for a client's care: plans in force in the order they pay, those that begin later,
    those that ended, and what the household declared.
    """

    client: Client
    held: tuple[Held, ...]
    coming: tuple[Held, ...]
    earlier: tuple[Held, ...]
    income: DeclaredIncome | None

    @property
    def all(self) -> tuple[Held, ...]:
        """Every plan that is not voided."""
        return (*self.held, *self.coming, *self.earlier)

    @property
    def primary(self) -> Held | None:
        """The plan that pays first."""
        return self.held[0] if self.held else None


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """One client in the list of coverage: their first plan, and when it was last checked."""

    client_id: UUID
    name: str
    born: date
    coverage: Coverage | None
    plans: int
    checked: BenefitCheck | None


def client_for_coverage(client_id: UUID, *, by: Actor) -> Client:
    """One client, for those who see coverage. Raises NotHere for anyone else's."""
    check_access(by, Action.SEE_COVERAGE)
    found = Client.objects.filter(organization_id=by.organization_id, pk=client_id).first()
    if found is None:
        raise NotHere
    return found


def coverage_of(client_id: UUID, *, by: Actor, on: date | None = None) -> CoverageOf:
    """A client's plans, newest checks and declared income. Five queries.

    In force are those that have begun and not ended on the day `on`; without a day, those that
    have no last day.
    """
    client = client_for_coverage(client_id, by=by)
    rows = [Held(one, tuple(one.checks.all())) for one in _with_checks(client.coverages.all())]
    now = [one for one in rows if _in_force(one.coverage, on)]
    return CoverageOf(
        client=client,
        held=tuple(sorted(now, key=lambda one: Rank.values.index(one.coverage.rank))),
        coming=tuple(one for one in rows if _begins_later(one.coverage, on)),
        earlier=tuple(one for one in rows if _has_ended(one.coverage, on)),
        income=client.declared_incomes.order_by("-declared_date", "-recorded_at").first(),
    )


def primary(client_id: UUID, *, by: Actor, on: date | None = None) -> Coverage | None:
    """The plan that pays first for a client; None where none is on file."""
    check_access(by, Action.SEE_COVERAGE)
    rows = Coverage.objects.filter(
        organization_id=by.organization_id, client=client_id, voided_at__isnull=True
    ).select_related("payer")
    now = [one for one in rows if _in_force(one, on)]
    return min(now, key=lambda one: Rank.values.index(one.rank), default=None)


def whose_coverage(coverage_id: UUID, *, by: Actor) -> UUID:
    """The client whose plan this is. Raises NotHere."""
    check_access(by, Action.SEE_COVERAGE)
    found = Coverage.objects.filter(organization_id=by.organization_id, pk=coverage_id)
    client_id = found.values_list("client_id", flat=True).first()
    if client_id is None:
        raise NotHere
    return client_id


def covered_clients(
    *, by: Actor, on: date, page: int = 1, only_unchecked: bool = False
) -> tuple[tuple[CoverageLine, ...], bool]:
    """Those in care, and those with a plan in force, by name; and whether more follow.

    Three queries for a page of `PAGE`.
    """
    check_access(by, Action.SEE_COVERAGE)
    in_force = Q(coverages__voided_at__isnull=True) & (
        Q(coverages__until_date__isnull=True) | Q(coverages__until_date__gte=on)
    )
    wanted = Q(episodes__closed_date__isnull=True, episodes__isnull=False) | (
        in_force & Q(coverages__isnull=False)
    )
    keys = Client.objects.filter(wanted, organization_id=by.organization_id)
    if only_unchecked:
        asked = BenefitCheck.objects.values("coverage__client_id")
        keys = keys.exclude(pk__in=asked)
    first = (max(page, 1) - 1) * PAGE
    clients = list(
        Client.objects.filter(organization_id=by.organization_id, pk__in=keys.values("pk"))
        .order_by("family_name", "given_name", "id")
        .prefetch_related(Prefetch("coverages", _with_checks(Coverage.objects.all())))[
            first : first + PAGE + 1
        ]
    )
    return tuple(_line(one, on) for one in clients[:PAGE]), len(clients) > PAGE


def payers(*, by: Actor, ended: bool = False) -> tuple[Payer, ...]:
    """The payers on the list, by name; with `ended` also those taken off it."""
    check_access(by, Action.SEE_COVERAGE)
    rows = Payer.objects.filter(organization_id=by.organization_id)
    if not ended:
        rows = rows.filter(ended_at__isnull=True)
    return tuple(rows.order_by("name", "id"))


def rates(*, by: Actor) -> tuple[HouseRate, ...]:
    """Every rate that is not voided, newest first."""
    check_access(by, Action.SEE_COVERAGE)
    rows = HouseRate.objects.filter(organization_id=by.organization_id, voided_at__isnull=True)
    return tuple(rows.order_by("-from_date", "item"))


def rates_on(day: date, *, by: Actor) -> dict[str, HouseRate]:
    """The rate of each thing on a day: the newest that had begun."""
    found: dict[str, HouseRate] = {}
    for one in rates(by=by):
        if one.from_date <= day:
            found.setdefault(one.item, one)
    return found


def scales(*, by: Actor) -> tuple[SlidingScale, ...]:
    """Every sliding fee that is not voided, newest first."""
    check_access(by, Action.SEE_COVERAGE)
    rows = SlidingScale.objects.filter(organization_id=by.organization_id, voided_at__isnull=True)
    return tuple(rows.order_by("-from_date"))


_FEES: dict[str, type[Payer] | type[HouseRate] | type[SlidingScale]] = {
    "payer": Payer,
    "rate": HouseRate,
    "scale": SlidingScale,
}


def check_here(kind: str, key: UUID, *, by: Actor) -> None:
    """Make sure that a payer, rate or sliding fee (scale) is this organization's, or NotHere."""
    check_access(by, Action.SEE_COVERAGE)
    rows = _FEES[kind]._default_manager.filter(organization_id=by.organization_id, pk=key)
    if not rows.exists():
        raise NotHere


def house_on_paper(*, by: Actor) -> HouseOnPaper | None:
    """How the organization stands on an estimate; None where nobody has said."""
    check_access(by, Action.SEE_COVERAGE)
    return HouseOnPaper.objects.filter(organization_id=by.organization_id).first()


def _with_checks(rows: QuerySet[Coverage]) -> QuerySet[Coverage]:
    levels = BenefitLevel.objects.order_by("level")
    checks = BenefitCheck.objects.order_by("-checked_at", "-id").prefetch_related(
        Prefetch("levels", levels)
    )
    return (
        rows.filter(voided_at__isnull=True)
        .select_related("payer")
        .prefetch_related(Prefetch("checks", checks))
        .order_by("-recorded_at", "id")
    )


def _in_force(coverage: Coverage, on: date | None) -> bool:
    return not _begins_later(coverage, on) and not _has_ended(coverage, on)


def _begins_later(coverage: Coverage, on: date | None) -> bool:
    return on is not None and coverage.from_date is not None and on < coverage.from_date


def _has_ended(coverage: Coverage, on: date | None) -> bool:
    return coverage.until_date is not None and (on is None or coverage.until_date < on)


def _line(client: Client, on: date) -> CoverageLine:
    now = [one for one in client.coverages.all() if _in_force(one, on)]
    first = min(now, key=lambda one: Rank.values.index(one.rank), default=None)
    checks = list(first.checks.all()) if first else []
    return CoverageLine(
        client_id=client.pk,
        name=client.name,
        born=client.birth_date,
        coverage=first,
        plans=len(now),
        checked=checks[0] if checks else None,
    )
