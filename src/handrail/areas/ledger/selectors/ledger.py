"""Reading a client's ledger: every position judged by what was known on its day, and the story."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from handrail.areas.ledger.models import Agreement, InformedRefusal, Position, PositionVoid
from handrail.areas.organizations.selectors import rules_of
from handrail.areas.recommendations.models import Confirmation, Recommendation
from handrail.areas.recommendations.selectors import answers_of
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.ledger.positions import Judged, Party, Steps, asked_of, judge, read_steps
from handrail.core.ledger.story import Placed, Said, Settled, Story, tell
from handrail.core.placement.recommendation import Recommendation as Answer
from handrail.data import care_catalogue


@dataclass(frozen=True, slots=True)
class PositionHeld:
    """A position, its steps, and how it was judged by what stood on its day, if anything did."""

    row: Position
    steps: Steps
    judged: Judged | None

    @property
    def holder(self) -> str:
        """Who it is by name: the payer of the list, and who speaks for the party."""
        return holder_of(self.row)


@dataclass(frozen=True, slots=True)
class Found:
    """A recommendation that stands, made again, with the newest word of a clinician on it."""

    row: Recommendation
    answer: Answer
    on: date
    confirmation: Confirmation | None

    @property
    def overridden(self) -> Confirmation | None:
        """The override in its place, if there is one."""
        return self.confirmation if self.confirmation and self.confirmation.overrides else None


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything that was asked for, found, agreed and refused; each newest first."""

    positions: tuple[PositionHeld, ...]
    found: tuple[Found, ...]
    void: tuple[Recommendation, ...]
    confirmations: tuple[Confirmation, ...]
    agreements: tuple[Agreement, ...]
    refusals: tuple[InformedRefusal, ...]
    story: Story
    withheld: int
    voids: tuple[PositionVoid, ...] = ()

    @property
    def standing(self) -> Found | None:
        """The recommendation that stands now."""
        return self.found[0] if self.found else None

    @property
    def placed(self) -> Agreement | InformedRefusal | None:
        """What is in place now: the newest agreement, or what was accepted with a refusal."""
        rows: list[Agreement | InformedRefusal] = [*self.agreements[:1], *self.refusals[:1]]
        return max(rows, key=lambda one: (_placed_on(one), one.recorded_at), default=None)


def ledger_of(client_id: UUID, *, by: Actor, today: date, for_client: bool = False) -> Ledger:
    """A client's ledger. `for_client`: as the client sees it, without what is withheld.

    A fixed number of queries, whatever it holds.
    """
    check_access(by, Action.READ_CHART)
    zone = rules_of(by.organization_id).zone
    kept = _recommendations(client_id)
    valid = [one for one in kept if not one.voided_at]
    answers = answers_of(valid)
    words = list(
        Confirmation.objects.filter(client_id=client_id)
        .select_related("confirmed_by_place")
        .order_by("-confirmed_at", "-id")
    )
    newest = {one.recommendation_id: one for one in reversed(words)}
    found = tuple(
        Found(one, answers[one.pk], _day(one.made_at, zone), newest.get(one.pk)) for one in valid
    )
    rows = list(
        stands(client_id=client_id).select_related("payer").order_by("-said_date", "-number")
    )
    positions = tuple(
        _held(one, found) for one in rows if not (for_client and one.withheld_from_client)
    )
    agreements = tuple(
        Agreement.objects.filter(client_id=client_id)
        .prefetch_related("unmet")
        .order_by("-agreed_date", "-recorded_at")
    )
    refusals = tuple(
        InformedRefusal.objects.filter(client_id=client_id).order_by(
            "-refused_date", "-recorded_at"
        )
    )
    return Ledger(
        positions=positions,
        found=found,
        void=tuple(one for one in kept if one.voided_at),
        confirmations=tuple(words),
        agreements=agreements,
        refusals=refusals,
        story=_story(positions, found, words, agreements, refusals, today=today, zone=zone),
        withheld=len(rows) - len(positions),
        voids=tuple(
            PositionVoid.objects.filter(position__client_id=client_id)
            .select_related("position")
            .order_by("-voided_at", "-id")
        ),
    )


def holder_of(row: Position) -> str:
    """Who a position is by name: the payer of the list, and who speaks for the party."""
    return named_holder(row.holder, row.payer.name if row.payer else "")


def named_holder(holder: str, payer: str) -> str:
    """Payer and speaker, once each."""
    return ", ".join(one for one in (payer, holder if holder != payer else "") if one)


