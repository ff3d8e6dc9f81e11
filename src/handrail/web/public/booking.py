"""Booking a first talk: the open times of a program, one time, and the link to move or cancel it.

Addresses hold signed tokens and nothing about anybody. What a link shows is the time alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from handrail.areas.booking.errors import TimeTaken
from handrail.areas.booking.models import How
from handrail.areas.booking.selectors import bookings as selectors
from handrail.areas.booking.selectors import published
from handrail.areas.booking.selectors.published import OpenTime
from handrail.areas.booking.services import bookings
from handrail.areas.booking.services.bookings import Person
from handrail.areas.booking.tokens import NoSuchToken
from handrail.core.access import NotHere
from handrail.core.errors import Invalid
from handrail.foundation import clock
from handrail.web.kit.sentences import sentence
from handrail.web.public.calendar_file import mark_of
from handrail.web.public.frame import LEAVE_TO, Frame, frame
from handrail.web.public.limits import allowed
from handrail.web.public.same_site import from_our_pages
from handrail.web.public.words import clock as clock_time
from handrail.web.public.words import day_of_year, language, mark, say, short_day

MOST, HOUR = 12, 3600
"""How many forms of booking one address may send in an hour."""
JUST_NOW = timedelta(minutes=10)
"""How long the page says more than the time, to whoever booked: its address may be kept."""
NEXT = 4
ALL = 60
TOO_OFTEN = mark(
    "That was a lot of tries from one place in a short time. Nothing was booked with this one. "
    "Please wait an hour, or call the number on the page."
)
HOW_WORDS = {
    How.PHONE: mark("by phone: we call you, or write to ask for a number"),
    How.ONLINE: mark("online: you get the link when we are in touch before"),
    How.ROOM: mark("in person"),
}
LINK_WORDS = {
    How.PHONE: mark("You will be called."),
    How.ONLINE: mark("Online: the link comes before."),
    How.ROOM: mark("In person, at the place you chose."),
}
BY_EMAIL = mark("You gave no number. An e-mail comes before then and asks how to reach you.")


@dataclass(frozen=True, slots=True)
class Open:
    """An open time: where it is booked, and when it is."""

    token: str
    address: str
    words: str


@dataclass(frozen=True, slots=True)
class Day:
    """The open times of one day."""

    name: str
    is_today: bool
    times: tuple[Open, ...]


@dataclass(frozen=True, slots=True)
class TimesPage:
    """Every open time of one program."""

    frame: Frame
    program: str
    run_by: str
    phone: str
    dial: str
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class BookPage:
    """One time and the form. `taken` says that it is gone, with other times to choose instead.

    `typed` holds what somebody has typed; `wrong` what is wrong, by field.
    """

    frame: Frame
    program: str
    run_by: str
    phone: str
    dial: str
    place: str
    when: str
    minutes: int
    how: str
    address: str
    taken: str
    others: tuple[Open, ...]
    all_times: str
    typed: dict[str, str]
    wrong: dict[str, str]
    problem: str


@dataclass(frozen=True, slots=True)
class TimePage:
    """What a link shows: the time, and what can be done with it."""

    title: str
    heading: str
    when: str
    how: str
    words: tuple[str, ...]
    token: str
    mark: str
    others: tuple[Open, ...]
    may_change: bool
    problem: str
    is_new: bool = False
    leave_to: str = LEAVE_TO


@dataclass(frozen=True, slots=True)
class TonightPage:
    """Somebody said yes: what is open today, and else what is open now and comes next."""

    frame: Frame
    today: tuple[tuple[str, str, str, str, tuple[Open, ...]], ...]
    next: tuple[tuple[str, str, str, str, tuple[Open, ...]], ...]
    evening: bool


# ---- choosing ----------------------------------------------------------------------------------


@require_safe
def times(request: HttpRequest, program_id: UUID) -> HttpResponse:
    """Every open time of a published program, day by day."""
    program = published.published_program(program_id)
    if program is None:
        raise Http404
    now = clock.now()
    found = published.next_open_slots(program_id, ALL, at=now)
    page = TimesPage(
        frame=frame(say("Open times: {program}", program=program.name), indexed=False),
        program=program.name,
        run_by=program.run_by,
        phone=program.phone,
        dial=_dial(program.phone),
        days=_days(found, now),
    )
    return render(request, "public/booking_times.jinja", {"page": page})


@require_safe
def tonight(request: HttpRequest) -> HttpResponse:
    """Somebody says yes, now: times today, what answers at this hour, and the next opening."""
    now = clock.now()
    programs = published.published_programs()
    found = published.next_open_times([one.id for one in programs], NEXT, at=now)
    today, later = [], []
    for one in programs:
        near = [time for time in found.get(one.id, ()) if _is_today(time, now)]
        far = [time for time in found.get(one.id, ()) if not _is_today(time, now)]
        head = (one.name, one.run_by, one.phone, _dial(one.phone))
        if near:
            today.append((*head, tuple(_open(time, now) for time in near)))
        elif far:
            later.append((*head, (_open(far[0], now),)))
    page = TonightPage(
        frame=frame(
            say("Yes, today"),
            say("Someone says yes: times that are open today, and who answers at any hour."),
        ),
        today=tuple(today),
        next=tuple(later),
        evening=any(now.astimezone(ZoneInfo(one.zone)).hour >= 17 for one in programs),
    )
    return render(request, "public/tonight.jinja", {"page": page})


# ---- booking -----------------------------------------------------------------------------------


@never_cache
@from_our_pages
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, token: str) -> HttpResponse:
    """Show one time with its form; POST books it."""
    if request.method != "POST":
        return _show(request, token)
    if not allowed(request, "book", most=MOST, seconds=HOUR):
        return _show(request, token, problem=say(TOO_OFTEN), status=429)
    try:
        made = bookings.book_in_public(token=token, person=_person(request), at=clock.now())
    except (NoSuchToken, NotHere):
        return _gone(request)
    except TimeTaken as taken:
        return _show(request, token, taken=sentence(taken), status=409)
    except Invalid as wrong:
        return _show(request, token, wrong={wrong.field: sentence(wrong)}, status=400)
    return redirect(f"{reverse('public:booking', args=[made])}?new=yes")


def _show(
    request: HttpRequest,
    token: str,
    *,
    taken: str = "",
    wrong: dict[str, str] | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    now = clock.now()
    try:
        seen = selectors.time_seen(token, at=now)
    except NoSuchToken:
        return _gone(request)
    if not seen.is_open and not taken:
        taken, status = say("That time is not open any more."), 410 if status == 200 else status
    others = published.next_open_slots(seen.published_id, NEXT, at=now) if taken else ()
    page = BookPage(
        frame=frame(say("Book a time"), indexed=False),
        program=seen.program,
        run_by=seen.run_by,
        phone=seen.phone,
        dial=_dial(seen.phone),
        place=seen.place if seen.how is How.ROOM else "",
        when=_long(seen.starts_at, seen.zone),
        minutes=seen.minutes,
        how=say(HOW_WORDS[seen.how]),
        address=reverse("public:book", args=[token]),
        taken=taken,
        others=tuple(_open(one, now) for one in others),
        all_times=reverse("public:book_times", args=[seen.published_id]),
        typed=_typed(request),
        wrong=wrong or {},
        problem=problem,
    )
    return render(request, "public/booking.jinja", {"page": page}, status=status)


def _person(request: HttpRequest) -> Person:
    typed = _typed(request)
    return Person(
        called=typed["called"],
        phone=typed["phone"],
        email=typed["email"],
        leave_message=typed["leave_message"] == "yes",
        text_me=typed["text_me"] == "yes",
        for_someone=typed["about"] == "someone",
        language=language(),
    )


def _typed(request: HttpRequest) -> dict[str, str]:
    names = ("called", "phone", "email", "leave_message", "text_me", "about")
    return {name: str(request.POST.get(name, ""))[:254] for name in names}


def _gone(request: HttpRequest) -> HttpResponse:
    """An address that was cut short or is too old: say what to do, and nothing else."""
    page = TimePage(
        say("Nothing here"),
        say("This link does not work"),
        "",
        "",
        (say("It may have been cut short on its way, or it is an old one. Please copy it whole."),),
        "",
        "",
        (),
        may_change=False,
        problem="",
    )
    return render(request, "public/booked.jinja", {"page": page}, status=404)


# ---- by the link -------------------------------------------------------------------------------


@never_cache
@require_safe
def booking(request: HttpRequest, token: str) -> HttpResponse:
    """The time of a booking, with buttons to move or cancel it."""
    return _booked(request, token, is_new="new" in request.GET)


@never_cache
@from_our_pages
@require_POST
def move(request: HttpRequest, token: str) -> HttpResponse:
    """Move a booking to another open time."""
    if not allowed(request, "book", most=MOST, seconds=HOUR):
        return _booked(request, token, problem=say(TOO_OFTEN), status=429)
    try:
        bookings.move_in_public(
            token=token, to_token=str(request.POST.get("to", "")), at=clock.now()
        )
    except (NoSuchToken, NotHere):
        return _booked(request, token, problem=say("Choose one of the times below."), status=400)
    except TimeTaken as taken:
        said = say(
            "{taken} Your time stays as it was. Choose another below.", taken=sentence(taken)
        )
        return _booked(request, token, problem=said, status=409)
    except Invalid as problem:
        return _booked(request, token, problem=sentence(problem), status=400)
    return redirect("public:booking", token=token)


@never_cache
@from_our_pages
@require_POST
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Cancel a booking."""
    try:
        bookings.cancel_in_public(token=token, at=clock.now())
    except (NoSuchToken, NotHere):
        return _gone(request)
    except Invalid as problem:
        return _booked(request, token, problem=sentence(problem), status=400)
    return redirect("public:booking", token=token)


