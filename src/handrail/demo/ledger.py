"""The demo's ledgers: positions, agreements and one informed refusal, around each admission.

The core makes every agreement here; it refuses those that would leave the floor unmet.
"""

import json
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

from handrail.areas.clients.models import Client
from handrail.areas.coverage.models import Coverage, Payer
from handrail.areas.inquiries import models as inquiries_models
from handrail.areas.ledger import models as ledger_models
from handrail.areas.recommendations import models as recommendations_models
from handrail.areas.recommendations.services.recommendations import keep_texts
from handrail.core.findings import Kind, as_stated, read_stated
from handrail.core.ledger.agreements import agree, refuse
from handrail.core.ledger.positions import Party, Steps, point, read_steps
from handrail.core.notes.signatures import needs_co_signature
from handrail.core.placement.plain import canonical, fingerprint
from handrail.core.placement.recommend import recommend
from handrail.core.placement.recommendation import Recommendation
from handrail.data import (
    GENERAL_ADMISSION,
    care_catalogue,
    criteria_set,
    findings_catalogue,
    note_rules,
)
from handrail.demo.charts import Chart
from handrail.demo.house import House

_CALLED = (
    ("self", "", ""),
    ("self", "", ""),
    ("self", "", ""),
    ("family", "mother", ""),
    ("family", "partner", ""),
    ("referring_center", "discharge planner", "Riverbend Hospital"),
)
"""Who called first: the relation to the person, in their words, and for whom they work."""
_WRITES = "ines"


def write_ledgers(house: House, charts: Mapping[str, Chart]) -> None:
    """Put the stories into the house, and a plain one for everyone else who is in care."""
    texts = keep_texts(GENERAL_ADMISSION, organization_id=house.organization_id)
    stories = {story["who"]: story for story in _book()["story"]}
    for name, chart in charts.items():
        if chart.closed is None:
            story = stories.get(name) or _plain_story(house, chart)
            _Told(house, chart, story, texts).write()


@cache
def _book() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("ledger.toml").read_text(encoding="utf-8"))


def _plain_story(house: House, chart: Chart) -> dict[str, Any]:
    """What most stories are: found, asked, allowed, agreed."""
    chance = house.chance("ledger", chart.person.name)
    payer = _plan_of(house, chart) if chance.random() < 0.8 else None
    said = [[-4, "client", "", ["iop"], "", False]]
    if payer:
        said.append([-3, "payer", payer.name, ["iop"], "", False])
    return {
        "found": [[-4, "iop", "admission", chance.choice(("mara", "dev", "ruth"))]],
        "said": said,
        "agreed": [
            [0, ["iop+medication_for_addiction+drug_testing+family_program"], ["client"], 20, {}]
        ],
    }


def _plan_of(house: House, chart: Chart) -> Payer | None:
    """Who pays for them, as their coverage has it."""
    payers = {one.pk: one for one in house.rows.of(Payer) if isinstance(one, Payer)}
    plans = (one for one in house.rows.of(Coverage) if isinstance(one, Coverage))
    mine = next((one for one in plans if one.client_id == chart.client_id), None)
    return payers[mine.payer_id] if mine else None


def payer_told_of(name: str) -> str:
    """The payer in somebody's story, or nothing: their coverage has the same."""
    story = next((one for one in _book()["story"] if one["who"] == name), {"said": ()})
    return next((row[2] for row in story["said"] if row[1] == Party.PAYER), "")


@cache
def _calm() -> dict[str, object]:
    """The best answer to every safety question."""
    return {
        code: _best(one)
        for code, one in findings_catalogue().items()
        if one.safety_critical and code not in ("age", "emergency_evaluation_found_safe")
    }


def _best(definition: Any) -> object:
    if definition.type == "yes_no":
        return definition.kind is Kind.PROTECTION
    if definition.type == "choice":
        return definition.values[0]
    return definition.minimum if definition.worse == "higher" else definition.maximum


