"""What care will cost a person: with a plan, without one, and while parts of it are unknown.

All money is in whole cents. A plan's terms are what somebody at the plan said, and most first
calls leave gaps; a gap is never filled with a guess. The answer is then a range, from the least to
the most that the person could pay once every open point is known, and a list of those points.

A visit under a plan costs the person, in this order: the deductible that is left, as far as the
visit's allowed amount goes; of the rest the copay, at most that rest; of what then remains the
coinsurance. The sum stops at what is left of the out-of-pocket maximum.
Source: [C] how plans in the United States commonly count; each plan's own document decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from handrail.core.errors import Invalid
from handrail.core.money import percent_of

FULL = 100


class CostError(ValueError):
    """Figures that cannot be counted with; the message says what to put right."""


class NoBands(Invalid, CostError):
    """A sliding fee has at least one band."""

    field = "bands"


class BandPaysOutOfRange(Invalid, CostError):
    """What a band pays is not between nothing and all of the rate."""

    field = "bands"


class BandsDoNotRise(Invalid, CostError):
    """A band ends before the one before it does."""

    field = "bands"


class MorePaysLess(Invalid, CostError):
    """On this scale someone with more would pay less."""

    field = "bands"


class Said(StrEnum):
    """What the plan said to a question of yes or no. The value is stored: never change it."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Per(StrEnum):
    """How often a copay is due. The value is stored: never change it."""

    VISIT = "visit"
    DAY = "day"
    WEEK = "week"
    STAY = "stay"
    UNKNOWN = "unknown"


class Network(StrEnum):
    """Whether the plan counts this house as one of its own. The value is stored."""

    IN = "in"
    OUT = "out"
    UNKNOWN = "unknown"


class Open(StrEnum):
    """A point that is not known and could change what the person pays."""

    COVERED = "covered"
    NETWORK = "network"
    COPAY = "copay"
    COPAY_PER = "copay_per"
    COINSURANCE = "coinsurance"
    DEDUCTIBLE_APPLIES = "deductible_applies"
    DEDUCTIBLE = "deductible"
    DEDUCTIBLE_MET = "deductible_met"
    MAXIMUM = "maximum"
    MAXIMUM_MET = "maximum_met"
    ALLOWED = "allowed"
    CHARGE = "charge"
    BEYOND = "beyond"
    SECOND_PLAN = "second_plan"


@dataclass(frozen=True, slots=True)
class Course:
    """How much care is planned: sessions in all, and in a week. One session a day."""

    sessions: int
    per_week: int

    def __post_init__(self) -> None:
        if self.sessions < 0 or self.per_week < 1:
            raise CostError("A course has no less than no sessions, and at least one a week.")


@dataclass(frozen=True, slots=True)
class Terms:
    """What a plan said about one level of care. None is "not known"; 0 is "nothing".

    `coinsurance` is the person's part in percent. `maximum` is the most the person pays in a
    year; `has_maximum` is false where the plan said that there is none. `allowed` is what the
    plan counts for one session. `second_plan`: another plan may pay a part of what is left.
    """

    covered: Said = Said.UNKNOWN
    network: Network = Network.UNKNOWN
    copay: int | None = None
    copay_per: Per = Per.UNKNOWN
    coinsurance: int | None = None
    deductible_applies: Said = Said.UNKNOWN
    deductible: int | None = None
    deductible_met: int | None = None
    maximum: int | None = None
    maximum_met: int | None = None
    has_maximum: bool = True
    allowed: int | None = None
    second_plan: bool = False

    def __post_init__(self) -> None:
        amounts = (
            *(self.copay, self.deductible, self.deductible_met),
            *(self.maximum, self.maximum_met, self.allowed),
        )
        if any(one is not None and one < 0 for one in amounts):
            raise CostError("An amount is nothing or more.")
        if self.coinsurance is not None and not 0 <= self.coinsurance <= FULL:
            raise CostError("Coinsurance is between 0 and 100 percent.")


