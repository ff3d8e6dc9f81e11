"""A referral as the pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from handrail.areas.referrals.models import ReferralTouch
from handrail.areas.referrals.selectors.referrals import ReferralRead
from handrail.core.referrals import State
from handrail.web.kit import filters
from handrail.web.staff.referrals import words
from handrail.web.staff.referrals.words import Choices


@dataclass(frozen=True, slots=True)
class StepLine:
    """What was heard: on which day, what, from whom."""

    day: str
    what: str
    said: str


@dataclass(frozen=True, slots=True)
class TouchLine:
    """A day to get in touch, or what was heard on one."""

    touch_id: UUID
    day: str
    why: str
    due: bool
    words: str


@dataclass(frozen=True, slots=True)
class ReferralView:
    """One referral: where to, where it stands, its papers, when they are back, and what is next.

    `stopped` says why papers that waited will not leave; `sends` whether it waits to be sent;
    `prints` whether its papers can be printed: on the day they left, `left_today`.
    """

    referral_id: UUID
    client_id: UUID
    client: str
    to: str
    level: str
    why: str
    mark: str
    stands: str
    since: str
    expected: str
    overdue: bool
    back_to: str
    owner: str
    phone: str
    fax: str
    papers: str
    stopped: str
    covered: str
    sends: bool
    prints: bool
    over: bool
    ended: str
    there: bool
    hears: Choices
    steps: tuple[StepLine, ...]
    to_come: tuple[TouchLine, ...]
    done: tuple[TouchLine, ...]


def view(read: ReferralRead, today: date, zone: str) -> ReferralView:
    """The referral in words."""
    one, papers = read.referral, read.disclosure
    stopped = papers.stopped_why if papers and papers.state == "stopped" else ""
    return ReferralView(
        referral_id=one.pk,
        client_id=one.client_id,
        client=read.client.name,
        to=one.to_name,
        level=words.level(one.level),
        why=one.why,
        mark="risk" if stopped or read.is_overdue(today) else words.MARKS[read.state],
        stands=words.means(one.state),
        since=filters.short_day(one.since_date),
        expected=filters.day(one.expected_return_date) if one.expected_return_date else "",
        overdue=read.is_overdue(today),
        back_to=words.level(one.back_to) if one.back_to else "",
        owner=read.owner,
        phone=one.to_phone,
        fax=one.to_fax,
        papers=words.told(papers.contents) if papers else "",
        stopped=stopped,
        covered=papers.scope if papers else "",
        sends=read.state is State.PREPARED and not stopped,
        prints=left_today(read, today, zone),
        over=one.is_over,
        ended=one.ended_why,
        there=read.state is State.ADMITTED,
        hears=words.heard(read.state),
        steps=tuple(_steps(read, zone)),
        to_come=tuple(_touches(read.to_come, today)),
        done=tuple(_touches(read.done, today)),
    )


def left_today(read: ReferralRead, today: date, zone: str) -> bool:
    """Whether the papers left today. Later the chart says more than what was accounted for."""
    left = read.disclosure.left_at if read.disclosure and read.disclosure.state == "sent" else None
    return left is not None and left.astimezone(ZoneInfo(zone)).date() == today


def _steps(read: ReferralRead, zone: str) -> Iterable[StepLine]:
    for one in read.steps:
        told = f"Told by {one.said_by}. " if one.said_by else ""
        back = filters.short_day(one.expected_return_date) if one.expected_return_date else ""
        expected = f" Expected back {back}." if back and one.state == "admitted" else ""
        yield StepLine(
            day=filters.short_day(one.on_date),
            what=words.means(one.state),
            said=f"{told}{one.words}{expected} Written down by {one.recorded_by}, "
            f"{filters.moment(one.recorded_at, zone)}.",
        )


def _touches(rows: Iterable[ReferralTouch], today: date) -> Iterable[TouchLine]:
    for one in rows:
        yield TouchLine(
            touch_id=one.pk,
            day=filters.short_day(one.due_date),
            why=one.why,
            due=one.due_date <= today,
            words=f"{one.words} ({one.done_by})" if one.done_at else "",
        )
