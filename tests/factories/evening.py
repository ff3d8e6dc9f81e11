"""One evening group of twelve with its people, made up, for tests of the board and of signing."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from handrail.areas.clients.models import Client, Contact, Episode
from handrail.areas.enrollment.models import Attendance
from handrail.areas.notes.models import Note
from handrail.areas.notes.services import notes
from handrail.areas.organizations.models import Membership
from handrail.areas.outreach.models import Outreach
from handrail.areas.plans.models import Goal
from handrail.areas.safety.models import Flag, FlagKind
from handrail.areas.schedule.models import Enrollment, Program, Session, SessionFacilitator, Track
from handrail.areas.sessions.selectors.board import Board, Tile, board
from handrail.areas.sessions.services import board as services
from handrail.core.access import Actor
from handrail.core.course.attendance import Absent, Present, Status
from handrail.core.course.schedule import Modality, utc_of
from handrail.core.notes.content import (
    GroupContent,
    IndividualContent,
    NoteContent,
    SharedPart,
    canonical,
    content_hash,
)
from handrail.data import course_templates

NEW_YORK = "America/New_York"
TONIGHT = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 22, 50, tzinfo=UTC)
"""Ten to six in the evening."""
LATE = datetime(2026, 11, 25, 2, 5, tzinfo=UTC)
"""Five past nine, after the group."""
EARLIER = (date(2026, 11, 16), date(2026, 11, 18), date(2026, 11, 19), date(2026, 11, 23))
PEOPLE = (
    ("Rosalind", "Thackeray"),
    ("Jerome", "Castellano"),
    ("Nadia", "Vukovic"),
    ("Terrence", "Oyelaran"),
    ("Miguel", "Sandoval"),
    ("Annika", "Lindholm"),
    ("Desmond", "Achterberg"),
    ("Keiko", "Tanabe"),
    ("Fiona", "Gallagher"),
    ("Ibrahim", "Chaudhry"),
    ("Lorraine", "Pettibone"),
    ("Vincent", "Kowalczyk"),
)
WORDS = (
    "Spoke first about the argument at work and named the craving that came an hour later.",
    "Listened for most of the evening, then asked how others tell a boss about treatment.",
    "Brought the letter to a brother that was homework and read two paragraphs of it aloud.",
    "Was restless after the break; said sleeping four hours makes every plan feel impossible.",
    "Practiced refusing a drink in the role play and laughed when it worked on the third try.",
    "Talked about shame after the relapse in October and accepted support without arguing.",
    "Put a finger on the drive past the old corner store and planned another way home.",
    "Quiet but attentive; wrote down three warning signs and shared the last of them.",
    "Challenged a peer kindly about calling it only beer and told of own first outpatient try.",
    "Reported eleven days without use and is proud of coming straight from a double shift.",
    "Worried about the custody hearing on Friday; used the breathing exercise on the spot.",
    "Described how boredom on Sundays starts it all and asked for the list of meetings.",
)


@dataclass
class Evening:
    """Tonight's session, its people in the order of PEOPLE, and who leads it."""

    session: Session
    clients: list[Client]
    mara: Actor
    dev: Actor
    ruth: Actor
    goals: dict[UUID, Goal] = field(default_factory=dict)

    def board(self, by: Actor | None = None) -> Board:
        return board(self.session.pk, by=by or self.mara)

    def tile(self, client: Client) -> Tile:
        return next(one for one in self.board().tiles if one.client_id == client.pk)

    def fresh(self) -> Session:
        return Session.objects.get(pk=self.session.pk)

    def start(self, by=None, at=AT):
        return services.start_session(session_id=self.session.pk, by=by or self.mara, at=at)

    def mark(self, client, seen, *, version=None, by=None, at=AT):
        version = self.tile(client).attendance_version if version is None else version
        return services.mark_attendance(
            session_id=self.session.pk,
            client_id=client.pk,
            seen=seen,
            base_version=version,
            by=by or self.mara,
            at=at,
        )

    def absent(self, client, excuse=""):
        return self.mark(client, Absent(excuse))

    def present(self, client, arrived=0, left=None):
        return self.mark(client, Present(arrived, left))

    def save(self, client, name, text, *, version=0, by=None, at=AT):
        return services.save_field(
            session_id=self.session.pk,
            client_id=client.pk if client else None,
            field=name,
            text=text,
            base_version=version,
            by=by or self.mara,
            at=at,
        )

    def settle(self, client, name, text, *, version, seen, by=None, at=AT):
        return services.settle_field(
            session_id=self.session.pk,
            client_id=client.pk if client else None,
            field=name,
            text=text,
            base_version=version,
            seen=seen,
            by=by or self.mara,
            at=at,
        )

    def write_everything(self) -> None:
        """What twelve whole notes need, a statement about risk included."""
        self.save(None, "segment:0", "Check-in with a scale from one to ten.")
        for client, words in zip(self.clients, WORDS, strict=True):
            self.save(client, "words", words)
            self.save(client, "goal", str(self.goals[client.pk].pk))
            self.save(client, "risk", "Denies thoughts of suicide; no plan, no means at hand.")

    def close(self, by=None, at=LATE):
        return services.close_attendance(session_id=self.session.pk, by=by or self.mara, at=at)

    def reopen(self, by=None, at=LATE):
        return services.reopen_attendance(session_id=self.session.pk, by=by or self.mara, at=at)

    def sign(self, *clients, by=None, at=LATE, acknowledged=None, reason=""):
        return notes.sign_notes(
            session_id=self.session.pk,
            client_ids=[one.pk for one in clients or self.clients],
            acknowledged=acknowledged or {},
            reason=reason,
            by=by or self.dev,
            at=at,
        )

    def note(self, client) -> Note:
        return Note.objects.exclude(state="voided").get(session=self.session, client=client)

    def held(self) -> "Evening":
        """Start, write and close: everybody was there and every note is whole."""
        self.start()
        self.write_everything()
        self.close()
        return self


