"""Assigning what is due to a colleague, putting it off until a day, and bringing it back."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from handrail.areas.worklist import services
from handrail.areas.worklist.errors import NoDayToWaitFor
from handrail.areas.worklist.selectors import Seen, colleagues, items_of
from handrail.core.access import Action, NotHere
from handrail.core.errors import Invalid
from handrail.core.worklist import SNOOZE_AT_MOST, can_snooze
from handrail.foundation import clock
from handrail.web.kit import filters
from handrail.web.kit.access import staff
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.kit.sentences import sentence
from handrail.web.staff.worklist.lines import Now, lines

AT_MOST = 100
"""So many items can be changed at once."""
MORNING = time(8)
"""When a snoozed item comes back on its day."""


@dataclass(frozen=True, slots=True)
class Owner:
    """A colleague who can be given all of the items."""

    id: UUID
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Named:
    """One of the items: its kind in a word, whom it is about, and what is to be done."""

    id: UUID
    why: str
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class ChangePage:
    """What is changed, who can do it, and until when it can be put off."""

    frame: Frame
    items: tuple[Named, ...]
    owners: tuple[Owner, ...]
    is_assigned: bool
    can_snooze: bool
    is_snoozed: bool
    days: tuple[tuple[str, str], ...]
    first_day: str
    last_day: str
    day: str
    reason: str
    problem: str
    field: str


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.ASSIGN_WORK)
def change(request: StaffRequest) -> HttpResponse:
    """The form for one item or several, and what it does."""
    ids = _ids(request)
    if not ids:
        return HttpResponseRedirect(reverse("staff:today"))
    if request.method != "POST":
        return _page(request, ids)
    act = request.POST.get("act", "")
    by, at = request.actor, clock.now()
    try:
        if act == "snooze":
            until = _until(request.POST.get("day", ""), request.rules.zone)
            reason = request.POST.get("reason", "")
            services.snooze(item_ids=ids, until=until, reason=reason, by=by, at=at)
            said = f"Snoozed until {filters.short_day(until.date())}."
        elif act == "wake":
            services.wake(item_ids=ids, by=by, at=at)
            said = "Back on the list."
        elif act == "assign":
            to_id = _key(request.POST.get("owner", ""))
            services.assign(item_ids=ids, to_id=to_id, by=by, at=at)
            said = "Assigned." if to_id else "Back with whose it was."
        else:
            return _page(request, ids)
    except Invalid as wrong:
        return _page(request, ids, problem=sentence(wrong), field=wrong.field)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("staff:today"))


def _ids(request: StaffRequest) -> list[UUID]:
    """The items named by the form or the address. Raises NotHere where one is no key."""
    given = (request.POST if request.method == "POST" else request.GET).getlist("item")
    keys = [_key(one) for one in given[: AT_MOST + 1]]
    found = [one for one in dict.fromkeys(keys) if one]
    if len(found) > AT_MOST or None in keys:
        raise NotHere
    return found


def _key(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotHere from None


def _until(text: str, zone: str) -> datetime:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise NoDayToWaitFor from None
    return datetime.combine(day, MORNING, ZoneInfo(zone))


def _page(
    request: StaffRequest, ids: list[UUID], *, problem: str = "", field: str = ""
) -> HttpResponse:
    at, zone = clock.now(), request.rules.zone
    items = items_of(ids, by=request.actor, at=at)
    now = Now(at, zone)
    page = ChangePage(
        frame=frame(request, "Assign or snooze", here="staff:today"),
        items=tuple(_named(one, now) for one in items),
        owners=_owners(request, items),
        is_assigned=any(one.assigned for one in items),
        can_snooze=all(can_snooze(one.due) for one in items),
        is_snoozed=any(one.snoozed_until and one.snoozed_until > at for one in items),
        days=_days(now.today),
        first_day=(now.today + timedelta(days=1)).isoformat(),
        last_day=(now.today + SNOOZE_AT_MOST - timedelta(days=1)).isoformat(),
        day=request.POST.get("day", ""),
        reason=request.POST.get("reason", ""),
        problem=problem,
        field=field,
    )
    return render(
        request, "staff/worklist/change.jinja", {"page": page}, status=422 if problem else 200
    )


def _named(one: Seen, now: Now) -> Named:
    known = lines()[one.due.kind]
    said = known.say(one, now)
    return Named(one.id, known.why, said.who or one.about, said.what)


def _owners(request: StaffRequest, items: tuple[Seen, ...]) -> tuple[Owner, ...]:
    return tuple(
        Owner(
            one.membership_id, one.name, all(each.owner_id == one.membership_id for each in items)
        )
        for one in colleagues(by=request.actor)
        if all(services.can_do(one, each.due.kind, each.not_for) for each in items)
    )


def _days(today: date) -> tuple[tuple[str, str], ...]:
    """Days that are often meant: tomorrow, in two days, next Monday."""
    monday = today + timedelta(days=7 - today.weekday())
    days = {
        today + timedelta(days=1): "Tomorrow",
        today + timedelta(days=2): "In 2 days",
        monday: "Next Monday",
    }
    return tuple(
        (day.isoformat(), f"{words}, {filters.short_day(day)}") for day, words in days.items()
    )
