"""The demo's charts: who someone is, their stay, levels, lists, contacts, goals and own hours."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from handrail.areas.clients import models as clients_models
from handrail.areas.clients.models import ListedKind, Outcome
from handrail.areas.clients.services.problem_list import NO_ALLERGIES
from handrail.areas.enrollment import models as enrollment_models
from handrail.areas.plans import models as plans_models
from handrail.areas.safety import models as safety_models
from handrail.areas.schedule import models as schedule_models
from handrail.core.course.weeks import Service
from handrail.core.name_search import name_words
from handrail.demo.book import Part, Person, diagnosis_names, phrases
from handrail.demo.calendar import LaidOut
from handrail.demo.house import ZONE, House

PAUSED_SINCE, PAUSED_FOR = 8, 14
_LENGTH_OF_HOUR = {Service.INDIVIDUAL: 50, Service.FAMILY: 60}


@dataclass(frozen=True, slots=True)
class Stretch:
    """One part of a stay on the calendar: the numbers of the sessions the person is expected at."""

    part: Part
    track: LaidOut
    numbers: tuple[int, ...]
    from_date: date
    until_date: date | None


@dataclass(frozen=True, slots=True)
class Chart:
    """Someone's chart as the rest of the story needs it."""

    person: Person
    client_id: UUID
    episode_id: UUID
    opened: date
    closed: date | None
    stretches: tuple[Stretch, ...]
    goal_ids: tuple[UUID, ...]
    flags: list[safety_models.Flag] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The person as the core knows them."""
        return str(self.client_id)

    def flags_at(self, moment: datetime) -> tuple[str, ...]:
        """Concerns that were open at a moment."""
        return tuple(
            one.kind
            for one in self.flags
            if one.opened_at <= moment and (one.closed_at is None or moment < one.closed_at)
        )


def write_chart(house: House, person: Person, tracks: dict[str, LaidOut], intake: str) -> Chart:
    """Put someone's chart into the house; `intake` is who recorded it."""
    stretches = tuple(_stretch(house, person, part, tracks[part.track]) for part in person.parts)
    opened = _workday_before(stretches[0].from_date)
    closed = stretches[-1].until_date if person.outcome else None
    chart = Chart(
        person=person,
        client_id=house.key("client", person.name),
        episode_id=house.key("episode", person.name),
        opened=opened,
        closed=closed,
        stretches=stretches,
        goal_ids=tuple(house.key("goal", person.name, i) for i in range(len(person.goals))),
    )
    house.rows.add(*client_rows(house, chart.client_id, person, house.at(opened, 10), intake))
    _write_episode(house, chart, intake)
    _write_levels(house, chart, intake)
    _write_lists(house, chart)
    _write_contacts(house, chart, intake)
    _write_goals(house, chart)
    _write_enrollments(house, chart, intake)
    _write_hours(house, chart)
    return chart


def client_rows(
    house: House, client_id: UUID, person: Person, at: datetime, by: str
) -> list[clients_models.Client | clients_models.NameWord]:
    """A client and the words of the name."""
    number = house.chance("phone", person.name)
    letters = "".join(sorted(name_words([person.family]), key=lambda one: (len(one), one))[-1:])
    client = clients_models.Client(
        id=client_id,
        organization_id=house.organization_id,
        given_name=person.given,
        family_name=person.family,
        called=person.called,
        pronouns=person.pronouns,
        birth_date=person.born,
        phone=f"614-555-0{number.randrange(100, 200)}",
        email=f"{letters}{number.randrange(10, 99)}@mail.example",
        language=person.language,
        recorded_at=at,
        recorded_by=by,
    )
    words = name_words([person.given, person.family, person.called])
    return [
        client,
        *(
            clients_models.NameWord(
                organization_id=house.organization_id, client_id=client_id, word=word
            )
            for word in sorted(words)
        ),
    ]


# ---- on the calendar -------------------------------------------------------------------------


