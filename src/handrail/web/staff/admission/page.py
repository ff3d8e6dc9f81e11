"""What the page of an admission shows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from handrail.areas.admission import selectors
from handrail.areas.admission.models import FirstContact
from handrail.areas.admission.selectors import Laid, LaidDay, Ready
from handrail.areas.inquiries.models import Inquiry
from handrail.areas.organizations import selectors as organizations
from handrail.areas.schedule.errors import AskFirst
from handrail.areas.schedule.models import Closure, Track
from handrail.core.access import NotHere
from handrail.core.admission import Against, Code, Fit, Point, Wish, in_the_way
from handrail.core.course.schedule import Modality, Weekday
from handrail.foundation import clock
from handrail.web.kit import filters
from handrail.web.kit.page import Frame
from handrail.web.kit.request import StaffRequest
from handrail.web.kit.sentences import sentence
from handrail.web.staff.admission.wanted import DAY_WORDS, MODALITIES, BusyRow, Wanted
from handrail.web.staff.clients.chart import ChartFrame, chart_frame
from handrail.web.staff.clients.forms import NOTHING, Filled
from handrail.web.staff.clients.words import level_long, level_short
from handrail.web.staff.schedule import words

_WHERE = {
    Code.NOTICE: ("chart_consents", "", "Give the notice"),
    Code.CONSENT: ("chart_consents", "", "Take the consent"),
    Code.RECOMMENDATION: ("chart_level", "", "Make a recommendation"),
    Code.AGREEMENT: ("chart_level", "", "Write down what is agreed"),
    Code.SAFETY_PLAN: ("chart_safety_plan", "", "Write the safety plan"),
    Code.CONTACT: ("chart_about", "#contacts", "Record a contact"),
    Code.COVERAGE: ("chart_coverage", "", "Record coverage"),
    Code.AGE: ("chart_about", "#details", "Look at the birth date"),
}


@dataclass(frozen=True, slots=True)
class PointLine:
    """One thing of the list: its mark, its words, and where it is done."""

    mark: str
    words: str
    address: str
    do: str


@dataclass(frozen=True, slots=True)
class TrackLine:
    """One track: when it meets, its seats, whether it fits and why not, and where it is chosen."""

    name: str
    meets: str
    level: str
    seats: str
    mark: str
    fits: str
    against: tuple[str, ...]
    address: str
    possible: bool
    chosen: bool
    waits: str


@dataclass(frozen=True, slots=True)
class CourseDay:
    """One session of the course that is laid out."""

    number: int
    day: str
    time: str
    moved: str
    clash: bool


@dataclass(frozen=True, slots=True)
class Course:
    """The course laid out in the track that was chosen."""

    track_id: UUID
    track: str
    level: str
    days: tuple[CourseDay, ...]
    closed: tuple[str, ...]
    weekdays: tuple[tuple[int, str, bool], ...]
    ends: str
    clashes: str
    needs_reason: str


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One of the first days: when, what for, and what was heard."""

    first_contact_id: UUID
    key: str
    day: str
    why: str
    due: bool
    done: str
    words: str


@dataclass(frozen=True, slots=True)
class AdmitPage:
    """Someone before and just after their admission."""

    chart: ChartFrame
    frame: Frame
    in_care: str
    back: str
    back_id: str
    earlier: str
    points: tuple[PointLine, ...]
    barred: bool
    question: AskFirst | None
    asks: str
    unread: str
    wanted: Wanted
    from_date: str
    rows: tuple[BusyRow, ...]
    more_busy: bool
    day_words: tuple[tuple[str, str], ...]
    modalities: tuple[tuple[str, str], ...]
    tracks: tuple[TrackLine, ...]
    course: Course | None
    inquiries: tuple[tuple[str, str], ...]
    counselors: tuple[tuple[str, str], ...]
    contacts: tuple[ContactLine, ...]
    form: Filled
    empty: Filled