@dataclass(frozen=True, slots=True)
class Charges:
    """What the house asks for one session: in full, and of this person without a plan.

    `own` is lower than `full` where the sliding fee applies. None: no rate is set.
    """

    full: int | None = None
    own: int | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the person would pay, from the least to the most; `high` None: no most can be said.

    `open` are the points that are not known, in the order to ask them.
    """

    low: int
    high: int | None
    open: tuple[Open, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether the least and the most are one amount."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Visit:
    """Everything that decides what a person pays under a plan, with no gap left.

    `beyond` is what the house asks for a session on top of what the plan allows; it does not
    count toward the maximum. `left` None: there is no maximum.
    """

    allowed: int
    deductible: int
    copay: int
    per: Per
    coinsurance: int
    left: int | None
    beyond: int = 0


def pays(visit: Visit, course: Course) -> int:
    """What a person pays for a course under a plan whose terms are all known, in cents."""
    deductible, total = visit.deductible, 0
    for number in range(course.sessions):
        first = min(visit.allowed, deductible)
        deductible -= first
        rest = visit.allowed - first
        copay = min(visit.copay, rest) if _is_due(visit.per, number, course) else 0
        total += first + copay + percent_of(visit.coinsurance, rest - copay)
    if visit.left is not None:
        total = min(total, visit.left)
    return total + visit.beyond * course.sessions


def estimate(terms: Terms, course: Course, charges: Charges) -> Estimate:
    """What a person pays for a course, as far as it is known: a range that holds every outcome.

    While it is open whether the plan covers the level at all, the range reaches from the plan's
    least to the house's own fee, or the other way round.
    """
    low, high = _range(terms, course, charges)
    if terms.second_plan:
        low = 0
    return Estimate(low, high, () if low == high else open_points(terms, charges))


def _range(terms: Terms, course: Course, charges: Charges) -> tuple[int, int | None]:
    without = self_pay(course, charges.own)
    if terms.covered is Said.NO:
        return without.low, without.high
    low, high = pays(_best(terms), course), _most(terms, course, charges)
    if terms.covered is Said.YES:
        return low, high
    most = None if high is None or without.high is None else max(high, without.high)
    return min(low, without.low), most


def self_pay(course: Course, fee: int | None) -> Estimate:
    """What a person without a plan pays for a course at the house's fee for one session."""
    if course.sessions == 0:
        return Estimate(0, 0)
    if fee is None:
        return Estimate(0, None, (Open.CHARGE,))
    return Estimate(fee * course.sessions, fee * course.sessions)


def open_points(terms: Terms, charges: Charges) -> tuple[Open, ...]:
    """What is not known and could change the amount, in the order to ask it."""
    if terms.covered is Said.NO:
        second = (Open.SECOND_PLAN,) if terms.second_plan else ()
        return (Open.CHARGE, *second) if charges.own is None else second
    deductible = terms.deductible_applies is not Said.NO and terms.deductible != 0
    copay = terms.copay != 0
    by_amount = deductible or terms.coinsurance != 0 or terms.network is not Network.IN
    found = (
        (Open.COVERED, terms.covered is Said.UNKNOWN),
        (Open.NETWORK, terms.network is Network.UNKNOWN),
        (Open.COPAY, terms.copay is None),
        (Open.COPAY_PER, copay and terms.copay_per is Per.UNKNOWN),
        (Open.COINSURANCE, terms.coinsurance is None),
        (Open.DEDUCTIBLE_APPLIES, deductible and terms.deductible_applies is Said.UNKNOWN),
        (Open.DEDUCTIBLE, deductible and terms.deductible is None),
        (Open.DEDUCTIBLE_MET, deductible and terms.deductible_met is None),
        (Open.MAXIMUM, terms.has_maximum and terms.maximum is None),
        (Open.MAXIMUM_MET, terms.has_maximum and bool(terms.maximum) and terms.maximum_met is None),
        (Open.ALLOWED, terms.allowed is None and (by_amount or terms.copay is None)),
        (Open.CHARGE, _lacks_charge(terms, charges)),
        (Open.BEYOND, terms.network is Network.OUT),
        (Open.SECOND_PLAN, terms.second_plan),
    )
    return tuple(point for point, is_open in found if is_open)


def _is_due(per: Per, number: int, course: Course) -> bool:
    """Whether a copay falls due at the session of that number, counted from 0."""
    if per is Per.STAY:
        return number == 0
    return number % course.per_week == 0 if per is Per.WEEK else True


def _lacks_charge(terms: Terms, charges: Charges) -> bool:
    if terms.covered is Said.UNKNOWN and charges.own is None:
        return True
    return charges.full is None and (terms.allowed is None or terms.network is not Network.IN)


# ---- both ends of the range --------------------------------------------------------------------
# What a person pays grows with the deductible and the maximum left, the copay and how often it is
# due, the coinsurance and the allowed amount, each taken alone. So the ends of the range are the
# ends of every gap at once.


def _best(terms: Terms) -> Visit:
    """Every gap at its cheapest. The plan allows at least the copay where it names one."""
    applies = terms.deductible_applies is Said.YES
    known_left = terms.deductible is not None and terms.deductible_met is not None
    left = None
    if terms.has_maximum:
        known = terms.maximum is not None and terms.maximum_met is not None
        left = _left(terms.maximum, terms.maximum_met) if known else 0
    copay = terms.copay or 0
    return Visit(
        allowed=copay if terms.allowed is None else terms.allowed,
        deductible=(_left(terms.deductible, terms.deductible_met) if applies and known_left else 0),
        copay=copay,
        per=Per.STAY if terms.copay_per is Per.UNKNOWN else terms.copay_per,
        coinsurance=terms.coinsurance or 0,
        left=left,
    )