def an_evening(program, *, people: int = len(PEOPLE)) -> Evening:
    """A track with four sessions behind it and tonight's planned, and people enrolled in it.

    Works inside the organization.
    """
    mara, dev, ruth = (program.actor(one) for one in ("mara", "dev", "ruth"))
    template = course_templates()["iop"]
    made = Program.objects.create(
        organization_id=program.alder,
        name="Evening intensive outpatient",
        level="iop",
        template="iop",
        sessions=24,
    )
    segments = [
        {
            "kind": one.kind.value,
            "name": one.name,
            "minutes": one.minutes,
            "therapeutic": one.therapeutic,
        }
        for one in template.segments
    ]
    track = Track.objects.create(
        organization_id=program.alder,
        program=made,
        name="Evening IOP",
        days=[0, 1, 2, 3],
        start=time(18),
        zone=NEW_YORK,
        segments=segments,
        modality="room",
        room="Room 2",
        topics=[],
    )
    sessions = [
        _session(track, segments, number, day, template.minutes)
        for number, day in enumerate((*EARLIER, TONIGHT), start=1)
    ]
    for who in ("mara", "dev", "ruth"):
        SessionFacilitator.objects.create(
            organization_id=program.alder, session=sessions[-1], membership=program.place(who)
        )
    Session.objects.filter(pk__in=[one.pk for one in sessions[:-1]]).update(state="closed")
    evening = Evening(sessions[-1], [], mara, dev, ruth)
    for number in range(people):
        given, family = PEOPLE[number] if number < len(PEOPLE) else (f"Zz{number}", f"Q{number}x")
        add_person(evening, given, family)
    return evening


def _session(track, segments, number, day, minutes) -> Session:
    starts = utc_of(day, track.start, track.zone)
    return Session.objects.create(
        organization_id=track.organization_id,
        track=track,
        number=number,
        local_date=day,
        start=track.start,
        zone=track.zone,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=minutes),
        modality="room",
        room="Room 2",
        segments=segments,
        topics=["Triggers"],
    )


def a_session(organization: UUID) -> Session:
    """An empty session of an organization. Works inside it."""
    made = Program.objects.create(
        organization_id=organization, name="Days", level="iop", template="iop", sessions=24
    )
    segments = [{"kind": "process", "name": "Group", "minutes": 180, "therapeutic": True}]
    track = Track.objects.create(
        organization_id=organization,
        program=made,
        name="Day IOP",
        days=[1],
        start=time(9),
        zone=NEW_YORK,
        segments=segments,
        modality="room",
    )
    return _session(track, segments, 1, TONIGHT, 180)


def another_session(session: Session) -> Session:
    """One more of the same track, on the next free day."""
    last = session.track.sessions.order_by("number").last()
    return _session(
        session.track, session.segments, last.number + 1, last.local_date + timedelta(days=1), 180
    )


