"""The Consents tab: who may be told what and until when, notices, restrictions, what waits."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from handrail.areas.consents import selectors
from handrail.areas.consents.models import Consent, NoticeGiven, Restriction, RestrictionAnswer
from handrail.areas.consents.selectors.consents import OnFile
from handrail.areas.consents.selectors.disclosures import Waiting
from handrail.core.access import Action, can_access
from handrail.core.consents import ConsentKind, Ended, RecipientKind, cannot_take_back
from handrail.data import deadlines
from handrail.foundation import clock
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.forms import Form
from handrail.web.kit.page import Frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients.chart import ChartFrame, chart_frame
from handrail.web.staff.consents import words
from handrail.web.staff.consents.forms import RestrictionForm, StopForm


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One consent at a glance. `mark` and `state` say how it stands."""

    consent_id: UUID
    title: str
    to: str
    what: str
    until: str
    mark: str
    state: str
    signed: str


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One time the notice was given."""

    version: str
    when: str
    by: str
    said: str


@dataclass(frozen=True, slots=True)
class RestrictionLine:
    """One request to restrict, with its answer."""

    restriction_id: UUID
    whom: str
    what: str
    asked: str
    answer: str
    when: str
    lifted: str
    holds: bool


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """Something that waits to leave or was stopped, and what stands against it."""

    disclosure_id: UUID
    what: str
    to: str
    when: str
    waits: bool
    mark: str
    state: str
    stop: Form


@dataclass(frozen=True, slots=True)
class Allowed:
    """What of it the reader may do."""

    record: bool
    revoke: bool
    disclose: bool
    except_: bool


@dataclass(frozen=True, slots=True)
class ConsentsPage:
    """Everything on the tab, with the one form that was filled in wrongly, if any."""

    chart: ChartFrame
    hold: tuple[ConsentLine, ...]
    prepared: tuple[ConsentLine, ...]
    over: tuple[ConsentLine, ...]
    kinds: tuple[tuple[str, str, str], ...]
    notices: tuple[NoticeLine, ...]
    restrictions: tuple[RestrictionLine, ...]
    waiting: tuple[WaitingLine, ...]
    allowed: Allowed
    how: words.Choices
    restriction: Form

    @property
    def frame(self) -> Frame:
        """The frame of the site."""
        return self.chart.frame


@require_safe
@staff(Action.READ_CHART)
def chart_consents(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """The Consents tab."""
    return show(request, client_id)


def show(request: StaffRequest, client_id: UUID, posted: Form | None = None) -> HttpResponse:
    """The Consents tab, with a form that has something wrong in it (or none)."""
    actor, zone = request.actor, request.rules.zone
    framed = chart_frame(request, client_id, "staff:chart_consents")
    today = framed.today
    found = selectors.consents_of(client_id, by=actor, on=today)
    page = ConsentsPage(
        chart=framed,
        hold=tuple(consent_line(one, today) for one in found if one.standing.holds),
        prepared=tuple(consent_line(one, today) for one in found if is_prepared(one.row)),
        over=tuple(
            consent_line(one, today)
            for one in found
            if not one.standing.holds and one.row.signed_at is not None
        ),
        kinds=tuple((kind, ConsentKind(kind).words, said) for kind, said in words.FOR.items()),
        notices=tuple(_notice(one, zone) for one in selectors.notices_of(client_id, by=actor)),
        restrictions=tuple(
            _restriction(one) for one in selectors.restrictions_of(client_id, by=actor)
        ),
        waiting=tuple(
            _waiting(one, zone, posted) for one in selectors.queue_of(client_id, by=actor, on=today)
        ),
        allowed=Allowed(
            record=can_access(actor, Action.RECORD_CONSENT),
            revoke=can_access(actor, Action.REVOKE_CONSENT),
            disclose=can_access(actor, Action.DISCLOSE),
            except_=can_access(actor, Action.DISCLOSE_WITHOUT_CONSENT),
        ),
        how=words.HOW,
        restriction=RestrictionForm().unless(posted),
    )
    status = posted.status if posted else 200
    return render(request, "staff/consents/consents.jinja", {"page": page}, status=status)


def consent_line(one: OnFile, today: date) -> ConsentLine:
    """A consent in a line."""
    row = one.row
    mark, state = _state(one, today)
    to = words.theirs("; ".join(named.words for named in one.consent.named))
    return ConsentLine(
        consent_id=row.pk,
        title=ConsentKind(row.kind).words,
        to=to[0].upper() + to[1:] if to else "A contact who has ended",
        what=words.told(row.contents),
        until=filters.plain_date(row.expires_date) if row.expires_date else row.expires_when,
        mark=mark,
        state=state,
        signed=signed_words(row),
    )


def signed_words(row: Consent) -> str:
    """When, how and before whom it was signed."""
    if row.signed_date is None:
        return ""
    who = row.signed_name + (f" ({row.authority})" if row.authority else "")
    how = f"{words.signed_how(row.signed_how)}, {words.signed_where(row.signed_where)}"
    return f"{filters.plain_date(row.signed_date)} by {who}, {how}; witness {row.witnessed_by}"


def is_prepared(row: Consent) -> bool:
    """Whether it waits to be signed."""
    return row.signed_at is None and row.ended_at is None


def _state(one: OnFile, today: date) -> tuple[str, str]:
    row = one.row
    if one.standing.holds and row.expires_date:
        days = (row.expires_date - today).days
        if days <= deadlines().consent_ends.days:
            return "watch", f"Runs out {filters.until(days)}"
    if one.standing.holds:
        barred = cannot_take_back(one.consent, today)
        return "ok", "Holds" + (f". {barred}" if barred else "")
    if is_prepared(row):
        return "wait", f"Prepared by {row.prepared_by}, not signed"
    if row.ended and row.ended_date:
        said = Ended(row.ended).words
        return "wait", f"{said[0].upper()}{said[1:]} {filters.plain_date(row.ended_date)}"
    return "wait", one.standing.words[0].upper() + one.standing.words[1:]


def _notice(one: NoticeGiven, zone: str) -> NoticeLine:
    said = f"acknowledged by {one.signed_name}" if one.signed_name else ""
    return NoticeLine(
        version=one.notice.version,
        when=filters.moment(one.given_at, zone),
        by=one.given_by,
        said=said or f"not signed: {one.not_signed_why}",
    )


def _restriction(one: Restriction) -> RestrictionLine:
    answer = str(RestrictionAnswer(one.answer).label)
    paid = "; paid in full out of pocket" if one.paid_in_full else ""
    kind = RecipientKind(one.recipient_kind).words
    return RestrictionLine(
        restriction_id=one.pk,
        whom=one.recipient_name or kind,
        what=words.told(one.contents) or "Everything",
        asked=one.asked,
        answer=f"{answer}{paid}" + (f": {one.answer_why}" if one.answer_why else ""),
        when=f"{filters.plain_date(one.since_date)}, {one.recorded_by}",
        lifted=f"{filters.plain_date(one.ended_date)}, {one.ended_by}" if one.ended_date else "",
        holds=one.answer == RestrictionAnswer.AGREED and one.ended_date is None,
    )


def _waiting(one: Waiting, zone: str, posted: Form | None) -> WaitingLine:
    row = one.row
    waits = row.state == "queued"
    state = "May leave"
    if waits and one.against:
        state = f"Cannot leave now. {one.against}"
    elif not waits and row.stopped_at:
        state = f"Stopped {filters.moment(row.stopped_at, zone)} by {row.stopped_by}. {one.against}"
    return WaitingLine(
        disclosure_id=row.pk,
        what=row.what,
        to=row.recipient_name,
        when=f"{filters.moment(row.asked_at, zone)}, {row.asked_by}",
        waits=waits,
        mark="ok" if waits and not one.against else "watch",
        state=state,
        stop=StopForm(key=f"stop-{row.pk}").unless(posted),
    )


def today_of(request: StaffRequest) -> date:
    """The calendar day at the organization."""
    return clock.today(request.rules.zone)
