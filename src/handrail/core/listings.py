"""Programs that people can turn to: read from the national locator's file, and found by filters.

A listing is what a facility says of itself to the locator. It is never a judgment of quality, and
what it does not say is not known.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt
from typing import Any

EARTH_MILES = 3958.8
"""The mean radius of the Earth in miles."""


class NotALocatorFile(ValueError):
    """The file is not the locator's JSON; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the map, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Listing:
    """A facility as the locator has it. Codes are those of data/locator.toml; `key` is its own.

    `levels` are levels of care and acute places; empty when none of its words is known.
    """

    key: str
    name: str
    street: str
    city: str
    state: str
    zip_code: str
    phones: tuple[str, ...]
    website: str
    at: Place | None
    levels: frozenset[str]
    online: bool
    in_a_room: bool
    medication: bool
    treats: frozenset[str]
    insurance: frozenset[str]
    sliding_fee: bool
    ages: frozenset[str]
    languages: frozenset[str]


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that could not be taken, and why: its number in the file, from 1."""

    row: int
    why: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What someone looks for. What is empty is not asked. `miles` counts from `near`."""

    levels: frozenset[str] = frozenset()
    how: str = ""
    insurance: str = ""
    language: str = ""
    near: Place | None = None
    miles: float | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """The locator's words and what they mean, from data/locator.toml, all in lower case."""

    levels: Mapping[str, str]
    hospital: frozenset[str]
    hospital_mental_health: str
    hospital_substance_use: str
    online: frozenset[str]
    in_a_room: frozenset[str]
    medication: frozenset[str]
    treats: Mapping[str, str]
    insurance: Mapping[str, str]
    sliding_fee: frozenset[str]
    ages: Mapping[str, str]
    sign_language: frozenset[str]


def read_words(table: Mapping[str, Any]) -> Words:
    """The meaning of the locator's words, from the parsed data file."""
    return Words(
        levels=table["levels"],
        hospital=frozenset(table["hospital"]["words"]),
        hospital_mental_health=table["hospital"]["mental_health"],
        hospital_substance_use=table["hospital"]["substance_use"],
        online=frozenset(table["online"]["words"]),
        in_a_room=frozenset(table["in_a_room"]["words"]),
        medication=frozenset(table["medication"]["words"]),
        treats=table["treats"],
        insurance=table["insurance"],
        sliding_fee=frozenset(table["sliding_fee"]["words"]),
        ages=table["ages"],
        sign_language=frozenset(table["sign_language"]["words"]),
    )


@dataclass
class _Said:
    """What a facility says of itself: the locator's code of a question to the words given."""

    by_code: dict[str, list[str]] = field(default_factory=dict)

    def words(self, *codes: str) -> list[str]:
        return [word for code in codes for word in self.by_code.get(code, ())]

    def any_of(self, words: frozenset[str]) -> bool:
        return any(word in words for said in self.by_code.values() for word in said)


def read_locator(data: object, words: Words) -> tuple[list[Listing], list[Unread]]:
    """The facilities of a locator's file, and the rows that could not be read, each with why.

    `data` is the parsed JSON: a list of rows, or an object with "rows". One facility under one
    key is kept once, as the last row has it. Raises NotALocatorFile for anything else.
    """
    rows = data.get("rows") if isinstance(data, dict) else data
    if not isinstance(rows, list):
        raise NotALocatorFile("expected a list of facilities, or an object with “rows”")
    found: dict[str, Listing] = {}
    unread = []
    for number, row in enumerate(rows, start=1):
        why = _problem(row)
        if why:
            unread.append(Unread(number, why))
        else:
            listing = _listing(row, words)
            found[listing.key] = listing
    return list(found.values()), unread


def find(listings: Iterable[Listing], wanted: Wanted) -> list[tuple[Listing, float | None]]:
    """Those that fit, each with its distance in miles; the nearest first, else by name.

    One whose place is not known has no distance and comes last; a limit of miles leaves it out.
    """
    fits = [(one, _away(one, wanted.near)) for one in listings if _fits(one, wanted)]
    if wanted.near and wanted.miles is not None:
        limit = wanted.miles
        fits = [(one, miles) for one, miles in fits if miles is not None and miles <= limit]
    return sorted(fits, key=_nearest_first)


def miles_between(one: Place, other: Place) -> float:
    """The distance of two places as the crow flies, in miles (haversine formula)."""
    up = sin(radians(other.latitude - one.latitude) / 2)
    along = sin(radians(other.longitude - one.longitude) / 2)
    part = up**2 + cos(radians(one.latitude)) * cos(radians(other.latitude)) * along**2
    return 2 * EARTH_MILES * asin(min(1.0, sqrt(part)))