def _stretch(house: House, person: Person, part: Part, track: LaidOut) -> Stretch:
    """Which of the track's sessions are theirs, so that they stand where the book says."""
    held = track.held[: len(track.held) - part.ago]
    if person.pause:
        held = tuple(one for one in held if one.local_date < house.days_ago(PAUSED_SINCE))
    mine = held[len(held) - part.sessions :] if part.sessions else ()
    goes_on = part is person.parts[-1] and not person.outcome
    return Stretch(
        part=part,
        track=track,
        numbers=tuple(one.number for one in mine),
        from_date=mine[0].local_date if mine else house.day,
        until_date=None if goes_on else mine[-1].local_date,
    )


def _workday_before(day: date) -> date:
    """Admission: the third day before, or the Friday when that is a weekend."""
    opened = day - timedelta(days=3)
    return opened - timedelta(days=max(0, opened.weekday() - 4))


def _write_enrollments(house: House, chart: Chart, intake: str) -> None:
    for one in chart.stretches:
        enrollment_id = house.key("enrollment", chart.person.name, one.track.pattern.short)
        ended = one.until_date is not None
        house.rows.add(
            schedule_models.Enrollment(
                id=enrollment_id,
                organization_id=house.organization_id,
                client_id=chart.client_id,
                episode_id=chart.episode_id,
                track_id=one.track.key,
                from_date=one.from_date,
                until_date=one.until_date,
                enrolled_at=house.at(chart.opened, 11),
                enrolled_by=intake,
                ended_by=_leader(house, one) if ended else "",
                end_reason=_why_ended(chart, one) if ended else "",
            )
        )
        if chart.person.pause and not ended:
            house.rows.add(
                schedule_models.Pause(
                    id=house.key("pause", chart.person.name),
                    organization_id=house.organization_id,
                    enrollment_id=enrollment_id,
                    from_date=house.days_ago(PAUSED_SINCE),
                    until_date=house.days_ago(PAUSED_SINCE - PAUSED_FOR),
                    reason=chart.person.pause,
                    recorded_at=house.at(house.days_ago(PAUSED_SINCE + 2), 14),
                    recorded_by=_leader(house, one),
                )
            )


def _why_ended(chart: Chart, stretch: Stretch) -> str:
    if stretch is chart.stretches[-1]:
        return Outcome(chart.person.outcome).label
    return "Course completed; goes on in the supportive group"


def _leader(house: House, stretch: Stretch) -> str:
    return house.staff[stretch.track.pattern.leaders[0]].name


# ---- the stay --------------------------------------------------------------------------------


def _write_episode(house: House, chart: Chart, intake: str) -> None:
    person = chart.person
    house.rows.add(
        clients_models.Episode(
            id=chart.episode_id,
            organization_id=house.organization_id,
            client_id=chart.client_id,
            opened_date=chart.opened,
            opened_by=intake,
            closed_date=chart.closed,
            closed_by=_leader(house, chart.stretches[-1]) if chart.closed else "",
            outcome=person.outcome,
            summary=summary_of(person.outcome) if chart.closed else "",
            week_rules=list(person.rules),
            payer_minimum=person.payer,
        )
    )


def summary_of(outcome: str) -> str:
    """What stands in a closed episode."""
    words: str = phrases()["ended"][outcome]
    return words


def _write_levels(house: House, chart: Chart, intake: str) -> None:
    begins = [chart.opened, *(one.from_date for one in chart.stretches[1:])]
    reasons = ["Admission", "Course completed; steps down"]
    if len(begins) == 1 and chart.stretches[0].track.track.level == "sop":
        reasons = ["Admission: steps down from intensive outpatient care elsewhere"]
    for i, one in enumerate(chart.stretches):
        is_last = i == len(begins) - 1
        house.rows.add(
            clients_models.LevelStay(
                id=house.key("level", chart.person.name, i),
                organization_id=house.organization_id,
                episode_id=chart.episode_id,
                level=one.track.track.level,
                from_date=begins[i],
                until_date=chart.closed if is_last else begins[i + 1] - timedelta(days=1),
                reason=reasons[i],
                recorded_by=intake if i == 0 else _leader(house, one),
            )
        )