def page_of(
    request: StaffRequest, found: Ready, wanted: Wanted, form: Filled, asked: AskFirst | None = None
) -> AdmitPage:
    """Everything the page shows. Whoever is in care already sees the first days alone. `asked` is
    what an admission asked first; without one, it is what is open on the list.
    """
    client_id, by = found.client.pk, request.actor
    chart = chart_frame(request, client_id, "staff:admit")
    in_care = found.episode is not None
    fits = () if in_care else _fits(request, found, wanted)
    if found.back and wanted.track_id is None:
        wanted = replace(wanted, track_id=_first_that_fits(fits))
    laid = None if in_care else _laid_out(request, wanted)
    question = asked or _question(found, laid)
    return AdmitPage(
        chart=chart,
        frame=chart.frame,
        in_care=filters.day(found.episode.opened_date) if found.episode else "",
        back=_back(found),
        back_id=str(found.back.pk) if found.back and not found.back.is_over else "",
        earlier=filters.counted(found.earlier, "earlier episode") if found.earlier else "",
        points=tuple(_point(one, client_id) for one in found.points),
        barred=bool(in_the_way(found.points)),
        question=question,
        asks=sentence(question) if question else "",
        unread=sentence(wanted.problem) if wanted.problem else "",
        wanted=wanted,
        from_date=wanted.from_date.isoformat(),
        rows=wanted.rows,
        more_busy=any(not one.is_empty for one in wanted.rows[1:]),
        day_words=DAY_WORDS,
        modalities=MODALITIES,
        tracks=tuple(_track(one, track, client_id, wanted) for one, track in fits),
        course=_course(found, wanted, laid) if laid else None,
        inquiries=tuple(
            (str(one.pk), _inquiry(one, request.rules.zone)) for one in found.inquiries
        ),
        counselors=()
        if in_care or wanted.track_id is None
        else tuple((str(key), name) for key, name in organizations.who_works_here(by=by)),
        contacts=tuple(
            _contact(one, chart.today, request.rules.zone)
            for one in selectors.first_contacts_of(client_id, by=by)
        ),
        form=form,
        empty=NOTHING,
    )


def _back(found: Ready) -> str:
    """That they are expected back, from where, and to what."""
    back = found.back
    if back is None:
        return ""
    to = f", to {level_long(back.back_to).lower()}" if back.back_to else ""
    if back.is_over:
        return f"Back since {filters.day(back.since_date)} from {back.to_name}{to}."
    when = f" {filters.day(back.expected_return_date)}" if back.expected_return_date else ""
    return f"Expected back{when} from {back.to_name}{to}."


def _point(one: Point, client_id: UUID) -> PointLine:
    name, part, do = _WHERE[one.code]
    waits = "risk" if one.blocking else "watch"
    return PointLine(
        mark="ok" if one.done else waits,
        words=one.words,
        address="" if one.done else f"{reverse(f'staff:{name}', args=[client_id])}{part}",
        do=do,
    )


# ---- tracks ------------------------------------------------------------------------------------


def _fits(request: StaffRequest, found: Ready, wanted: Wanted) -> tuple[tuple[Fit, Track], ...]:
    wish = Wish(
        levels=frozenset(found.levels),
        busy=wanted.busy,
        modality=wanted.modality,
        language=wanted.language,
        age=found.client.age(wanted.from_date),
    )
    return selectors.track_fits(
        found.client, wish=wish, from_date=wanted.from_date, by=request.actor
    )


def _first_that_fits(fits: Sequence[tuple[Fit, Track]]) -> UUID | None:
    """For somebody who comes back the course is laid out at once."""
    return next((track.pk for one, track in fits if one.fits), None)


def _track(one: Fit, track: Track, client_id: UUID, wanted: Wanted) -> TrackLine:
    group = one.group
    fits = "Fits" if one.fits else ("Fits, but" if one.possible else "Not possible")
    kind = "ok" if one.fits else ("watch" if one.possible else "wait")
    return TrackLine(
        name=group.name,
        meets=f"{_when(track, one)}, {words.place(Modality(track.modality), track.room)}",
        level=level_short(group.level),
        seats="no limit" if group.free is None else filters.counted(group.free, "seat") + " free",
        mark=kind,
        fits=fits,
        against=tuple(_against(each, one) for each in one.against),
        address=f"{reverse('staff:admit', args=[client_id])}?{_query(wanted, track)}#course",
        possible=one.possible,
        chosen=str(wanted.track_id) == group.key,
        waits=_waits(one, track, client_id),
    )


def _waits(one: Fit, track: Track, client_id: UUID) -> str:
    """Where they are put on the list for a full track; empty while a seat is free."""
    if Against.FULL not in one.against:
        return ""
    asked = urlencode({"program": str(track.program_id), "track": str(track.pk)})
    return f"{reverse('staff:waiting_new', args=[client_id])}?{asked}"