def a_note(session: Session, episode: Episode, signer: Membership, **more) -> Note:
    """A signed note, as signing would have made it."""
    content = NoteContent(
        GroupContent(
            session.track.name,
            session.number,
            session.local_date,
            zone=session.zone,
            start=session.start,
            modality=Modality.ROOM,
            shared=(SharedPart("Check-in", "A round with a scale from one to ten."),),
        ),
        IndividualContent(
            str(episode.client_id),
            Status.ATTENDED,
            words="Spoke about Sunday and what helped.",
            goal="Three evenings a week without a drink",
            arrived=0,
            left=180,
            attended_minutes=180,
            therapeutic_minutes=165,
        ),
    )
    return Note.objects.create(
        organization_id=session.organization_id,
        client_id=episode.client_id,
        episode=episode,
        session=session,
        content=canonical(content),
        signed_by=signer,
        **{
            "local_date": session.local_date,
            "content_hash": content_hash(canonical(content)),
            "signed_at": LATE,
            "signed_name": f"{signer.user.name}, LPC",
            **more,
        },
    )


def an_outreach(session: Session, episode: Episode, **more) -> Outreach:
    """Someone who was not there and is to be called within two hours."""
    return Outreach.objects.create(
        organization_id=session.organization_id,
        client_id=episode.client_id,
        session=session,
        **{
            "clock": "tonight",
            "due_at": LATE + timedelta(hours=2),
            "steps": ["call", "contact_person"],
            "why": "Was not there and gave no reason: call tonight.",
            "opened_at": LATE,
            **more,
        },
    )


def a_person(evening: Evening, given: str, family: str, **more) -> Client:
    """Someone with an open episode and a goal, in no track."""
    session = evening.session
    client = Client.objects.create(
        organization_id=session.organization_id,
        given_name=given,
        family_name=family,
        birth_date=date(1990, 4, 2),
        recorded_at=AT,
        recorded_by="Ines Caldera",
        **more,
    )
    episode = Episode.objects.create(
        organization_id=session.organization_id,
        client=client,
        opened_date=EARLIER[0],
        opened_by="Ines Caldera",
        payer_minimum="three-hours-a-day",
    )
    evening.goals[client.pk] = Goal.objects.create(
        organization_id=session.organization_id,
        client=client,
        episode=episode,
        words="Three evenings a week without a drink",
        opened_date=EARLIER[0],
        opened_by="Mara Whitfield",
    )
    return client


def add_person(evening: Evening, given: str, family: str) -> Client:
    """Someone enrolled in tonight's track from its beginning."""
    client = a_person(evening, given, family)
    Enrollment.objects.create(
        organization_id=client.organization_id,
        client=client,
        episode=client.episodes.get(),
        track_id=evening.session.track_id,
        from_date=EARLIER[0],
        enrolled_at=AT,
        enrolled_by="Ines Caldera",
    )
    evening.clients.append(client)
    return client


def was_at(client: Client, session: Session, status: str = "attended") -> Attendance:
    """As if an earlier session had been held and closed."""
    there = not status.startswith("absent")
    return Attendance.objects.create(
        organization_id=client.organization_id,
        session=session,
        client=client,
        episode=client.episodes.get(),
        place="enrolled",
        absent=not there,
        status=status,
        counts=there,
        scheduled=180,
        attended=180 if there else 0,
        therapeutic=165 if there else 0,
        marked_at=AT,
        marked_by="Mara Whitfield",
    )


def a_flag(program, client: Client, kind: FlagKind = FlagKind.SUICIDE, **more) -> Flag:
    """An open concern about someone."""
    usual = {"opened_at": AT - timedelta(days=1), "opened_by": "Dev Raman"}
    return Flag.objects.create(
        organization_id=client.organization_id,
        client=client,
        kind=kind,
        why="said on Monday that it would be easier not to wake up",
        owner=program.place("dev"),
        **usual | more,
    )


def a_contact(client: Client, *, call_if_missed: bool = True) -> Contact:
    """A sister who may know about attendance."""
    return Contact.objects.create(
        organization_id=client.organization_id,
        client=client,
        name="Marguerite Delacroix",
        relationship="sibling",
        phone="555-0117",
        may_know=["attendance"],
        call_if_missed=call_if_missed,
        recorded_at=AT,
        recorded_by="Ines Caldera",
    )
