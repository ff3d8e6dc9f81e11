"""Finds words for the demo's notes: nothing twice in an evening, nobody in another's words."""

from collections.abc import Sequence
from random import Random

from handrail.areas.safety.models import FlagKind
from handrail.demo.book import Person, phrases


class Writer:
    """Writes what the notes of one house say; remembers what each person's notes have said."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._told: dict[str, list[str]] = {}
        self._tonight: set[str] = set()

    def begin_evening(self) -> None:
        """A new session: its notes share no sentence."""
        self._tonight = set()

    def own_words(self, person: Person) -> str:
        """How someone took part, what they spoke of, and how it was for them."""
        stock = phrases()
        theme = self._chance.choice(person.themes)
        parts = [
            self._fresh(person, stock["took_part"]),
            self._fresh(person, stock["themes"][theme]),
            self._fresh(person, stock["response"]),
        ]
        if len(parts[0]) + len(parts[1]) > 150:
            parts.pop()
        return " ".join(parts)

    def plan(self, person: Person) -> str:
        """What follows."""
        return self._fresh(person, phrases()["plan"])

    def risk(self, flags: Sequence[str]) -> str:
        """A statement about risk, as the open concerns ask for it."""
        for flag, stock in (
            (FlagKind.SUICIDE, "risk_suicide"),
            (FlagKind.OVERDOSE, "risk_overdose"),
        ):
            if flag in flags:
                return self._any(phrases()[stock])
        return self._any(phrases()["risk"])

    def shared(self, kind: str) -> str:
        """What was done in one part of the session."""
        return self._any(phrases()["shared"][kind])

    def _any(self, stock: Sequence[str]) -> str:
        return self._chance.choice(stock)

    def _fresh(self, person: Person, stock: Sequence[str]) -> str:
        """A sentence not used tonight, and for this person the longest ago."""
        told = self._told.setdefault(person.name, [])
        free = [one for one in stock if one not in self._tonight] or list(stock)
        never = [one for one in free if one not in told]
        chosen = self._chance.choice(never) if never else min(free, key=told.index)
        if chosen in told:
            told.remove(chosen)
        told.append(chosen)
        self._tonight.add(chosen)
        return chosen