def _most(terms: Terms, course: Course, charges: Charges) -> int | None:
    """Every gap at its dearest; None where nothing bounds it."""
    if course.sessions == 0:
        return 0
    left = None
    if terms.has_maximum and terms.maximum is not None:
        left = _left(terms.maximum, terms.maximum_met)
    if terms.network is not Network.IN:
        return _most_out_of_network(terms, course, charges, left)
    allowed = _most_allowed(terms, charges)
    visit = None if allowed is None else _worst(terms, allowed, left, course)
    return left if visit is None else pays(visit, course)


def _most_out_of_network(
    terms: Terms, course: Course, charges: Charges, left: int | None
) -> int | None:
    """Outside the network the house may ask for the difference to its full charge, too."""
    if charges.full is None:
        return None
    if terms.allowed is None:
        dearest = max(charges.full, terms.copay or 0)
        return dearest * course.sessions
    visit = _worst(terms, terms.allowed, left, course)
    return pays(visit, course) + max(0, charges.full - terms.allowed) * course.sessions


def _most_allowed(terms: Terms, charges: Charges) -> int | None:
    """The most that a session can count for; None where nothing says so.

    A plan does not allow more than the house asks, but for a copay that is higher than that.
    Where only a known copay and deductible matter, any amount beyond both comes to the same.
    """
    if terms.allowed is not None:
        return terms.allowed
    if charges.full is not None:
        return max(charges.full, terms.copay or 0)
    applies = terms.deductible_applies is not Said.NO
    deductible = terms.deductible if applies else 0
    if terms.coinsurance == 0 and terms.copay is not None and deductible is not None:
        return deductible + terms.copay
    return None


def _worst(terms: Terms, allowed: int, left: int | None, course: Course) -> Visit:
    applies = terms.deductible_applies is not Said.NO
    everything = allowed * course.sessions
    deductible = (
        everything if terms.deductible is None else _left(terms.deductible, terms.deductible_met)
    )
    return Visit(
        allowed=allowed,
        deductible=deductible if applies else 0,
        copay=allowed if terms.copay is None else terms.copay,
        per=Per.VISIT if terms.copay_per is Per.UNKNOWN else terms.copay_per,
        coinsurance=FULL if terms.coinsurance is None else terms.coinsurance,
        left=left,
    )


def _left(whole: int | None, met: int | None) -> int:
    return max(0, (whole or 0) - (met or 0))


# ---- the sliding fee ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Band:
    """Households up to so many percent of the line pay so many percent of the rate."""

    up_to: int
    pays: int


@dataclass(frozen=True, slots=True)
class Scale:
    """A sliding fee: the yearly line for one person and each further one, in cents, and bands.

    Who is above the last band pays the rate in full. The line is usually the federal poverty
    guideline of the year; a director types it in, so that nothing here goes stale unseen.
    """

    line_one: int
    line_more: int
    bands: tuple[Band, ...]

    def line(self, household: int) -> int:
        """The yearly line of a household, in cents."""
        return self.line_one + self.line_more * (household - 1)


def check_scale(scale: Scale) -> None:
    """Refuse a scale on which someone with more would pay less. Raises CostError."""
    if scale.line_one <= 0 or scale.line_more < 0:
        raise CostError("The line for one person is more than nothing.")
    if not scale.bands:
        raise NoBands
    if any(one.up_to < 0 or not 0 <= one.pays <= FULL for one in scale.bands):
        raise BandPaysOutOfRange
    if not _rises([one.up_to for one in scale.bands], strictly=True):
        raise BandsDoNotRise
    if not _rises([one.pays for one in scale.bands], strictly=False):
        raise MorePaysLess


def share_of_rate(scale: Scale, *, household: int, income: int) -> int:
    """How many percent of the rate a household pays, by its yearly income in cents.

    Errors: CostError for a household of nobody or an income below nothing.
    """
    if household < 1 or income < 0:
        raise CostError("A household has at least one person, and an income of nothing or more.")
    line = scale.line(household)
    for band in scale.bands:
        if income * FULL <= band.up_to * line:
            return band.pays
    return FULL


def sliding_fee(rate: int, scale: Scale, *, household: int, income: int) -> int:
    """What the household pays for a session whose rate is this, in cents."""
    return percent_of(share_of_rate(scale, household=household, income=income), rate)


def _rises(numbers: Sequence[int], *, strictly: bool) -> bool:
    steps = pairwise(numbers)
    return all(after > before or (after == before and not strictly) for before, after in steps)
