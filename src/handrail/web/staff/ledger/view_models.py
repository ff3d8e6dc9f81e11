"""Positions, agreements and refusals in the words of the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from handrail.areas.ledger.models import Agreement, InformedRefusal, Position
from handrail.areas.ledger.selectors.ledger import Found, Ledger, PositionHeld, holder_of, steps_in
from handrail.areas.recommendations.models import Confirmation
from handrail.core.ledger.agreements import LeftOut
from handrail.core.ledger.positions import Judged, Party, Steps, in_short, in_words, is_home, judge
from handrail.core.levels import Care
from handrail.core.placement import words
from handrail.data import care_catalogue, ledger_rules
from handrail.web.kit import filters


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A need that would be left out: in a clinician's words, in plain words, and why it is one."""

    name: str
    plain: str
    because: str
    floor: bool


@dataclass(frozen=True, slots=True)
class JudgedShown:
    """What the page says of something asked for, before or after it is kept."""

    asked: str
    verdict: str
    kind: str
    gives_up: tuple[GivenUp, ...]
    may_give_up: tuple[str, ...]
    comes_with: str
    beyond: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: a position, an agreement, or a refusal. `kind` is the party, or
    agreed, or refused.
    """

    row_id: UUID
    kind: str
    day: str
    who: str
    holder: str
    asks: str
    added: str
    reason: str
    evidence: str
    withheld: bool
    leaves_out: str
    floor: bool
    instead: tuple[str, ...]
    more: tuple[str, ...]
    recorded: str


@dataclass(frozen=True, slots=True)
class Glance:
    """The three things to see first: what is indicated, what is in place, what lies between."""

    indicated: str
    indicated_by: str
    placed: str
    placed_since: str
    refused: bool
    distance: str
    distance_more: str
    is_short: bool


@dataclass(frozen=True, slots=True)
class Word:
    """A clinician's word on a recommendation, as it is shown."""

    confirmation_id: UUID
    said: str
    reason: str
    by: str
    co_signed: str
    waits: bool
    mine: bool


_NAMED = 2
"""How many needs are named at a glance."""
_KINDS = {
    "reasonable": "That is reasonable: it leaves out nothing that was found to be needed.",
    "gives_up": "This would leave something out.",
    "open": "It may be enough: a safety question is still open.",
    "more_than_needed": "This is more than was found to be needed.",
    "outside_population": "The criteria were not made for this person: only the floor is judged.",
}


def judged_shown(steps: Steps, judged: Judged) -> JudgedShown:
    """What something asked for gives up, in both voices."""
    care = care_catalogue()
    return JudgedShown(
        asked=in_words(steps, care),
        verdict=_KINDS[judged.verdict],
        kind="floor" if judged.floor else judged.verdict,
        gives_up=tuple(
            GivenUp(need.name, need.leaves_out, " ".join(need.because), need.floor)
            for need in judged.gives_up
        ),
        may_give_up=tuple(care.needs[code].leaves_out for code in judged.may_give_up),
        comes_with=words.listing([care.facets[one].name for one in judged.comes_with], "and"),
        beyond=words.listing([care.name(one) for one in judged.beyond], "and"),
    )


def _added(steps: Steps) -> str:
    """What is added that the few words leave out."""
    care = care_catalogue()
    codes = [code for step in steps for code in step.codes[1:] if not is_home(code, care)]
    return words.listing([care.facets[code].name for code in dict.fromkeys(codes)], "and")


def _on(day: date, today: date) -> str:
    return filters.short_day(day) if day.year == today.year else filters.day(day)


def rows_of(ledger: Ledger, zone: str) -> tuple[Row, ...]:
    """Everything asked for, agreed and refused, the newest first; of one day what was placed
    stands above what was asked for.
    """
    found = [
        *(
            (one.agreed_date, 1, one.recorded_at, _agreed(one, ledger.story.last))
            for one in ledger.agreements
        ),
        *(
            (one.refused_date, 1, one.recorded_at, _refused(one, zone, ledger.story.last))
            for one in ledger.refusals
        ),
        *(
            (one.row.said_date, 0, one.row.recorded_at, _position(one, ledger.story.last))
            for one in ledger.positions
        ),
    ]
    found.sort(key=lambda one: one[:3], reverse=True)
    return tuple(one[3] for one in found)


