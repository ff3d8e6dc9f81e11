"""Programs: who can help, what their weeks are like, and the next open time for a first talk."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from handrail.areas.booking.selectors.published import (
    Meets,
    OpenTime,
    Published,
    next_open_times,
    published_programs,
    published_version,
)
from handrail.areas.listings.selectors import (
    Listed,
    listed_languages,
    listed_programs,
    listings_version,
)
from handrail.core.listings import Place, Wanted, miles_between
from handrail.core.text import whole_number
from handrail.data import read_table
from handrail.data.lines import Assessor, Line
from handrail.foundation import clock
from handrail.integrations.zip_codes import place_of, state_of
from handrail.web.public.frame import Frame, frame
from handrail.web.public.kept import reading, site_version
from handrail.web.public.words import (
    assessors,
    capital,
    care_catalogue,
    hour,
    mark,
    national_lines,
    plain_day,
    programs_table,
    say,
    short_day,
    state_lines,
    weekday,
)
from handrail.web.public.words import clock as clock_time

MILES = (10, 25, 50, 100)
A_PAGE = 10
TIMES = 2
"""How many open times are looked up for a program: the first is shown, a second means more."""
EVENING = time(16)
HOW = (("room", mark("In a room")), ("online", mark("Online")))
WHEN = (
    ("day", mark("By day")),
    ("evening", mark("In the evening")),
    ("weekend", mark("On weekends")),
)
MEETS = {
    "room": mark("{days}, {start} to {end}, in a room"),
    "online": mark("{days}, {start} to {end}, online"),
    "mixed": mark("{days}, {start} to {end}, in a room or online"),
}

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for, as they typed and chose it; empty is not asked."""

    level: str
    how: str
    when: str
    insurance: str
    language: str
    zip_code: str
    miles: int
    page: int
    zip_problem: str
    near: Place | None

    @property
    def more(self) -> bool:
        """Whether one of the filters is set that stand folded away."""
        return any((self.how, self.when, self.insurance, self.language))

    @property
    def anything(self) -> bool:
        """Whether any filter is set."""
        chosen = (self.level, self.how, self.when, self.insurance, self.language, self.zip_code)
        return any(chosen)


@dataclass(frozen=True, slots=True)
class Time:
    """An open time for a first talk, and the address where it is booked."""

    address: str
    words: str


@dataclass(frozen=True, slots=True)
class Card:
    """A program of this site. `level` is empty where the program is called just that.

    `first` is its next open time; `all_times` the address of the others, where there are any.
    """

    key: str
    name: str
    level: str
    about: str
    where: str
    meets: tuple[str, ...]
    insurance: str
    languages: str
    ages: str
    licensed: str
    phone: str
    dial: str
    run_by: str
    away: str
    verified: str
    first: Time | None
    all_times: str


@dataclass(frozen=True, slots=True)
class Row:
    """A program elsewhere, as the national locator lists it."""

    name: str
    place: str
    away: str
    levels: str
    facts: tuple[str, ...]
    phones: tuple[tuple[str, str], ...]
    website: str
    verified: str


@dataclass(frozen=True, slots=True)
class ProgramsPage:
    """The filters and what they find: tonight, this site's programs, others, and lines."""

    frame: Frame
    asked: Asked
    levels: Choices
    how: Choices
    when: Choices
    insurance: Choices
    languages: Choices
    miles: tuple[int, ...]
    tonight: tuple[tuple[Card, Time], ...]
    own_first: bool
    cards: tuple[Card, ...]
    rows: tuple[Row, ...]
    found: int
    earlier: str
    later: str
    lines: tuple[Line, ...]
    state_lines: tuple[Line, ...]
    assessors: tuple[Assessor, ...]


def _version() -> Hashable:
    return site_version(), published_version(at=clock.now()), listings_version()


