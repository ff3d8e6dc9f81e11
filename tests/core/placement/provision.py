"""What levels, acute places and facets provide, read from the data by itself.

The laws are held against this and not against the engine's own idea of what is provided.
"""

import tomllib
from importlib.resources import files
from itertools import combinations

DATA = files("handrail.data")
TABLES = tomllib.loads(DATA.joinpath("levels.toml").read_text(encoding="utf-8"))
NEEDS = {
    row["code"]: row
    for row in tomllib.loads(DATA.joinpath("needs.toml").read_text(encoding="utf-8"))["need"]
}
LEVELS = {row["code"]: row for row in TABLES["level"]}
SPINE = list(LEVELS)
FACETS = {row["code"]: row for row in TABLES["facet"]}
ACUTE = [row["code"] for row in TABLES["acute_place"]]
FLOOR = {code for code, row in NEEDS.items() if row["floor"]}


def available(level, without=()):
    """The facets that can be added at a level."""
    height = SPINE.index(level)
    return [
        code
        for code, row in FACETS.items()
        if SPINE.index(row["available_from"]) <= height and code not in without
    ]


def provided(level, facets, acute=()):
    """Every need that a level, facets and acute places together answer."""
    answers = set(LEVELS[level]["provides"])
    for facet in facets:
        answers |= set(FACETS[facet]["provides"])
    for code, row in NEEDS.items():
        if {row.get("first_place"), *row.get("also_at", ())} & set(acute):
            answers.add(code)
    return answers


def left_out(needs, level, facets, acute=()):
    """The needs that remain; an emergency response is shown, no place provides it."""
    return set(needs) - provided(level, facets, acute) - {"emergency_response"}


def lowest_level(needs):
    """The lowest level that answers every need for which no acute place comes first.

    What an acute place happens to answer as well does not lower the level: detox ends in days,
    and a further need must not lower a level.
    """
    lasting = [n for n in needs if not NEEDS[n].get("first_place") and n != "emergency_response"]
    for level in SPINE:
        if not left_out(lasting, level, available(level)):
            return level
    raise AssertionError(f"no level answers {lasting}")


def burden(facets):
    columns = zip(*(FACETS[facet]["burden"] for facet in facets), strict=True)
    return tuple(sum(column) for column in columns) or (0, 0, 0, 0)


def lighter_choices(needs, level, facets, acute):
    """Every other choice of facets that is enough and lighter than the given one."""
    wanted = left_out(needs, level, (), acute)
    useful = {f for f in available(level) if wanted & set(FACETS[f]["provides"])}
    providers = {n: [f for f in useful if n in FACETS[f]["provides"]] for n in wanted}
    forced = {found[0] for found in providers.values() if len(found) == 1}
    free = sorted(useful - forced)
    for count in range(len(free) + 1):
        for chosen in combinations(free, count):
            other = forced | set(chosen)
            if not left_out(needs, level, other, acute) and _beats(other, set(facets)):
                yield other


def _beats(one, other):
    if one < other:
        return True
    mine, theirs = burden(one), burden(other)
    return mine != theirs and all(a <= b for a, b in zip(mine, theirs, strict=True))