def _position(held: PositionHeld, today: date) -> Row:
    row, judged = held.row, held.judged
    party = Party(row.party)
    return Row(
        row_id=row.pk,
        kind=party.value,
        day=_on(row.said_date, today),
        who=party.words,
        holder=held.holder,
        asks=in_short(held.steps, care_catalogue()),
        added=_added(held.steps),
        reason=row.reason,
        evidence=row.evidence,
        withheld=row.withheld_from_client,
        leaves_out=leaves_out(judged) if judged else "Nothing was found yet",
        floor=bool(judged and judged.floor),
        instead=(),
        more=(),
        recorded=row.recorded_by,
    )


def position_words(row: Position) -> str:
    """A position in one line: who asks for what, since when."""
    holder = holder_of(row)
    who = Party(row.party).words + (f", {holder}" if holder else "")
    asks = in_short(steps_in(row.sequence), care_catalogue())
    return f"{who}: {asks}, {filters.day(row.said_date)}"


def voids_of(ledger: Ledger, zone: str) -> tuple[str, ...]:
    """That positions were voided, by whom and why; what they asked for belongs to someone else."""
    return tuple(
        f"A position written down {filters.moment(one.position.recorded_at, zone)} is void: "
        f"{one.reason.rstrip('.')}. {one.voided_by}, {filters.moment(one.voided_at, zone)}."
        for one in ledger.voids
    )


def leaves_out(judged: Judged) -> str:
    """What a position leaves out, in a few words for a table."""
    if judged.gives_up:
        return _sentence([need.leaves_out for need in judged.gives_up])
    if judged.may_give_up:
        needs = care_catalogue().needs
        return f"Perhaps: {'; '.join(needs[code].leaves_out for code in judged.may_give_up)}"
    return "Nothing; more than was indicated" if judged.beyond else "Nothing"


def _agreed(row: Agreement, today: date) -> Row:
    unmet = list(row.unmet.all())
    needs = care_catalogue().needs
    accepted = words.listing([Party(one).words.lower() for one in row.accepted_by], "and")
    return Row(
        row_id=row.pk,
        kind="agreed",
        day=_on(row.agreed_date, today),
        who="Agreed",
        holder="",
        asks=in_short(steps_in(row.sequence), care_catalogue()),
        added=_added(steps_in(row.sequence)),
        reason=row.words,
        evidence="",
        withheld=False,
        leaves_out=_sentence([needs[one.need].leaves_out for one in unmet]) or "Nothing",
        floor=False,
        instead=tuple(dict.fromkeys(one.mitigation for one in unmet)),
        more=(f"Accepted by {accepted}. Look again {filters.short_day(row.review_date)}.",),
        recorded=row.recorded_by,
    )


def _refused(row: InformedRefusal, zone: str, today: date) -> Row:
    needs = care_catalogue().needs
    left = [needs[code].leaves_out for code in (*row.needs, *row.also_unmet)]
    return Row(
        row_id=row.pk,
        kind="refused",
        day=_on(row.refused_date, today),
        who="Informed refusal",
        holder="",
        asks=in_short(steps_in(row.sequence), care_catalogue()),
        added=_added(steps_in(row.sequence)),
        reason=f"Explained by {row.explained_by}: {row.explained}",
        evidence="",
        withheld=False,
        leaves_out=_sentence(left),
        floor=True,
        instead=(row.offered,),
        more=(
            f"{row.physician} was told {filters.moment(row.physician_told_at, zone)}. "
            f"We call again {filters.short_day(row.call_again_date)}.",
        ),
        recorded=row.recorded_by,
    )


def _sentence(parts: Sequence[str]) -> str:
    said = "; ".join(parts)
    return said[:1].upper() + said[1:]


# ---- at a glance -------------------------------------------------------------------------------


def glance_of(ledger: Ledger, zone: str) -> Glance:
    """Indicated, in place, and the distance between them."""
    standing, placed = ledger.standing, ledger.placed
    indicated, by = _indicated(standing, zone)
    care = care_catalogue()
    left = _left(ledger)
    return Glance(
        indicated=indicated,
        indicated_by=by,
        placed=in_short(steps_in(placed.sequence), care) if placed else "Nothing yet",
        placed_since=_since(placed),
        refused=isinstance(placed, InformedRefusal),
        distance=_sentence(left[:_NAMED]) if left else _no_distance(ledger),
        distance_more=_more(ledger, left),
        is_short=bool(left) or isinstance(placed, InformedRefusal),
    )