def _against(one: Against, fit: Fit) -> str:
    if one is not Against.BUSY:
        return one.value
    days = ", ".join(Weekday(each.day).name.title()[:3] for each in fit.clashes)
    return f"{one.value}: {days}"


def _when(track: Track, fit: Fit) -> str:
    days = words.on_days(Weekday(day) for day in track.days)
    starts = datetime.combine(date.min, track.start)
    minutes = max((one.end - one.start for one in fit.group.meets), default=0)
    return f"{days} {words.span(track.start, (starts + timedelta(minutes=minutes)).time())}"


def _query(wanted: Wanted, track: Track) -> str:
    """The same page with this track chosen; whatever was typed goes along."""
    typed: list[tuple[str, str]] = [
        ("from_date", wanted.from_date.isoformat()),
        ("modality", wanted.modality),
        ("language", wanted.language),
    ]
    for row in wanted.rows:
        typed += [
            ("busy_days", row.days),
            ("busy_from", row.start),
            ("busy_until", row.end),
        ]
    return urlencode([*typed, ("track_id", str(track.pk))])


# ---- the course --------------------------------------------------------------------------------


def _laid_out(request: StaffRequest, wanted: Wanted) -> Laid | None:
    if wanted.track_id is None:
        return None
    try:
        return selectors.lay_out(
            wanted.track_id,
            from_date=wanted.from_date,
            days=wanted.days,
            busy=wanted.busy,
            by=request.actor,
        )
    except NotHere:  # a track that ended since, or an address that was changed by hand
        return None


def _question(found: Ready, laid: Laid | None) -> AskFirst | None:
    """What is open on the list, and whether they are in a session that has begun."""
    begun = selectors.about_first_session(laid, clock.now()) if laid else None
    asked = tuple(one for one in (selectors.still_open(found.points), begun) if one)
    return AskFirst(asked) if asked else None


def _course(found: Ready, wanted: Wanted, laid: Laid) -> Course:
    level = laid.track.program.level
    other = found.levels and level not in found.levels
    clashes = sum(one.clash for one in laid.days)
    return Course(
        track_id=laid.track.pk,
        track=laid.track.name,
        level=level_long(level),
        days=tuple(_day(number, one) for number, one in enumerate(laid.days, start=1)),
        closed=tuple(_closed(one) for one in laid.closed),
        weekdays=tuple(
            (day, Weekday(day).name.title(), not wanted.days or day in wanted.days)
            for day in sorted(laid.track.days)
        ),
        ends=_ends(laid),
        clashes=filters.counted(clashes, "session") if clashes else "",
        needs_reason=level_long(found.levels[0]).lower() if other else "",
    )


def _day(number: int, one: LaidDay) -> CourseDay:
    moved = (
        f"instead of {filters.short_day(one.moved_from)}: {one.moved_reason}"
        if one.moved_from
        else ""
    )
    starts = words.clock_time(one.start)
    return CourseDay(number, filters.short_day(one.local_date), starts, moved, one.clash)


def _closed(one: Closure) -> str:
    return f"{filters.short_day(one.local_date)}, {one.reason}"


def _ends(laid: Laid) -> str:
    if laid.last_day:
        return f"{laid.planned} sessions; the last day is {filters.day(laid.last_day)}."
    return (
        f"{laid.planned} sessions are planned and {len(laid.days)} are on the calendar so far:"
        f" {filters.counted(laid.missing, 'more session')} must be laid out before the last day is"
        " known."
    )


# ---- the way in, and the first days ------------------------------------------------------------


def _inquiry(one: Inquiry, zone: str) -> str:
    return f"{one.caller_name}, {filters.plain_date(filters.local_day(one.came_at, zone))}"


def _contact(one: FirstContact, today: date, zone: str) -> ContactLine:
    done = f"{one.done_by}, {filters.moment(one.done_at, zone)}" if one.done_at else ""
    return ContactLine(
        first_contact_id=one.pk,
        key=f"contact-{one.pk}",
        day=filters.day(one.due_date),
        why=one.why,
        due=one.done_at is None and one.due_date <= today,
        done=done,
        words=one.words,
    )