def stands(**which: object) -> QuerySet[Position]:
    """Positions that were not voided."""
    return Position.objects.filter(voids__isnull=True, **which)


def position_of(position_id: UUID, *, by: Actor) -> Position:
    """One position that stands. Raises NotHere."""
    check_access(by, Action.READ_CHART)
    found = stands(pk=position_id).select_related("payer").first()
    if found is None:
        raise NotHere
    return found


def latest_agreement(client_id: UUID, *, by: Actor) -> Agreement | None:
    """What was agreed last, with its unmet needs, or nothing."""
    check_access(by, Action.READ_CHART)
    return (
        Agreement.objects.filter(client_id=client_id)
        .prefetch_related("unmet")
        .order_by("-agreed_date", "-recorded_at")
        .first()
    )


def confirmation_of(confirmation_id: UUID, *, by: Actor) -> Confirmation:
    """One clinician's word on a recommendation. Raises NotHere."""
    check_access(by, Action.READ_CHART)
    found = Confirmation.objects.filter(pk=confirmation_id).first()
    if found is None:
        raise NotHere
    return found


def in_force_on(client_id: UUID, day: date, *, by: Actor) -> Answer | None:
    """The recommendation by which something said on a day is judged: the one that stood then, or
    the first that followed. Nothing while there is none.
    """
    zone = rules_of(by.organization_id).zone
    rows = Recommendation.objects.filter(client_id=client_id, voided_at__isnull=True)
    ends = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))
    kept = (
        rows.filter(made_at__lt=ends).order_by("-made_at", "-id").first()
        or rows.order_by("made_at", "id").first()
    )
    return answers_of([kept])[kept.pk] if kept else None


def steps_in(sequence: Sequence[str]) -> Steps:
    """Steps as a row keeps them."""
    return read_steps(sequence, care_catalogue())


def _recommendations(client_id: UUID) -> list[Recommendation]:
    return list(
        Recommendation.objects.filter(client_id=client_id)
        .defer("answer")
        .order_by("-made_at", "-id")
    )


def _day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def _placed_on(row: Agreement | InformedRefusal) -> date:
    return row.agreed_date if isinstance(row, Agreement) else row.refused_date


def _held(row: Position, found: Sequence[Found]) -> PositionHeld:
    steps = steps_in(row.sequence)
    before = (one for one in found if one.on <= row.said_date)
    by = next(before, found[-1] if found else None)
    return PositionHeld(row, steps, judge(steps, by.answer) if by else None)


def _story(
    positions: Sequence[PositionHeld],
    found: Sequence[Found],
    words: Sequence[Confirmation],
    agreements: Sequence[Agreement],
    refusals: Sequence[InformedRefusal],
    *,
    today: date,
    zone: str,
) -> Story:
    """Rows in the order of recording tell those of one day apart."""
    rows: list[Agreement | InformedRefusal] = [*agreements, *refusals]
    placed = sorted(rows, key=lambda one: one.recorded_at)
    moments: list[tuple[datetime, Settled]] = [
        (one.row.made_at, _settled(one)) for one in found if one.answer.highest
    ]
    stands = {one.row.pk for one in found}
    moments += [
        (one.confirmed_at, _overridden(one, zone))
        for one in words
        if one.overrides and one.recommendation_id in stands
    ]
    moments.sort(key=lambda one: one[0])
    return tell(
        said=[
            Said(one.row.said_date, one.row.number, Party(one.row.party), one.holder, one.steps)
            for one in positions
        ],
        settled=[
            Settled(one.on, order, one.low, one.high, one.acute)
            for order, (_, one) in enumerate(moments)
        ],
        placed=[
            Placed(_placed_on(one), order, steps_in(one.sequence), isinstance(one, InformedRefusal))
            for order, one in enumerate(placed)
        ],
        today=today,
        care=care_catalogue(),
    )


def _settled(one: Found) -> Settled:
    answer = one.answer
    if answer.level:
        return Settled(one.on, 0, answer.level, answer.level, answer.acute)
    low, high = answer.lowest, answer.highest
    if low is None or high is None:
        raise ValueError("a recommendation without an end has no height")
    return Settled(one.on, 0, low.level, high.level, low.acute)


def _overridden(row: Confirmation, zone: str) -> Settled:
    asked = asked_of(steps_in(row.sequence), care_catalogue())
    level = asked.package.level
    return Settled(_day(row.confirmed_at, zone), 0, level, level, asked.acute)
