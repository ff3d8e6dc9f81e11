"""Needs: what care must provide for a person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Need:
    """Something care must provide, whoever provides it.

    An acute need ends in days; a floor need is never dropped by a preference, a constraint or
    a payer. `first_place` is the acute place that answers it first, `also_at` the others.
    `leaves_out` completes "This would leave out: …" for a person or a family. A need that stands
    `until_assessed` asks for a professional's look, whose result may be that less is enough.
    """

    code: str
    acute: bool
    floor: bool
    name: str
    leaves_out: str
    first_place: str = ""
    also_at: tuple[str, ...] = ()
    until_assessed: bool = False

    @property
    def places(self) -> tuple[str, ...]:
        """Every acute place that answers this need."""
        return (self.first_place, *self.also_at) if self.first_place else self.also_at


def read_needs(rows: Iterable[Mapping[str, Any]]) -> dict[str, Need]:
    """Read the list of needs, most pressing first. Raises ValueError naming the row."""
    needs: dict[str, Need] = {}
    for row in rows:
        try:
            need = Need(**{**row, "also_at": tuple(row.get("also_at", ()))})
        except TypeError as wrong:
            raise ValueError(f"need {row.get('code')}: {wrong}") from wrong
        needs[need.code] = need
    return needs
