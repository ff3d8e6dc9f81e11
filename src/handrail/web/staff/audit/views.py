"""The audit review: who did and saw what."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from handrail.areas.organizations import selectors
from handrail.core.access import RULES, Action
from handrail.core.dates import YEARS, read_day
from handrail.core.text import whole_number
from handrail.foundation.audit import selectors as audit_selectors
from handrail.foundation.audit import trail
from handrail.foundation.audit.models import AuditEntry
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest

WORDS = {str(rule.action): rule.words.replace("'", "’") for rule in RULES} | {
    "admission.first_contact": "Write down a call of the first days",
    "due.assign": "Assign what is due",
    "due.snooze": "Snooze what is due, with a reason",
    "due.wake": "Bring back what was snoozed",
    "waiting_list.attempt": "Log an attempt to reach someone who waits",
    "waiting_list.offer": "Write down what was offered to someone who waits",
    "waiting_list.end": "Take someone off the waiting list",
    "sign_in": "Sign in",
    "sign_in.failed": "Wrong password or code",
    "sign_out": "Sign out",
    "password.change": "Change their own password",
    "second_factor.add": "Add a second factor",
    "second_factor.remove": "Remove a second factor",
    "people.accept_invitation": "Accept an invitation",
    "session.write": "Write on a session’s board",
    "organization.switch": "Come in from another organization",
    str(Action.FOUND_ORGANIZATION): "Begin the organization",
    "refused": "Was refused",
    "client.change": "Change a client’s details",
    "contact.record": "Record a contact",
    "contact.end": "End a contact",
    "listed.record": "Record a diagnosis, medicine or allergy",
    "listed.end": "End a diagnosis, medicine or allergy",
    "coverage.record": "Record a client’s plan",
    "coverage.end": "End a client’s plan",
    "coverage.void": "Void a client’s plan",
    "coverage.check": "Record a benefit check",
    "coverage.income": "Record a declared income",
    "payer.record": "Record a payer",
    "payer.change": "Change a payer",
    "payer.end": "Take a payer off the list",
    "fees.rate": "Set a rate of the house",
    "fees.scale": "Set the sliding fee",
    "fees.void": "Void a rate or a sliding fee",
    "fees.house": "Change how the house stands on estimates",
    "baseline.record": "Record the medical baseline",
    "professional.record": "Record a professional outside",
    "professional.end": "End a professional outside",
    "assessment.sign": "Sign an assessment",
    "assessment.add": "Add to a signed assessment",
    "assessment.void": "Void an assessment",
    "assessment.find": "Record or correct findings",
    "outside_result.record": "Record a result of an outside instrument",
    "outside_result.void": "Void a result of an outside instrument",
    "counseling_note.sign": "Sign a counseling note",
    "counseling_note.add": "Add to a counseling note",
    "safety_plan.look": "Look at a safety plan again",
    "safety_plan.decline": "Record that no safety plan was wanted",
    "safety_plan.put_away": "Put away an unsigned safety plan",
    "screening.start": "Start a screening call",
    "screening.read": "Open a screening call",
    "screening.write": "Write an answer of a screening call",
    "screening.wrong_code": "Try a code of a self-check that does not fit",
    "screening.voice": "Say who is speaking in a screening call",
    "screening.hand_over": "Hand a screening call over",
    "screening.take_over_check": "Take over answers of a self-check",
    "screening.safety_task": "Open a safety task in a screening call",
    "screening.emergency": "Record a step in an emergency",
    "screening.recommended": "End a screening call with a recommendation",
    "screening.follow_up": "End a screening call, to call again",
    "screening.referred": "End a screening call, sent elsewhere",
    "refusal.record": "Record an informed refusal",
    "referral.send": "Send a referral",
    "referral.hear": "Record what was heard about a referral",
    "referral.expect_back": "Change the day of return",
    "position.void": "Void a position of the ledger",
    "referral.touch": "Record a call about a referral",
    "referral.end": "End a referral",
    "inquiry.change": "Change what an inquiry says",
    "inquiry.carry_on": "Carry an inquiry on",
    "inquiry.attempt": "Log an attempt to reach someone",
    "inquiry.close": "Close an inquiry",
    "inquiry.confide": "Write down what was told in confidence",
    "inquiry.open_chart": "Give an inquiry its chart",
    "inquiry.separate": "Take a merged inquiry out again",
    "recommendation.void": "Void a recommendation",
    "installation.upgrade": "Upgrade Handrail",
    "installation.restore": "Restore a backup",
    "listed.void": "Void a diagnosis, medicine or allergy",
    "consent.prepare": "Prepare a consent",
    "consent.end": "End a consent",
    "consent.put_away": "Put a consent away unsigned",
    "notice.give": "Give the notice about confidentiality",
    "notice.publish": "Publish a new version of the notice",
    "restriction.record": "Record a request to restrict",
    "restriction.lift": "Lift a restriction",
    "disclosure.queue": "Put something where it waits to leave",
    "disclosure.stop": "Stop something that waited to leave",
    "disclosure.refused": "Was refused: nothing covered a disclosure",
}
"""Every action of the trail in words, as the filter lists them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in words."""

    when: str
    who: str
    did: str
    about: str
    detail: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    """One page of the trail and what it was filtered by."""

    frame: Frame
    lines: tuple[Line, ...]
    people: tuple[tuple[str, str], ...]
    actions: tuple[tuple[str, str], ...]
    person: str
    action: str
    day: str
    zone: str
    problem: str
    older: str


@require_safe
@staff(Action.REVIEW_AUDIT)
def review(request: StaffRequest) -> HttpResponse:
    """A page of the trail. Looking at it is written into it, each time."""
    actor, zone = request.actor, request.rules.zone
    chosen = {key: request.GET.get(key, "") for key in ("person", "action", "day")}
    day, problem = _day(chosen["day"])
    before = request.GET.get("before", "")
    asked = {key: value for key, value in chosen.items() if value}
    trail.record(by=actor, action=Action.REVIEW_AUDIT, detail={"filter": asked} if asked else {})
    found, older = audit_selectors.entries(
        actor_id=chosen["person"][:100],
        action=chosen["action"][:100],
        day=day,
        zone=zone,
        before=whole_number(before),
    )
    names = dict(selectors.colleagues(by=actor))
    about = {f"membership:{key}": name for key, name in selectors.membership_names(by=actor)}
    page = AuditPage(
        frame=frame(request, "Audit review", here="staff:audit"),
        lines=tuple(_line(one, about, zone) for one in found),
        people=tuple(names.items()),
        actions=tuple(sorted(WORDS.items(), key=lambda pair: pair[1])),
        person=chosen["person"],
        action=chosen["action"],
        day=chosen["day"],
        zone=zone,
        problem=problem,
        older=f"?{urlencode({**asked, 'before': str(older)})}" if older else "",
    )
    return render(
        request, "staff/audit/audit.jinja", {"page": page}, status=400 if problem else 200
    )


def _day(text: str) -> tuple[date | None, str]:
    day = read_day(text.strip())
    if text and (day is None or day.year not in YEARS):
        return None, "That is not a day. Write it as 2026-11-24, or leave it empty."
    return day, ""


def _line(entry: AuditEntry, names: dict[str, str], zone: str) -> Line:
    known = [names[one] for one in entry.subjects if one in names]
    return Line(
        when=filters.moment(entry.recorded_at, zone),
        who=entry.actor_name,
        did=WORDS.get(entry.action, entry.action),
        about=", ".join(known),
        detail=_detail(entry.detail),
    )


def _detail(detail: dict[str, object]) -> str:
    """The detail in words: `roles: facilitator to facilitator, supervisor`."""
    return "; ".join(
        f"{key.replace('_', ' ')}: {_value(value)}" for key, value in sorted(detail.items())
    )


def _value(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key.replace('_', ' ')} {_value(one)}" for key, one in value.items())
    if isinstance(value, list) and len(value) == 2 and not isinstance(value[0], str):
        return f"{_value(value[0])} → {_value(value[1])}"
    if isinstance(value, list):
        return ", ".join(_value(one) for one in value)
    return str(value).replace("_", " ")