def _booked(
    request: HttpRequest, token: str, *, is_new: bool = False, problem: str = "", status: int = 200
) -> HttpResponse:
    now = clock.now()
    try:
        seen = selectors.booking_seen(token, at=now)
    except NoSuchToken:
        return _gone(request)
    is_new = is_new and now - seen.booked_at < JUST_NOW
    may_change = not (seen.is_over or seen.is_canceled)
    others = selectors.times_to_move_to(token, 12, at=now) if not seen.is_over else ()
    page = TimePage(
        title=say("Your time"),
        heading=_heading(seen, is_new=is_new),
        when="" if seen.is_over else _long(seen.starts_at, seen.zone),
        how=_how(seen) if may_change else "",
        words=_words(seen, is_new=is_new),
        token=token,
        mark=mark_of(token) if may_change else "",
        others=tuple(_open(one, now) for one in others),
        may_change=may_change,
        problem=problem,
        is_new=is_new and may_change,
    )
    return render(request, "public/booked.jinja", {"page": page}, status=status)


def _how(seen: selectors.BookingSeen) -> str:
    written_to = seen.how is How.PHONE and not seen.has_phone
    how = say(BY_EMAIL if written_to else LINK_WORDS[seen.how])
    return say("{how} It takes about {minutes} minutes.", how=how, minutes=seen.minutes)