@reading(_version)
def programs(request: HttpRequest) -> HttpResponse:
    """The programs that fit what is asked, and who answers the phone meanwhile."""
    asked = _asked(request.GET)
    now = clock.now()
    here = [one for one in published_programs() if _fits(one, asked)]
    open_times = next_open_times([one.id for one in here], TIMES, at=now)
    cards = _in_order(here, asked)
    listed = listed_programs(_wanted(asked))
    first = (asked.page - 1) * A_PAGE
    page = ProgramsPage(
        frame=frame(
            say("Programs"),
            say(
                "Programs here and elsewhere: level, days and hours, insurance, and the next "
                "open time for a first talk."
            ),
            here="public:programs",
        ),
        asked=asked,
        levels=_levels(),
        how=_said(HOW),
        when=_said(WHEN),
        insurance=tuple(_words("insurance").items()),
        languages=_languages(here),
        miles=MILES,
        tonight=_tonight(cards, open_times, asked, now),
        own_first=asked.near is None and any(_is_ours(one) for one in here),
        cards=tuple(_card(one, open_times.get(one.id, ()), asked, now) for one in cards),
        rows=tuple(_row(one) for one in listed[first : first + A_PAGE]),
        found=len(listed),
        earlier=_page_address(request.GET, asked.page - 1) if asked.page > 1 else "",
        later=_page_address(request.GET, asked.page + 1) if first + A_PAGE < len(listed) else "",
        lines=national_lines(),
        state_lines=_state_lines(asked),
        assessors=assessors(),
    )
    return render(request, "public/programs.jinja", {"page": page})


# ---- what is asked -----------------------------------------------------------------------------


def _asked(typed: QueryDict) -> Asked:
    """The filters; an unknown choice is not asked, and a ZIP code that is none is said."""
    zip_code = typed.get("zip", "").strip()[:10]
    near = place_of(zip_code[:5])
    return Asked(
        level=_one_of(typed.get("level", ""), (code for code, _ in _levels())),
        how=_one_of(typed.get("how", ""), (code for code, _ in HOW)),
        when=_one_of(typed.get("when", ""), (code for code, _ in WHEN)),
        insurance=_one_of(typed.get("insurance", ""), _words("insurance")),
        language=typed.get("language", "").strip().casefold()[:40],
        zip_code=zip_code,
        miles=_whole(typed.get("miles", ""), otherwise=25, at_most=MILES[-1]),
        page=_whole(typed.get("page", ""), otherwise=1, at_most=10_000),
        zip_problem="" if near or not zip_code else say("We do not know this ZIP code."),
        near=near,
    )


def _said(choices: Choices) -> Choices:
    return tuple((value, say(words)) for value, words in choices)


def _one_of(said: str, known: Iterable[str]) -> str:
    return said if said in set(known) else ""


def _whole(said: str, *, otherwise: int, at_most: int) -> int:
    return min(whole_number(said) or otherwise, at_most)


def _wanted(asked: Asked) -> Wanted:
    return Wanted(
        levels=frozenset({asked.level}) if asked.level else frozenset(),
        how=asked.how,
        insurance=asked.insurance,
        language=asked.language,
        near=asked.near,
        miles=float(asked.miles) if asked.near else None,
    )


def _levels() -> Choices:
    """The levels and acute places that programs offer; nobody books meetings or no help at all."""
    care = care_catalogue()
    offered = [
        one
        for code, one in (*care.levels.items(), *care.acute_places.items())
        if code not in ("on_my_own", "fellowship")
    ]
    return tuple((one.code, _level_words(one.code)) for one in offered)


def _level_words(code: str) -> str:
    care = care_catalogue()
    place = care.levels.get(code) or care.acute_places.get(code)
    if place is None:
        return code
    return f"{place.plain_name} ({place.acronym})" if place.acronym else place.plain_name


def _words(kind: str) -> Mapping[str, str]:
    words: Mapping[str, str] = programs_table()[kind]
    return words


def _languages(here: Iterable[Published]) -> Choices:
    known = {*listed_languages(), *(name.casefold() for one in here for name in one.languages)}
    return tuple((one, _language_words(one)) for one in sorted(known))


