"""Reading referrals: of one person, of the house, and what is due about them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from handrail.areas.clients.models import Client, Episode
from handrail.areas.consents.models import Disclosure
from handrail.areas.organizations.models import Membership
from handrail.areas.referrals.models import Referral, ReferralStep, ReferralTouch
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.referrals import State, is_overdue

_SHOWN = 200


@dataclass(frozen=True, slots=True)
class ReferralRead:
    """A referral with what was heard, the newest first, and the days to get in touch, in order."""

    referral: Referral
    client: Client
    owner: str
    disclosure: Disclosure | None
    steps: tuple[ReferralStep, ...]
    to_come: tuple[ReferralTouch, ...]
    done: tuple[ReferralTouch, ...]

    @property
    def state(self) -> State:
        """Where it stands."""
        return State(self.referral.state)

    def is_overdue(self, today: date) -> bool:
        """Whether the person is expected back and has not come."""
        return is_overdue(self.state, self.referral.expected_return_date, today)


def referrals_of(client_id: UUID, *, by: Actor) -> tuple[ReferralRead, ...]:
    """The referrals of one person, the newest first."""
    check_access(by, Action.READ_CHART)
    if not Client.objects.filter(pk=client_id).exists():
        raise NotHere
    return tuple(_all(Referral.objects.filter(client_id=client_id).order_by("-made_at", "-id")))


def referral(referral_id: UUID, *, by: Actor) -> ReferralRead:
    """One referral. Raises NotHere for another organization's."""
    check_access(by, Action.READ_CHART)
    for found in _all(Referral.objects.filter(pk=referral_id)):
        return found
    raise NotHere


def expected_back(*, by: Actor) -> tuple[ReferralRead, ...]:
    """Everyone who is expected back or whose referral is still open, the next return first."""
    check_access(by, Action.READ_CHART)
    open_ones = Referral.objects.filter(ended_at__isnull=True)
    return tuple(
        _all(open_ones.order_by(F("expected_return_date").asc(nulls_last=True), "made_at", "id"))
    )


def whose_referral(referral_id: UUID, *, by: Actor) -> UUID:
    """The client a referral is about. Raises NotHere."""
    check_access(by, Action.READ_CHART)
    found = Referral.objects.filter(pk=referral_id).values_list("client_id", flat=True).first()
    if found is None:
        raise NotHere
    return found


def referral_of_touch(touch_id: UUID, *, by: Actor) -> UUID:
    """The referral that a day to get in touch belongs to. Raises NotHere."""
    check_access(by, Action.READ_CHART)
    found = ReferralTouch.objects.filter(pk=touch_id).values_list("referral_id", flat=True).first()
    if found is None:
        raise NotHere
    return found


def referral_back(client_id: UUID, *, by: Actor) -> Referral | None:
    """The referral from which someone comes back: expected, or back and not in care yet."""
    check_access(by, Action.READ_CHART)
    there = Referral.objects.filter(client_id=client_id, state=State.ADMITTED.value)
    expected = there.order_by("expected_return_date").first()
    return expected or _without_care().filter(client_id=client_id).first()


def _without_care() -> QuerySet[Referral]:
    """Who is back, and neither in care nor admitted since; the newest return first."""
    care = Episode.objects.filter(client=OuterRef("client")).filter(
        Q(closed_date__isnull=True) | Q(opened_date__gte=OuterRef("since_date"))
    )
    back = Referral.objects.filter(~Exists(care), state=State.RETURNED.value)
    return back.exclude(back_to="").order_by("-since_date", "-id")


def who_can_own(*, by: Actor) -> tuple[tuple[UUID, str], ...]:
    """The colleagues who can keep track of a referral: id and name."""
    check_access(by, Action.READ_CHART)
    rows = Membership.objects.filter(
        organization_id=by.organization_id, deactivated_at__isnull=True
    ).select_related("user")
    return tuple((one.pk, one.user.name) for one in rows.order_by("user__name"))


def _all(found: QuerySet[Referral]) -> Iterator[ReferralRead]:
    rows = found.select_related("client", "owner__user", "disclosure").prefetch_related(
        Prefetch("steps", ReferralStep.objects.order_by("-recorded_at", "-id")),
        Prefetch("touches", ReferralTouch.objects.order_by("due_date", "id")),
    )
    for one in rows[:_SHOWN]:
        touches = tuple(one.touches.all())
        yield ReferralRead(
            referral=one,
            client=one.client,
            owner=one.owner.user.name,
            disclosure=one.disclosure,
            steps=tuple(one.steps.all()),
            to_come=tuple(each for each in touches if each.done_at is None),
            done=tuple(each for each in touches if each.done_at),
        )