def _heading(seen: selectors.BookingSeen, *, is_new: bool) -> str:
    if seen.is_canceled:
        return say("This time is canceled")
    if seen.is_over:
        return say("That time is over")
    return say("Your time is set") if is_new else say("Your time")


def _words(seen: selectors.BookingSeen, *, is_new: bool) -> tuple[str, ...]:
    if seen.is_canceled:
        return (say("Your appointment is canceled. You can choose another time at any moment."),)
    if seen.is_over:
        return (say("This link does nothing any more."),)
    if not is_new:
        return ()
    return (
        say("Keep this page’s address: with it you can move or cancel. It needs no password."),
        say(
            "Who sees it: the staff there who take calls. They see the name, the way to reach you, "
            "and whom it is about. Nothing else was sent. Answers that you gave on this site stay "
            "with you until you give them away yourself."
        ),
    )


# ---- in words ----------------------------------------------------------------------------------


def _days(found: Iterable[OpenTime], now: datetime) -> tuple[Day, ...]:
    days = groupby(found, key=lambda one: one.starts_at.astimezone(ZoneInfo(one.zone)).date())
    made = []
    for day, rows in days:
        own = list(rows)
        is_today = _is_today(own[0], now)
        made.append(
            Day(
                say("Today, {day}", day=day_of_year(day)) if is_today else day_of_year(day),
                is_today,
                tuple(
                    Open(
                        one.token,
                        reverse("public:book", args=[one.token]),
                        _at(one),
                    )
                    for one in own
                ),
            )
        )
    return tuple(made)


def _open(one: OpenTime, now: datetime) -> Open:
    day = one.starts_at.astimezone(ZoneInfo(one.zone)).date()
    at = _at(one)
    words = say("today, {time}", time=at) if _is_today(one, now) else f"{short_day(day)}, {at}"
    return Open(one.token, reverse("public:book", args=[one.token]), words)


def _is_today(one: OpenTime, now: datetime) -> bool:
    zone = ZoneInfo(one.zone)
    return one.starts_at.astimezone(zone).date() == now.astimezone(zone).date()


def _long(moment: datetime, zone: str) -> str:
    local = moment.astimezone(ZoneInfo(zone))
    return f"{day_of_year(local.date())}, {clock_time(local.time())} {local:%Z}"


def _at(one: OpenTime) -> str:
    return clock_time(one.starts_at.astimezone(ZoneInfo(one.zone)).time())


def _dial(phone: str) -> str:
    return "".join(sign for sign in phone if sign.isdigit() or sign == "+")