def _language_words(code: str) -> str:
    return _words("languages").get(code.casefold(), code.capitalize())


def _page_address(typed: QueryDict, page: int) -> str:
    """The same filters on another page."""
    changed = typed.copy()
    changed["page"] = str(page)
    return f"?{changed.urlencode()}#others"


def _state_lines(asked: Asked) -> tuple[Line, ...]:
    """The line of the state asked for, or all that are known."""
    state = state_of(asked.zip_code[:5]) if asked.near else ""
    return tuple(one for one in state_lines() if not state or one.state == state)


# ---- this site's programs ----------------------------------------------------------------------


def _fits(one: Published, asked: Asked) -> bool:
    return (
        (not asked.level or one.level == asked.level)
        and (asked.how != "online" or one.online)
        and (asked.how != "room" or one.in_a_room)
        and (not asked.when or any(_meets_then(group, asked.when) for group in one.meets))
        and (not asked.insurance or _takes(one, asked.insurance))
        and (not asked.language or asked.language in {name.casefold() for name in one.languages})
        and (asked.near is None or _near_enough(one, asked))
    )


def _meets_then(group: Meets, when: str) -> bool:
    if when == "weekend":
        return any(day >= 5 for day in group.days)
    evening = group.start >= EVENING
    return evening if when == "evening" else not evening


def _takes(one: Published, insurance: str) -> bool:
    """Programs here name what they take in English; the first word of ours is enough to match."""
    ours: str = read_table("pages/programs.toml")["insurance"][insurance]
    first = ours.split()[0].casefold()
    return any(first in taken.casefold() for taken in one.insurance)


def _near_enough(one: Published, asked: Asked) -> bool:
    """A room has to be within the miles. Online reaches as far as the license does: the state."""
    miles = _miles(one, asked)
    online = one.online and (not one.state or one.state == state_of(asked.zip_code[:5]))
    return online or (miles is not None and miles <= asked.miles)


def _miles(one: Published, asked: Asked) -> float | None:
    place = _place(one)
    return miles_between(place, asked.near) if place and asked.near else None


def _place(one: Published) -> Place | None:
    """Where a program is: its coordinates, else the middle of its ZIP code."""
    if one.latitude is None or one.longitude is None:
        return place_of(one.zip_code[:5])
    return Place(one.latitude, one.longitude)


def _in_order(here: Iterable[Published], asked: Asked) -> list[Published]:
    """The nearest first where a place is asked for; else the house first that runs this site."""

    def order(one: Published) -> tuple[bool, float, bool, str, str]:
        miles = _miles(one, asked)
        return (miles is None, miles or 0.0, not _is_ours(one), one.name, str(one.id))

    return sorted(here, key=order)


def _is_ours(one: Published) -> bool:
    """Whether it belongs to the house that runs this site. The settings name that house in words
    of their own, which begin with its name.
    """
    site = str(settings.HANDRAIL_RUN_BY["name"]).casefold()
    return bool(one.run_by) and site.startswith(one.run_by.casefold())


def _card(one: Published, times: Iterable[OpenTime], asked: Asked, now: datetime) -> Card:
    place = ", ".join(filter(None, (one.street, one.city, one.state)))
    where = ", ".join(filter(None, (_way(one), place)))
    open_times = [_time(open_, now) for open_ in times]
    level = _level_words(one.level)
    return Card(
        key=str(one.id),
        name=one.name,
        level="" if level.casefold().startswith(one.name.casefold()) else level,
        about=one.about,
        where=where,
        meets=tuple(_meets_words(group) for group in one.meets),
        insurance=", ".join(one.insurance),
        languages=", ".join(_language_words(name) for name in one.languages),
        ages=_ages(one),
        licensed=one.state if one.online else "",
        phone=one.phone,
        dial="".join(sign for sign in one.phone if sign.isdigit() or sign == "+"),
        run_by=one.run_by,
        away=_away(_miles(one, asked)),
        verified=plain_day(one.verified_date),
        first=open_times[0] if open_times else None,
        all_times=reverse("public:book_times", args=[one.id]) if open_times[1:] else "",
    )