def _indicated(standing: Found | None, zone: str) -> tuple[str, str]:
    if standing is None:
        return "Not known yet", "no recommendation stands"
    care, over = care_catalogue(), standing.overridden
    if over:
        said = in_short(steps_in(over.sequence), care)
        day = filters.short_day(filters.local_day(over.confirmed_at, zone))
        return said, f"{over.confirmed_by} put it in the place of what was found, {day}"
    answer, row = standing.answer, standing.row
    on = filters.short_day(filters.local_day(row.made_at, zone))
    rules = f"{row.criteria.replace('-', ' ')}, v{row.criteria_version}, {on}"
    if answer.level is None:
        return words.where(answer), rules
    homes = [
        care.facets[one].name
        for one in (answer.packages[0].facets if answer.packages else ())
        if is_home(one, care)
    ]
    level = care.levels[answer.level].short_name
    acute = [care.acute_places[one].short_name for one in answer.acute]
    said = words.listing([level, *homes], "and")
    return ", then ".join([*acute, said]), rules


def _since(placed: Agreement | InformedRefusal | None) -> str:
    if placed is None:
        return "nothing is agreed"
    if isinstance(placed, InformedRefusal):
        return f"accepted {filters.short_day(placed.refused_date)}, the rest refused"
    look = filters.short_day(placed.review_date)
    return f"since {filters.short_day(placed.agreed_date)}; look again {look}"


def _left(ledger: Ledger) -> list[str]:
    """What is in place leaves out of what stands now."""
    placed, standing, needs = ledger.placed, ledger.standing, care_catalogue().needs
    if isinstance(placed, InformedRefusal):
        return [needs[code].leaves_out for code in (*placed.needs, *placed.also_unmet)]
    if placed is None or standing is None:
        return []
    known = {one.need for one in placed.unmet.all()}
    now = judged_now(ledger)
    more = {need.code for need in now.gives_up} if now else set()
    return [need.leaves_out for code, need in needs.items() if code in known | more]


def judged_now(ledger: Ledger) -> Judged | None:
    """What is in place, held against what stands now: it may have been found since."""
    placed, standing = ledger.placed, ledger.standing
    if placed is None or standing is None:
        return None
    return judge(steps_in(placed.sequence), standing.answer)


def _no_distance(ledger: Ledger) -> str:
    if ledger.placed is None:
        return "Nothing is in place"
    judged = judged_now(ledger)
    if judged is None:
        return "Not known yet"
    return "More than indicated" if judged.beyond else "None"


def _more(ledger: Ledger, left: Sequence[str]) -> str:
    placed = ledger.placed
    if isinstance(placed, InformedRefusal):
        said = f"and {len(left) - _NAMED} more; " if len(left) > _NAMED else ""
        return f"{said}call again {filters.short_day(placed.call_again_date)}"
    if placed is None:
        return "record what is asked for, then what is agreed"
    if not left:
        return f"{filters.counted(ledger.story.days_short, 'day')} short so far"
    instead = list(dict.fromkeys(one.mitigation for one in placed.unmet.all()))
    said = f"and {len(left) - _NAMED} more; " if len(left) > _NAMED else ""
    return f"{said}instead: {instead[0]}" if instead else f"{said}nothing stands in for it yet"


# ---- a clinician's word, what would be left ------------------------------------------------------


def word_of(row: Confirmation, zone: str, person: str) -> Word:
    """A confirmation or an override in words."""
    when = filters.moment(row.confirmed_at, zone)
    said = "Confirmed"
    if row.overrides:
        said = f"Overridden: {in_words(steps_in(row.sequence), care_catalogue())}"
    signed = ""
    if row.co_signed_at:
        signed = f"Co-signed by {row.co_signed_by}, {filters.moment(row.co_signed_at, zone)}"
    return Word(
        confirmation_id=row.pk,
        said=said,
        reason=f"{ledger_rules().reason_words(row.reason_code)}: {row.reason}"
        if row.reason
        else "",
        by=f"{row.confirmed_by}, {when}",
        co_signed=signed,
        waits=row.needs_co_signature and not row.co_signed_at,
        mine=is_word_of(row, person),
    )


def is_word_of(row: Confirmation, person: str) -> bool:
    """Whether the word is this person's own."""
    return row.confirmed_by_place is not None and str(row.confirmed_by_place.user_id) == person


@dataclass(frozen=True, slots=True)
class LeftShown:
    """A need that an agreement leaves unmet, with what is typed to stand in for it."""

    code: str
    name: str
    plain: str
    typed: str
    problem: str


def floor_words(left: LeftOut, care: Care) -> tuple[str, ...]:
    """The floor needs that a sequence leaves out for sure or perhaps."""
    return (
        *(need.name for need in left.floor),
        *(f"{care.needs[code].name} (a safety question is open)" for code in left.open_floor),
    )


def day_after(day: date, days: int) -> str:
    """A day to begin a field with: 12/1/2026."""
    then = day + timedelta(days=days)
    return f"{then.month}/{then.day}/{then.year}"
