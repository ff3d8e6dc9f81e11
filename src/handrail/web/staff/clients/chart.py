"""What every tab of a chart carries around its own content: the person, and the tabs."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse

from handrail.areas.charts import selectors as charts_selectors
from handrail.areas.charts.selectors.chart import Summary
from handrail.areas.clients.models import Contact, ListedKind
from handrail.areas.consents import selectors as consents_selectors
from handrail.areas.consents.selectors.consents import SOON
from handrail.areas.safety.models import Flag
from handrail.areas.safety.selectors.safety_plans import when_of_safety_plan
from handrail.areas.waitlist.selectors import waits_for
from handrail.core.access import Action, Actor, can_access
from handrail.foundation import clock
from handrail.foundation.audit import trail
from handrail.web.kit import filters
from handrail.web.kit.page import Frame, frame
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.clients import progress, words
from handrail.web.staff.clients.chart_tabs import chart_tabs


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: its address, its words, and whether it is the one open."""

    address: str
    words: str
    here: bool


@dataclass(frozen=True, slots=True)
class FlagLine:
    """An open flag: its mark, its words and its kind (`value`), why, whom it names, who owns it,
    and when it is looked at.
    """

    flag_id: UUID
    mark: str
    kind: str
    value: str
    why: str
    other: str
    owner: str
    review: str
    overdue: bool
    since: str


@dataclass(frozen=True, slots=True)
class ContactLine:
    """Someone who may be told something."""

    contact_id: UUID
    name: str
    relationship: str
    phone: str
    may_know: tuple[str, ...]
    call_if_missed: bool


@dataclass(frozen=True, slots=True)
class ChartFrame:
    """The frame of the site and the summary column of a client's chart."""

    frame: Frame
    summary: Summary
    client_id: UUID
    name: str
    papers: str
    initials: str
    pronouns: str
    age: int
    born: str
    level: str
    level_long: str
    since: str
    place: str
    flags: tuple[FlagLine, ...]
    contacts: tuple[ContactLine, ...]
    allergies: tuple[str, ...]
    safety_plan: str
    safety_plan_late: bool
    consents: str
    consents_watch: str
    admits: str
    waits: str
    waits_for: str
    tabs: tuple[Tab, ...]
    today: date

    @property
    def to_call(self) -> tuple[ContactLine, ...]:
        """Those who may be called after an absence."""
        return tuple(one for one in self.contacts if one.call_if_missed)


def chart_frame(request: StaffRequest, client_id: UUID, tab: str) -> ChartFrame:
    """The frame of one tab; `tab` is the name of its address. Looking is written down.

    Raises NotHere for a client of another organization. The title holds no name: a browser keeps
    titles.
    """
    actor, zone = request.actor, request.rules.zone
    summary = charts_selectors.summary(client_id, by=actor)
    trail.record_read(
        by=actor, action=Action.READ_CHART, subjects=[trail.subject("client", client_id)]
    )
    client, stay, today = summary.client, summary.stay, clock.today(zone)
    plan, late = _safety_plan(client_id, actor, today, zone)
    holding, watch = _consents(client_id, actor, today)
    return ChartFrame(
        frame=frame(request, "Chart", here="staff:clients"),
        summary=summary,
        client_id=client.pk,
        name=client.name,
        papers=client.full_name if client.full_name != client.name else "",
        initials=client.initials,
        pronouns=client.pronouns,
        age=client.age(today),
        born=filters.plain_day(client.birth_date),
        level=words.level_short(stay.level) if stay else "",
        level_long=words.level_long(stay.level) if stay else "",
        since=filters.day(stay.from_date) if stay else "",
        place=progress.places_of([client.pk], by=actor).get(client.pk, ""),
        flags=tuple(_flag_line(one, today, zone) for one in summary.flags),
        contacts=tuple(_contact_line(one) for one in summary.contacts),
        allergies=_allergies(summary),
        safety_plan=plan,
        safety_plan_late=late,
        consents=holding,
        consents_watch=watch,
        admits=_admits(client.pk, actor) if stay is None else "",
        waits=_waits(client.pk, actor) if stay is None else "",
        waits_for=_waits_for(client.pk, actor),
        tabs=_tabs(client.pk, tab),
        today=today,
    )


def _admits(client_id: UUID, by: Actor) -> str:
    """Where someone who is not in care is admitted, for who may do that."""
    return reverse("staff:admit", args=[client_id]) if can_access(by, Action.ADMIT) else ""


def _waits(client_id: UUID, by: Actor) -> str:
    """Where someone who is not in care is put on the waiting list, for who may do that."""
    if not can_access(by, Action.KEEP_WAITING_LIST):
        return ""
    return reverse("staff:waiting_new", args=[client_id])


def _waits_for(client_id: UUID, by: Actor) -> str:
    """Evening program, since Tue, Nov 24; empty when they wait for nothing."""
    found = waits_for(client_id, by=by)
    return "; ".join(f"{one.program.name}, since {filters.short_day(one.since)}" for one in found)


def _safety_plan(client_id: UUID, by: Actor, today: date, zone: str) -> tuple[str, bool]:
    """When it was last gone through and is looked at next, and whether that is overdue."""
    found = when_of_safety_plan(client_id, by=by)
    if found is None:
        return "", False
    gone_through_at, next_look = found
    on = gone_through_at.astimezone(ZoneInfo(zone)).date()
    return f"{filters.short_day(on)}; next look {filters.short_day(next_look)}", next_look < today


def _consents(client_id: UUID, by: Actor, today: date) -> tuple[str, str]:
    """How many consents hold; and what to look at: one to be signed, or running out."""
    found = consents_selectors.consents_of(client_id, by=by, on=today)
    holding = [one for one in found if one.standing.holds]
    last = min((one.row.expires_date for one in holding if one.row.expires_date), default=None)
    unsigned = sum(one.row.signed_at is None and one.row.ended_at is None for one in found)
    watch = f"{unsigned} to be signed" if unsigned else ""
    if last is not None and last <= today + SOON:
        watch = "; ".join(part for part in (watch, f"one ends {filters.short_day(last)}") if part)
    return (filters.counted(len(holding), "holds", "hold") if holding else "", watch)


def _tabs(client_id: UUID, here: str) -> tuple[Tab, ...]:
    return tuple(
        Tab(reverse(one.page, args=[client_id]), one.words, one.page == here)
        for one in chart_tabs()
    )


def _flag_line(flag: Flag, today: date, zone: str) -> FlagLine:
    other = ""
    if flag.other_client:
        other = flag.other_client.name
    elif flag.other_colleague:
        other = flag.other_colleague.user.name
    return FlagLine(
        flag_id=flag.pk,
        mark=words.flag_mark(flag.kind),
        kind=words.flag_words(flag.kind),
        value=flag.kind,
        why=flag.why,
        other=other,
        owner=flag.owner.user.name,
        review=filters.day(flag.review_date) if flag.review_date else "",
        overdue=bool(flag.review_date and flag.review_date < today),
        since=filters.moment(flag.opened_at, zone),
    )


def _contact_line(contact: Contact) -> ContactLine:
    return ContactLine(
        contact_id=contact.pk,
        name=contact.name,
        relationship=contact.get_relationship_display(),
        phone=contact.phone,
        may_know=tuple(str(one.label) for one in contact.told),
        call_if_missed=contact.call_if_missed,
    )


def _allergies(summary: Summary) -> tuple[str, ...]:
    return tuple(
        f"{one.name} ({one.detail})" if one.detail else one.name
        for one in summary.listed
        if one.kind == ListedKind.ALLERGY and not one.until_date
    )