def _way(one: Published) -> str:
    if one.in_a_room and one.online:
        return say("In a room and online")
    return say("In a room") if one.in_a_room else say("Online") if one.online else ""


def _meets_words(group: Meets) -> str:
    days = ", ".join(weekday(day) for day in group.days)
    said = say(MEETS[group.modality], days=days, start=hour(group.start), end=hour(group.end))
    return capital(said)


def _ages(one: Published) -> str:
    if one.ages_from is not None and one.ages_to is not None:
        return say("Ages {first} to {last}", first=one.ages_from, last=one.ages_to)
    if one.ages_from is not None:
        return say("Ages {first} and up", first=one.ages_from)
    return say("Up to age {last}", last=one.ages_to) if one.ages_to is not None else ""


def _time(open_: OpenTime, now: datetime) -> Time:
    return Time(reverse("public:book", args=[open_.token]), _time_words(open_, now))


def _time_words(open_: OpenTime, now: datetime) -> str:
    zone = ZoneInfo(open_.zone)
    day, today = open_.starts_at.astimezone(zone).date(), now.astimezone(zone).date()
    at = clock_time(open_.starts_at.astimezone(zone).time())
    return say("today, {time}", time=at) if day == today else f"{short_day(day)}, {at}"


def _tonight(
    here: Iterable[Published],
    open_times: Mapping[UUID, tuple[OpenTime, ...]],
    asked: Asked,
    now: datetime,
) -> tuple[tuple[Card, Time], ...]:
    """The first time that is still today, of each program: for those who say yes now."""
    found = []
    for one in here:
        first = next(iter(open_times.get(one.id, ())), None)
        if first and _is_today(first, now):
            found.append((_card(one, (), asked, now), _time(first, now)))
    return tuple(found)


def _is_today(open_: OpenTime, now: datetime) -> bool:
    zone = ZoneInfo(open_.zone)
    return open_.starts_at.astimezone(zone).date() == now.astimezone(zone).date()


# ---- programs elsewhere ------------------------------------------------------------------------


def _row(found: Listed) -> Row:
    one = found.listing
    place = ", ".join(filter(None, (one.street, one.city, f"{one.state} {one.zip_code}".strip())))
    known = [code for code, _ in _levels() if code in one.levels]
    return Row(
        name=one.name,
        place=place,
        away=_away(found.miles),
        levels=", ".join(_level_words(code) for code in known),
        facts=tuple(_facts(found)),
        phones=tuple((number, _dial(number)) for number in one.phones),
        website=one.website,
        verified=plain_day(found.verified_date),
    )


def _facts(found: Listed) -> Iterable[str]:
    one = found.listing
    treats = [words for code, words in _words("treats").items() if code in one.treats]
    if treats:
        yield ", ".join(treats)
    if one.online:
        yield say("Online too") if one.in_a_room else say("Online")
    if one.medication:
        yield say("Medication for addiction")
    takes = [words for code, words in _words("insurance").items() if code in one.insurance]
    if takes:
        yield say("Takes: {what}", what=", ".join(takes))
    if one.sliding_fee:
        yield say("Fee by income")
    ages = [words for code, words in _words("ages").items() if code in one.ages]
    if ages:
        yield say("Ages: {what}", what=", ".join(ages))
    spoken = sorted(one.languages - {"english"})
    if spoken:
        yield say("Also: {what}", what=", ".join(_language_words(code) for code in spoken))


def _away(miles: float | None) -> str:
    if miles is None:
        return ""
    return (
        say("less than a mile away")
        if miles < 1
        else say("about {miles} miles away", miles=f"{miles:.0f}")
    )


def _dial(number: str) -> str:
    """The digits to dial; an extension is said after a pause."""
    main, _, extension = number.casefold().partition("x")
    digits = "".join(sign for sign in main if sign.isdigit())
    more = "".join(sign for sign in extension if sign.isdigit())
    return f"{digits},{more}" if more else digits
