"""What all services of inquiries share: holding a row, its next step and owner, its log."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from handrail.areas.clients.services.entering import local_day, one_line
from handrail.areas.inquiries import errors
from handrail.areas.inquiries.models import Inquiry, InquiryEvent
from handrail.areas.organizations.models import Membership
from handrail.areas.worklist.services import refresh_due
from handrail.core.access import Action, Actor, NotHere, Role, Subject, can_access, check_access
from handrail.core.errors import Invalid, too_long
from handrail.foundation.audit import trail

LONGEST_STEP = 200
LONGEST_REASON = 300


def locked(inquiry_id: UUID, by: Actor, action: Action = Action.TAKE_INQUIRY) -> Inquiry:
    """The inquiry, held until the transaction ends, once `by` may do `action`."""
    check_access(by, action)
    found = (
        Inquiry.objects.select_for_update()
        .filter(organization_id=by.organization_id, pk=inquiry_id)
        .first()
    )
    if found is None:
        raise NotHere
    check_access(by, action, Subject(found.organization_id))
    return found


def check_open(inquiry: Inquiry) -> None:
    """Raises Ended or GoOnThere when it has ended: open it again first."""
    if inquiry.merged_into_id:
        raise errors.GoOnThere
    if not inquiry.is_open:
        raise errors.Ended(inquiry.stage, inquiry.closed_by)


def step_problems(
    next_step: str, day: date | None, owner_id: UUID | None, by: Actor, at: datetime
) -> list[Invalid]:
    """What is wrong with a next step: nobody to do it, no day, or a day that has passed."""
    said = one_line(next_step)
    wrong = too_long({"next_step": said}, {"next_step": LONGEST_STEP})
    if not said:
        wrong.append(errors.NoNextStep())
    if day is None:
        wrong.append(errors.NoDayForStep())
    elif day < local_day(at, by):
        wrong.append(errors.StepInThePast())
    if owner_id is None or not may_own(owner_id, by):
        wrong.append(errors.NobodyForStep())
    return wrong


def may_own(membership_id: UUID, by: Actor) -> bool:
    """Whether this is an active colleague whose role works with inquiries."""
    return any(one.pk == membership_id for one in colleagues(by))


def colleagues(by: Actor) -> list[Membership]:
    """Active colleagues whose roles work with inquiries, by name."""
    rows = Membership.objects.filter(
        organization_id=by.organization_id, deactivated_at__isnull=True
    ).select_related("user")
    return [one for one in rows.order_by("user__name", "id") if _takes_inquiries(one)]


def owner_of_new(by: Actor) -> UUID | None:
    """Whose a new inquiry is when nobody says: the one who takes it, else someone at intake.

    Among several at intake it is who has the fewest open ones.
    """
    able = colleagues(by)
    for one in able:
        if str(one.user_id) == by.id:
            return one.pk
    intake = [one for one in able if Role.INTAKE_COORDINATOR in one.role_set]
    return _least_busy(intake or able)


def write_event(
    inquiry: Inquiry,
    kind: str,
    *,
    by: Actor,
    at: datetime,
    words: str = "",
    how: str = "",
    result: str = "",
    other: Inquiry | None = None,
) -> InquiryEvent:
    """Put a line into the inquiry's log, with where it stands now; what is due follows."""
    made = InquiryEvent.objects.create(
        organization_id=inquiry.organization_id,
        inquiry=inquiry,
        kind=kind,
        how=how,
        result=result,
        words=words,
        stage=inquiry.stage,
        next_step=inquiry.next_step if inquiry.is_open else "",
        next_step_date=inquiry.next_step_date if inquiry.is_open else None,
        owner_name=inquiry.owner.user.name,
        other_inquiry=other,
        happened_at=at,
        recorded_by=by.name,
    )
    refresh_due(inquiry, by=by, at=at)
    return made


def subjects_of(*inquiries: Inquiry) -> list[str]:
    """How the trail names these inquiries, and the clients they belong to."""
    named = [trail.subject("inquiry", one.pk) for one in inquiries]
    return named + [trail.subject("client", one.client_id) for one in inquiries if one.client_id]


def _takes_inquiries(place: Membership) -> bool:
    person = Actor(str(place.user_id), place.user.name, place.organization_id, place.role_set)
    return can_access(person, Action.TAKE_INQUIRY)


def _least_busy(able: Collection[Membership]) -> UUID | None:
    if not able:
        return None
    open_now = Inquiry.objects.filter(
        owner__in=[one.pk for one in able], closed_at__isnull=True
    ).values_list("owner_id", flat=True)
    load = list(open_now)
    return min(able, key=lambda one: (load.count(one.pk), one.user.name, one.pk)).pk