def _write_lists(house: House, chart: Chart) -> None:
    person = chart.person
    by, at = (
        house.staff["helen" if "helen" in house.staff else "jonah"].name,
        house.at(chart.opened, 13),
    )
    allergies = person.allergies or ((NO_ALLERGIES, ""),)
    entries = [
        *((ListedKind.DIAGNOSIS, diagnosis_names()[c], c, "", "") for c in person.diagnoses),
        *((ListedKind.MEDICINE, name, "", dose, who) for name, dose, who in person.medicines),
        *((ListedKind.ALLERGY, name, "", what, "") for name, what in allergies),
    ]
    for kind, name, code, detail, by_whom in entries:
        house.rows.add(
            clients_models.Listed(
                id=house.key("listed", person.name, kind, name),
                organization_id=house.organization_id,
                client_id=chart.client_id,
                kind=kind,
                name=name,
                code=code,
                detail=detail,
                by_whom=by_whom,
                from_date=chart.opened,
                recorded_at=at,
                recorded_by=by,
            )
        )


def _write_contacts(house: House, chart: Chart, intake: str) -> None:
    for one in chart.person.contacts:
        number = house.chance("phone", chart.person.name, one.name).randrange(100, 200)
        house.rows.add(
            clients_models.Contact(
                id=house.key("contact", chart.person.name, one.name),
                organization_id=house.organization_id,
                client_id=chart.client_id,
                name=one.name,
                relationship=one.relationship,
                phone=f"614-555-0{number}",
                may_know=list(one.may_know),
                call_if_missed=one.call_if_missed,
                recorded_at=house.at(chart.opened, 10, 20),
                recorded_by=intake,
            )
        )


def _write_goals(house: House, chart: Chart) -> None:
    person, last = chart.person, chart.stretches[-1]
    days = [one.local_date for one in last.track.held if one.number in last.numbers]
    for i, words in enumerate(person.goals):
        # The goals that are met are the first ones, some way before the end.
        met = days[len(days) * 3 // 4] if i < person.goals_met and days else None
        house.rows.add(
            plans_models.Goal(
                id=chart.goal_ids[i],
                organization_id=house.organization_id,
                client_id=chart.client_id,
                episode_id=chart.episode_id,
                words=words,
                opened_date=chart.opened,
                opened_by=_leader(house, chart.stretches[0]),
                met_date=met,
                ended_by=_leader(house, last) if met else "",
            )
        )


def _write_hours(house: House, chart: Chart) -> None:
    """An individual hour every other week, now and then a family hour, and the next one ahead."""
    chance = house.chance("hours", chart.person.name)
    weekday, hour = chance.randrange(5), chance.choice((11, 13, 14, 15))
    first = chart.opened + timedelta(days=(weekday - chart.opened.weekday()) % 7)
    last = chart.closed or house.day + timedelta(days=14)
    for week in range((last - first).days // 7 + 1):
        day = first + timedelta(days=7 * week)
        if week % 2 and day < house.day:
            continue
        family = bool(chart.person.contacts) and week % 6 == 4
        service = Service.FAMILY if family else Service.INDIVIDUAL
        took_place = chance.random() < 0.9  # asked always, so that chance falls the same way
        house.rows.add(
            enrollment_models.Appointment(
                id=house.key("hour", chart.person.name, week),
                organization_id=house.organization_id,
                client_id=chart.client_id,
                episode_id=chart.episode_id,
                service=service.value,
                local_date=day,
                start=time(hour),
                zone=ZONE,
                minutes=_LENGTH_OF_HOUR[service],
                membership_id=house.staff[
                    chart.stretches[-1].track.pattern.leaders[0]
                ].membership_id,
                held=took_place if day < house.day else None,
                recorded_at=house.at(chart.opened, 11, 30),
                recorded_by=_leader(house, chart.stretches[-1]),
            )
        )