def _fits(one: Listing, wanted: Wanted) -> bool:
    return (
        (not wanted.levels or bool(wanted.levels & one.levels))
        and (wanted.how != "online" or one.online)
        and (wanted.how != "room" or one.in_a_room)
        and (not wanted.insurance or wanted.insurance in one.insurance)
        and (not wanted.language or wanted.language in one.languages)
    )


def _away(one: Listing, near: Place | None) -> float | None:
    return miles_between(one.at, near) if one.at and near else None


def _nearest_first(pair: tuple[Listing, float | None]) -> tuple[bool, float, str, str]:
    listing, miles = pair
    return (miles is None, miles or 0.0, listing.name.casefold(), listing.key)


# ---- one row -----------------------------------------------------------------------------------


def _problem(row: object) -> str:
    if not isinstance(row, dict):
        return "it is not a facility"
    if not _text(row, "frid"):
        return "it has no key of its own (“frid”)"
    if not _text(row, "name1"):
        return "it has no name"
    if not isinstance(row.get("services", []), list):
        return "its services are not a list"
    return ""


def _listing(row: Mapping[str, Any], words: Words) -> Listing:
    said = _said(row)
    treats = _codes(said.words("TC"), words.treats)
    if not treats and _text(row, "typeFacility") in ("SA", "MH"):
        treats = {"substance_use" if row["typeFacility"] == "SA" else "mental_health"}
    return Listing(
        key=_text(row, "frid"),
        name=_name(row),
        street=", ".join(filter(None, (_text(row, "street1"), _text(row, "street2")))),
        city=_text(row, "city"),
        state=_text(row, "state"),
        zip_code=_text(row, "zip")[:5],
        phones=_phones(row),
        website=_website(row),
        at=_place(row),
        levels=frozenset(_levels(said, treats, words)),
        online=said.any_of(words.online),
        in_a_room=any(word in words.in_a_room for word in said.words("SET")),
        medication=any(
            word in words.medication for word in said.words("SET", "OT", "OM", "PHR", "MOA")
        ),
        treats=frozenset(treats),
        insurance=frozenset(_codes(said.words("PAY"), words.insurance)),
        sliding_fee=said.any_of(words.sliding_fee),
        ages=frozenset(_codes(said.words("AGE"), words.ages)),
        languages=frozenset(_languages(said, words)),
    )


def _said(row: Mapping[str, Any]) -> _Said:
    by_code: dict[str, list[str]] = {}
    for service in row.get("services", []):
        if isinstance(service, dict) and isinstance(service.get("f3"), str):
            words = [word.strip().casefold() for word in service["f3"].split(";")]
            by_code.setdefault(str(service.get("f2", "")), []).extend(filter(None, words))
    return _Said(by_code)


def _levels(said: _Said, treats: set[str], words: Words) -> set[str]:
    settings = said.words("SET", "DETOX")
    levels = _codes(settings, words.levels)
    if any(word in words.hospital for word in settings):
        mental = "mental_health" in treats
        levels.add(words.hospital_mental_health if mental else words.hospital_substance_use)
    return levels


def _languages(said: _Said, words: Words) -> set[str]:
    languages = {"english"}
    for word in said.words("SL", "OL", "NAL", "FSL"):
        if "spanish" in word:
            languages.add("spanish")
    if said.any_of(words.sign_language):
        languages.add("sign_language")
    languages.update(
        word for word in said.words("OL") if re.fullmatch(r"[a-z][a-z ,()/-]{2,40}", word)
    )
    return languages


def _codes(said: Sequence[str], meaning: Mapping[str, str]) -> set[str]:
    return {meaning[word] for word in said if word in meaning}


def _name(row: Mapping[str, Any]) -> str:
    return ", ".join(filter(None, (_text(row, "name1"), _text(row, "name2"))))


def _phones(row: Mapping[str, Any]) -> tuple[str, ...]:
    """The number for newcomers first; the same number is said once."""
    numbers = (_text(row, key) for key in ("intake1", "phone", "hotline1"))
    return tuple(dict.fromkeys(filter(None, numbers)))


def _website(row: Mapping[str, Any]) -> str:
    """Only a plain web address: anything else would be a link nobody has looked at."""
    address = _text(row, "website")
    return address if re.match(r"https?://[^\s/]+\.[^\s]+$", address, re.IGNORECASE) else ""


def _place(row: Mapping[str, Any]) -> Place | None:
    try:
        latitude, longitude = float(row["latitude"]), float(row["longitude"])
    except (KeyError, TypeError, ValueError):
        return None
    on_earth = -90 <= latitude <= 90 and -180 <= longitude <= 180
    return Place(latitude, longitude) if on_earth and (latitude or longitude) else None


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    return " ".join(value.split()) if isinstance(value, str) else ""
