"""What every part of the demo's story needs: which house and evening, who works there, rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from django.db.models import Model

from handrail.core.notes.signatures import Credential, signature_line

ZONE = "America/New_York"
STARTS = time(17, 50)
_BATCH = 1000


def key(seed: int, name: str) -> UUID:
    """The key of a thing of the demo: the same for the same seed and name."""
    return uuid5(NAMESPACE_URL, f"handrail-demo/{seed}/{name}")


def evening_of(day: date) -> datetime:
    """When the demo begins on a day: ten to six."""
    return datetime.combine(day, STARTS, ZoneInfo(ZONE))


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone who works in the house, as notes and rows name them."""

    membership_id: UUID
    name: str
    credentials: tuple[Credential, ...]

    def signature(self, on: date) -> str:
        """Name and the letters that hold on that day."""
        return signature_line(self.name, self.credentials, on=on)


class Rows:
    """Rows of many tables, written together in a few statements and in the order of the tables."""

    def __init__(self) -> None:
        self._by_table: dict[type[Model], list[Model]] = {}

    def add(self, *rows: Model) -> None:
        """Keep rows for later."""
        for row in rows:
            self._by_table.setdefault(type(row), []).append(row)

    def of(self, table: type[Model]) -> tuple[Model, ...]:
        """What is kept of a table until it is written."""
        return tuple(self._by_table.get(table, ()))

    def save(self) -> None:
        """Write them all."""
        for table, rows in self._by_table.items():
            table._default_manager.bulk_create(rows, batch_size=_BATCH)
        self._by_table.clear()


@dataclass(frozen=True, slots=True)
class House:
    """One organization of the demo on its evening. Colleagues by the first part of their e-mail."""

    name: str
    organization_id: UUID
    seed: int
    day: date
    staff: Mapping[str, Colleague]
    rows: Rows = field(default_factory=Rows)

    @property
    def now(self) -> datetime:
        """Ten to six."""
        return evening_of(self.day)

    def key(self, *names: object) -> UUID:
        """The key of a thing of this house."""
        return key(self.seed, "/".join((self.name, *map(str, names))))

    def chance(self, *names: object) -> Random:
        """Chance that falls the same way each time for the same seed and purpose."""
        return Random(f"{self.seed}/{self.name}/{'/'.join(map(str, names))}")  # noqa: S311

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """A moment at the house."""
        return datetime.combine(day, time(hour, minute), ZoneInfo(ZONE))

    def days_ago(self, days: int) -> date:
        """A day before the evening's."""
        return self.day - timedelta(days=days)