class _Told:
    """One person's story on its way into the house."""

    def __init__(
        self, house: House, chart: Chart, story: Mapping[str, Any], texts: Mapping[str, str]
    ) -> None:
        self.house, self.chart, self.story, self.texts = house, chart, story, texts
        self.found: list[tuple[date, Recommendation, recommendations_models.Recommendation]] = []

    def write(self) -> None:
        """Everything, in the order of the tables."""
        self._chart_began()
        self._asked_first()
        for row in self.story["found"]:
            self._find(*row)
        for number, row in enumerate(self.story["said"], start=1):
            self._say(number, *row)
        for row in self.story.get("override", ()):
            self._override(*row)
        for number, row in enumerate(self.story.get("agreed", ())):
            self._agree(number, *row)
        for row in self.story.get("refused", ()):
            self._refuse(*row)

    def _day(self, days: int) -> date:
        return min(self.chart.opened + timedelta(days=days), self.house.day)

    def _row(self, kind: str, *more: object) -> dict[str, Any]:
        return {
            "id": self.house.key("ledger", self.chart.person.name, kind, *more),
            "organization_id": self.house.organization_id,
            "client_id": self.chart.client_id,
        }

    def _written(self, day: date, hour: int, minute: int = 0) -> dict[str, Any]:
        return {
            "recorded_at": min(self.house.at(day, hour, minute), self.house.now),
            "recorded_by": self.house.staff[_WRITES].name,
        }

    def _chart_began(self) -> None:
        """The chart begins with the first call, not with admission."""
        first = self._day(min(row[0] for row in (*self.story["found"], *self.story["said"])))
        for row in self.house.rows.of(Client):
            if isinstance(row, Client) and row.pk == self.chart.client_id:
                row.recorded_at = self.house.at(first, 8, 50)

    def _asked_first(self) -> None:
        """Who called about them first, and that it ended with their admission."""
        person, house = self.chart.person, self.house
        court = any(row[1] == Party.MANDATING_BODY for row in self.story["said"])
        chance = house.chance("asked", person.name)
        is_, relation, works_at = (
            ("court", "probation officer", "County probation") if court else chance.choice(_CALLED)
        )
        first = self._day(min(row[0] for row in (*self.story["found"], *self.story["said"])))
        ines = house.staff[_WRITES]
        house.rows.add(
            inquiries_models.Inquiry(
                **self._row("inquiry"),
                caller_name=person.name if is_ == "self" else f"Somebody for {person.given}",
                caller_is=is_,
                caller_relation=relation,
                caller_organization=works_at,
                source="phone",
                given_name=person.given,
                family_name=person.family,
                birth_date=person.born,
                stage="admitted",
                owner_id=ines.membership_id,
                came_at=house.at(first, 8, 45),
                came_by=ines.name,
                closed_at=min(house.at(self._day(0), 16), house.now),
                closed_by=ines.name,
                closed_why="Admitted.",
            )
        )

    def _find(self, days: int, findings: str, why_now: str, confirmed_by: str) -> None:
        day = self._day(days)
        age = (day - self.chart.person.born).days // 365
        stated = {**_calm(), "age": age, **_book()["findings"][findings]}
        known = read_stated(stated, findings_catalogue())
        criteria = criteria_set(GENERAL_ADMISSION)
        answer = recommend(known, criteria)
        text = canonical(answer)
        row = recommendations_models.Recommendation(
            **self._row("recommendation", days),
            criteria=criteria.id,
            criteria_version=criteria.version,
            texts=dict(self.texts),
            facts=json.dumps(
                as_stated(known), ensure_ascii=False, sort_keys=True, separators=(",", ":")
            ),
            answer=text,
            answer_hash=fingerprint(text),
            level=answer.level or "",
            why_now=why_now,
            made_at=self.house.at(day, 9, 10),
            made_by=self.house.staff[_WRITES].name,
        )
        self.house.rows.add(row)
        self.found.append((day, answer, row))
        if confirmed_by:
            self._confirm(row, days, confirmed_by)

    def _confirm(
        self, row: recommendations_models.Recommendation, days: int, by: str, **more: Any
    ) -> None:
        colleague, day = self.house.staff[by], self._day(days)
        alone = not needs_co_signature(
            colleague.credentials, on=day, sign_alone=note_rules().sign_alone
        )
        self.house.rows.add(
            recommendations_models.Confirmation(
                **self._row("confirmation", days, by),
                recommendation=row,
                confirmed_at=self.house.at(day, 11, 30),
                confirmed_by=colleague.signature(day),
                confirmed_by_place_id=colleague.membership_id,
                needs_co_signature=not alone,
                **more,
            )
        )

    def _override(self, days: int, steps: list[str], code: str, words: str, by: str) -> None:
        _, _, row = self._standing(self._day(days))
        level = point(_steps(steps), care_catalogue())
        self._confirm(
            row, days, by, overrides=True, sequence=steps, level=level,
            reason_code=code, reason=words,
        )  # fmt: skip

    def _say(
        self,
        number: int,
        days: int,
        party: str,
        holder: str,
        steps: list[str],
        reason: str,
        withheld: bool,  # noqa: FBT001 - a column of the story
    ) -> None:
        day = self._day(days)
        self.house.rows.add(
            ledger_models.Position(
                **self._row("position", number),
                number=number,
                party=party,
                holder="" if party == Party.PAYER else holder,
                payer_id=self._payer(holder) if party == Party.PAYER else None,
                sequence=[str(one) for one in _steps(steps)],
                reason=reason,
                said_date=day,
                withheld_from_client=withheld,
                **self._written(day, 10, number),
            )
        )

    def _payer(self, name: str) -> UUID:
        rows = (one for one in self.house.rows.of(Payer) if isinstance(one, Payer))
        return next(one.pk for one in rows if one.name == name)

    def _agree(
        self, number: int, days: int, steps: list[str], accepted: list[str], review: int,
        instead: Mapping[str, str],
    ) -> None:  # fmt: skip
        day = self._day(days)
        _, answer, found = self._standing(day)
        review_date = self.house.day + timedelta(days=review)
        # Where admission was long ago, they agreed once more since.
        day = max(day, review_date - timedelta(days=90))
        if number + 1 < len(self.story["agreed"]):
            review_date = min(review_date, self._day(self.story["agreed"][number + 1][0]))
        needs = care_catalogue().needs
        made = agree(
            answer,
            steps=_steps(steps),
            mitigations={code: instead.get(code, instead.get("*", "")) for code in needs},
            accepted_by=[Party(one) for one in accepted],
            agreed_date=day,
            review_date=max(review_date, day + timedelta(days=1)),
        )
        row = ledger_models.Agreement(
            **self._row("agreement", number),
            recommendation=found,
            sequence=[str(one) for one in made.steps],
            level=point(made.steps, care_catalogue()),
            accepted_by=[one.value for one in made.accepted_by],
            agreed_date=made.agreed_date,
            review_date=made.review_date,
            **self._written(day, 15),
        )
        self.house.rows.add(row)
        for one in made.unmet:
            self.house.rows.add(
                ledger_models.UnmetNeed(
                    organization_id=self.house.organization_id,
                    agreement=row,
                    need=one.need,
                    mitigation=one.mitigation,
                )
            )

    def _refuse(
        self, days: int, steps: list[str], explained: str, physician: str, offered: str, call: int
    ) -> None:
        day = self._day(days)
        _, answer, found = self._standing(day)
        told_at = self.house.at(day, 13, 20)
        made = refuse(
            answer,
            accepts=_steps(steps),
            explained=explained,
            physician=physician,
            physician_told_at=told_at,
            offered=offered,
            call_again_date=max(self.house.day + timedelta(days=call), day + timedelta(days=1)),
            on=day,
        )
        self.house.rows.add(
            ledger_models.InformedRefusal(
                **self._row("refusal", days),
                recommendation=found,
                sequence=[str(one) for one in made.accepts],
                needs=list(made.needs),
                also_unmet=list(made.also_unmet),
                explained=made.explained,
                explained_by=self.house.staff["helen"].signature(day),
                physician=made.physician,
                physician_told_at=told_at,
                offered=made.offered,
                refused_date=day,
                call_again_date=made.call_again_date,
                **self._written(day, 15),
            )
        )

    def _standing(
        self, day: date
    ) -> tuple[date, Recommendation, recommendations_models.Recommendation]:
        return [one for one in self.found if one[0] <= day][-1]


def _steps(sequence: Iterable[str]) -> Steps:
    return read_steps(tuple(sequence), care_catalogue())
