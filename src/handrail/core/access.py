"""Who may do what, and in which state of things.

One table, `RULES`, that a clinical director can read: docs/reference/roles.md is printed from it
(`handrail roles`). Whatever is not in the table is refused. Work without a person behind it runs
under a named system actor, which may do only what `SYSTEMS` grants it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from handrail.core.errors import NotHere as NotHere
from handrail.core.errors import Refused as Refused


class Role(StrEnum):
    """What a person is employed to do. The value is stored: never change it."""

    INTAKE_COORDINATOR = "intake_coordinator"
    FACILITATOR = "facilitator"
    SUPERVISOR = "supervisor"
    UTILIZATION_REVIEWER = "utilization_reviewer"
    DRUG_TEST_TECHNICIAN = "drug_test_technician"
    BILLER = "biller"
    MEDICAL_DIRECTOR = "medical_director"
    PROGRAM_DIRECTOR = "program_director"
    ADMINISTRATOR = "administrator"

    @property
    def words(self) -> str:
        """The role as people say it."""
        return _ROLE_WORDS[self][0]

    @property
    def does(self) -> str:
        """What someone in this role does, in a sentence."""
        return _ROLE_WORDS[self][1]


_ROLE_WORDS = {
    Role.INTAKE_COORDINATOR: (
        "Intake coordinator",
        "Takes the first call, screens, books, and refers out.",
    ),
    Role.FACILITATOR: (
        "Facilitator or counselor",
        "Leads groups, counsels, and signs notes.",
    ),
    Role.SUPERVISOR: (
        "Supervisor",
        "Co-signs, and watches over clinical work and licenses.",
    ),
    Role.UTILIZATION_REVIEWER: (
        "Utilization reviewer",
        "Obtains and keeps authorizations.",
    ),
    Role.DRUG_TEST_TECHNICIAN: (
        "Drug-test technician",
        "Collects specimens and accounts for every cup.",
    ),
    Role.BILLER: ("Biller", "Charges what was attended, documented and authorized."),
    Role.MEDICAL_DIRECTOR: (
        "Medical director",
        "Answers for medical care and orders.",
    ),
    Role.PROGRAM_DIRECTOR: (
        "Program director",
        "Answers for the program, its people and its results.",
    ),
    Role.ADMINISTRATOR: (
        "Administrator",
        "Sets up people, roles and security; sees no more of a chart for it.",
    ),
}


class Action(StrEnum):
    """Something a person may want to do. The value stands in the audit trail: never change it."""

    SEE_TODAY = "today.see"
    ASSIGN_WORK = "work.assign"
    OVERSEE_WORK = "work.oversee"
    SEE_PEOPLE = "people.see"
    INVITE = "people.invite"
    CANCEL_INVITATION = "people.cancel_invitation"
    CHANGE_ROLES = "people.change_roles"
    DEACTIVATE = "people.deactivate"
    REACTIVATE = "people.reactivate"
    RECORD_CREDENTIAL = "credentials.record"
    VOID_CREDENTIAL = "credentials.void"
    SEE_SETTINGS = "organization.see"
    CHANGE_SETTINGS = "organization.change"
    FOUND_ORGANIZATION = "organization.found"
    REVIEW_AUDIT = "audit.review"
    FIND_CLIENTS = "clients.find"
    READ_CHART = "chart.read"
    RECORD_CLIENT = "client.record"
    OPEN_EPISODE = "episode.open"
    CLOSE_EPISODE = "episode.close"
    CHANGE_LEVEL = "episode.change_level"
    RAISE_FLAG = "flag.raise"
    CLOSE_FLAG = "flag.close"
    RECORD_RECOMMENDATION = "recommendation.record"
    SEE_GROUPS = "groups.see"
    PLAN_GROUPS = "groups.plan"
    ENROLL = "enrollment.change"
    BOOK_APPOINTMENT = "appointment.book"
    SET_GOAL = "goal.set"
    SEE_BOARD = "session.see"
    RUN_SESSION = "session.run"
    SIGN_NOTE = "note.sign"
    CO_SIGN_NOTE = "note.co_sign"
    LOCK_NOTE = "note.lock"
    ADD_ADDENDUM = "note.add"
    VOID_NOTE = "note.void"
    SEE_OUTREACH = "outreach.see"
    DO_OUTREACH = "outreach.do"
    SEE_INQUIRIES = "inquiries.see"
    TAKE_INQUIRY = "inquiry.take"
    MERGE_INQUIRY = "inquiry.merge"
    SCREEN = "screening.do"
    WRITE_SAFETY_PLAN = "safety_plan.write"
    SIGN_SAFETY_PLAN = "safety_plan.sign"
    ASSESS = "assessment.write"
    CO_SIGN_ASSESSMENT = "assessment.co_sign"
    CONFIRM_RECOMMENDATION = "recommendation.confirm"
    CO_SIGN_RECOMMENDATION = "recommendation.co_sign"
    RECORD_POSITION = "position.record"
    AGREE = "agreement.make"
    SEE_PLACEMENT_REPORT = "report.placement"
    RECORD_CONSENT = "consent.record"
    REVOKE_CONSENT = "consent.revoke"
    DISCLOSE = "disclosure.make"
    DISCLOSE_WITHOUT_CONSENT = "disclosure.except"
    DISCLOSE_BY_ORDER = "disclosure.by_order"
    SEE_COVERAGE = "coverage.see"
    RECORD_COVERAGE = "coverage.record"
    SET_FEES = "fees.set"
    SEE_AVAILABILITY = "availability.see"
    SET_AVAILABILITY = "availability.set"
    OFFER_SLOTS = "slots.offer"
    BOOK_SCREENING = "screening.book"
    PUBLISH_PROGRAMS = "programs.publish"
    REFER = "referral.make"
    KEEP_WAITING_LIST = "waiting_list.keep"
    ADMIT = "client.admit"
    KEEP_COUNSELING_NOTE = "counseling_note.keep"


class State(StrEnum):
    """The state a person's place, an invitation or a license can be in."""

    ACTIVE = "active"
    DEACTIVATED = "deactivated"
    OPEN = "open"
    ACCEPTED = "accepted"
    CANCELED = "canceled"
    EXPIRED = "expired"
    ON_FILE = "on file"
    VOIDED = "voided"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person in one organization, or a system actor with grants of its own.

    `id` is the person's, or the system's name; `name` is what the audit trail shows.
    """

    id: str
    name: str
    organization_id: UUID
    roles: frozenset[Role] = frozenset()
    is_system: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """What is acted upon: whose it is, the state it is in, and the person it is about, if any."""

    organization_id: UUID
    state: State | None = None
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table: an action, who may, in which states (none: any), and on oneself?"""

    action: Action
    words: str
    roles: frozenset[Role]
    states: frozenset[State] = frozenset()
    on_oneself: bool = True


@dataclass(eq=False)
class NotYourRole(Refused):
    """None of the person's roles includes it."""

    action: Action


@dataclass(eq=False)
class NotForSystem(Refused):
    """A named system actor was not granted it."""

    system: str
    action: Action


@dataclass(eq=False)
class NotForOneself(Refused):
    """Somebody else has to do this for the person."""

    action: Action


@dataclass(eq=False)
class WrongState(Refused):
    """It can be done in these states alone. `state` is None when nobody knows the state."""

    state: "State | None"
    needed: tuple["State", ...]


class NoRoleLeft(Refused):
    """Without a role a person could do nothing."""


class OnlyAdministrators(Refused):
    """Only an administrator makes or unmakes an administrator."""


class LastAdministrator(Refused):
    """An organization would be left without an administrator."""


_EVERYONE = frozenset(Role)
_DIRECTORS = frozenset({Role.PROGRAM_DIRECTOR, Role.ADMINISTRATOR})
_ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
_LEADS_GROUPS = frozenset({Role.FACILITATOR, Role.SUPERVISOR})
_CLINICIANS = _LEADS_GROUPS | {Role.MEDICAL_DIRECTOR}
_CARES = _CLINICIANS | {Role.INTAKE_COORDINATOR, Role.PROGRAM_DIRECTOR}
_READS_CHARTS = _CARES | {Role.UTILIZATION_REVIEWER}
_PLANS = frozenset({Role.SUPERVISOR, Role.PROGRAM_DIRECTOR})

RULES: tuple[Rule, ...] = (
    Rule(Action.SEE_TODAY, "See what is due today", _EVERYONE),
    Rule(Action.ASSIGN_WORK, "Assign what is due, or snooze it with a reason", _EVERYONE),
    Rule(
        Action.OVERSEE_WORK,
        "See what is due for the whole team",
        _PLANS | {Role.MEDICAL_DIRECTOR},
    ),
    Rule(Action.SEE_PEOPLE, "See who works here, with roles and licenses", _EVERYONE),
    Rule(Action.INVITE, "Invite someone to work here", _DIRECTORS),
    Rule(
        Action.CANCEL_INVITATION,
        "Cancel an invitation",
        _DIRECTORS,
        states=frozenset({State.OPEN, State.EXPIRED}),
    ),
    Rule(
        Action.CHANGE_ROLES,
        "Change someone's roles",
        _DIRECTORS,
        states=frozenset({State.ACTIVE}),
        on_oneself=False,
    ),
    Rule(
        Action.DEACTIVATE,
        "End someone's access",
        _DIRECTORS,
        states=frozenset({State.ACTIVE}),
        on_oneself=False,
    ),
    Rule(
        Action.REACTIVATE,
        "Give someone access again",
        _DIRECTORS,
        states=frozenset({State.DEACTIVATED}),
        on_oneself=False,
    ),
    Rule(
        Action.RECORD_CREDENTIAL,
        "Record a license or certificate",
        _DIRECTORS | {Role.SUPERVISOR},
        states=frozenset({State.ACTIVE}),
        on_oneself=False,
    ),
    Rule(
        Action.VOID_CREDENTIAL,
        "Void a license or certificate recorded by mistake",
        _DIRECTORS | {Role.SUPERVISOR},
        states=frozenset({State.ON_FILE}),
        on_oneself=False,
    ),
    Rule(
        Action.SEE_SETTINGS,
        "See the organization's rules",
        _DIRECTORS | {Role.MEDICAL_DIRECTOR},
    ),
    Rule(Action.CHANGE_SETTINGS, "Change the organization's rules", _ADMINISTRATORS),
    Rule(Action.REVIEW_AUDIT, "Review who did and saw what", _DIRECTORS),
    Rule(Action.FIND_CLIENTS, "Find a client by name", _READS_CHARTS),
    Rule(Action.READ_CHART, "Read a client's chart", _READS_CHARTS),
    Rule(Action.RECORD_CLIENT, "Record a client, contacts, diagnoses and medicines", _CARES),
    Rule(Action.OPEN_EPISODE, "Open an episode of care", _CARES),
    Rule(Action.CLOSE_EPISODE, "Close an episode of care", _CARES - {Role.INTAKE_COORDINATOR}),
    Rule(Action.CHANGE_LEVEL, "Change a client's level of care", _CARES),
    Rule(Action.RAISE_FLAG, "Raise a flag", _CARES),
    Rule(Action.CLOSE_FLAG, "Close a flag with a formulation", _CLINICIANS),
    Rule(Action.RECORD_RECOMMENDATION, "Make and keep a recommendation", _CARES),
    Rule(Action.SEE_GROUPS, "See the week of groups", _READS_CHARTS),
    Rule(Action.PLAN_GROUPS, "Plan programs, tracks and closures", _PLANS),
    Rule(Action.ENROLL, "Enroll, transfer, pause, end, book a make-up", _CARES),
    Rule(Action.BOOK_APPOINTMENT, "Book individual and family hours", _CARES),
    Rule(Action.SET_GOAL, "Set a client's goals", _CLINICIANS),
    Rule(Action.SEE_BOARD, "See a session's board", _CARES),
    Rule(Action.RUN_SESSION, "Run a session: attendance, notes, closing", _LEADS_GROUPS),
    Rule(Action.SIGN_NOTE, "Sign a note", _CLINICIANS),
    Rule(Action.CO_SIGN_NOTE, "Co-sign someone else's note", frozenset({Role.SUPERVISOR})),
    Rule(Action.LOCK_NOTE, "Lock a signed note", frozenset({Role.SUPERVISOR})),
    Rule(Action.ADD_ADDENDUM, "Add to a signed note", _CLINICIANS),
    Rule(Action.VOID_NOTE, "Void a note with a reason", _CLINICIANS),
    Rule(Action.SEE_OUTREACH, "See who is to be reached", _CARES),
    Rule(Action.DO_OUTREACH, "Log attempts and close outreach", _CARES),
    Rule(Action.SEE_INQUIRIES, "See inquiries", _CARES),
    Rule(Action.TAKE_INQUIRY, "Record an inquiry and carry it on", _CARES),
    Rule(Action.MERGE_INQUIRY, "Merge two inquiries about one person", _CARES),
    Rule(Action.SCREEN, "Hold a screening call", _CARES),
    Rule(Action.WRITE_SAFETY_PLAN, "Write a safety plan with a client", _CARES),
    Rule(Action.SIGN_SAFETY_PLAN, "Sign a safety plan, or look at it again", _CLINICIANS),
    Rule(Action.ASSESS, "Write and sign an assessment", _CLINICIANS),
    Rule(
        Action.CO_SIGN_ASSESSMENT,
        "Co-sign someone else's assessment",
        frozenset({Role.SUPERVISOR, Role.MEDICAL_DIRECTOR}),
    ),
    Rule(
        Action.CONFIRM_RECOMMENDATION,
        "Confirm a recommendation, or override it with a reason",
        _CLINICIANS | {Role.INTAKE_COORDINATOR},
    ),
    Rule(
        Action.CO_SIGN_RECOMMENDATION,
        "Co-sign a recommendation",
        frozenset({Role.SUPERVISOR, Role.MEDICAL_DIRECTOR}),
    ),
    Rule(
        Action.RECORD_POSITION,
        "Record what someone asks for in the ledger",
        _CARES | {Role.UTILIZATION_REVIEWER},
    ),
    Rule(Action.AGREE, "Record what was agreed, and what was refused", _CARES),
    Rule(
        Action.SEE_PLACEMENT_REPORT,
        "See what was indicated beside what was agreed",
        _PLANS | {Role.MEDICAL_DIRECTOR},
    ),
    Rule(
        Action.KEEP_COUNSELING_NOTE,
        "Keep counseling notes of one's own, apart from the record",
        _CLINICIANS,
    ),
    Rule(Action.RECORD_CONSENT, "Record a client's consent and notices", _CARES),
    Rule(Action.REVOKE_CONSENT, "Record that a consent was taken back", _READS_CHARTS),
    Rule(Action.DISCLOSE, "Let something leave, as a consent covers it", _READS_CHARTS),
    Rule(
        Action.DISCLOSE_WITHOUT_CONSENT,
        "Disclose in an emergency, an abuse report, or a crime on the premises",
        _CARES,
    ),
    Rule(
        Action.DISCLOSE_BY_ORDER,
        "Disclose by court order and subpoena, or for research and audit",
        frozenset({Role.PROGRAM_DIRECTOR, Role.MEDICAL_DIRECTOR}),
    ),
    Rule(
        Action.SEE_COVERAGE,
        "See a client's coverage and costs",
        _READS_CHARTS | {Role.BILLER},
    ),
    Rule(
        Action.RECORD_COVERAGE,
        "Record coverage and benefit checks",
        frozenset(
            {
                Role.INTAKE_COORDINATOR,
                Role.UTILIZATION_REVIEWER,
                Role.BILLER,
                Role.PROGRAM_DIRECTOR,
            }
        ),
    ),
    Rule(
        Action.SET_FEES,
        "Set payers, self-pay rates and the sliding fee",
        frozenset({Role.BILLER, Role.PROGRAM_DIRECTOR}),
    ),
    Rule(Action.SEE_AVAILABILITY, "See when people and rooms are free", _READS_CHARTS),
    Rule(
        Action.SET_AVAILABILITY,
        "Set working hours, time away and rooms",
        _PLANS | {Role.INTAKE_COORDINATOR},
    ),
    Rule(
        Action.OFFER_SLOTS,
        "Offer slots for screening",
        _PLANS | {Role.INTAKE_COORDINATOR},
    ),
    Rule(Action.BOOK_SCREENING, "Book, move and cancel a screening", _CARES),
    Rule(
        Action.PUBLISH_PROGRAMS,
        "Say what the public sees of the programs",
        frozenset({Role.PROGRAM_DIRECTOR}),
    ),
    Rule(Action.REFER, "Refer someone, and expect them back", _CARES),
    Rule(Action.KEEP_WAITING_LIST, "Keep the waiting list", _CARES),
    Rule(Action.ADMIT, "Admit a client to a program", _CARES),
)

SYSTEMS: dict[str, frozenset[Action]] = {
    "worklist": frozenset(),
    "installation": frozenset({Action.FOUND_ORGANIZATION, Action.INVITE}),
    "demo program": frozenset(
        {
            Action.FOUND_ORGANIZATION,
            Action.INVITE,
            Action.RECORD_CREDENTIAL,
            Action.DEACTIVATE,
            Action.CHANGE_SETTINGS,
            Action.RECORD_CLIENT,
            Action.OPEN_EPISODE,
            Action.CLOSE_EPISODE,
            Action.CHANGE_LEVEL,
            Action.RAISE_FLAG,
            Action.RECORD_RECOMMENDATION,
            Action.PLAN_GROUPS,
            Action.ENROLL,
            Action.BOOK_APPOINTMENT,
            Action.SET_GOAL,
            Action.TAKE_INQUIRY,
            Action.SCREEN,
            Action.WRITE_SAFETY_PLAN,
            Action.ASSESS,
            Action.CONFIRM_RECOMMENDATION,
            Action.CO_SIGN_RECOMMENDATION,
            Action.RECORD_POSITION,
            Action.AGREE,
            Action.RECORD_CONSENT,
            Action.REVOKE_CONSENT,
            Action.DISCLOSE,
            Action.RECORD_COVERAGE,
            Action.SET_FEES,
            Action.SET_AVAILABILITY,
            Action.OFFER_SLOTS,
            Action.BOOK_SCREENING,
            Action.PUBLISH_PROGRAMS,
            Action.REFER,
            Action.KEEP_WAITING_LIST,
            Action.ADMIT,
        }
    ),
    "public booking": frozenset({Action.BOOK_SCREENING, Action.TAKE_INQUIRY}),
    "letters": frozenset({Action.BOOK_SCREENING}),
}
"""What each system actor may do. Nothing else runs without a person."""

_BY_ACTION = {rule.action: rule for rule in RULES}


def check_access(actor: Actor, action: Action, subject: Subject | None = None) -> None:
    """Let the actor act, or say why not.

    Without a subject only the role is looked at, as for a page that shows a whole list.
    Errors: NotHere when the subject belongs to another organization; NotYourRole, NotForOneself,
    WrongState.
    """
    if subject and subject.organization_id != actor.organization_id:
        raise NotHere
    if actor.is_system:
        _check_system(actor, action)
        return
    rule = _BY_ACTION.get(action)
    if rule is None or not actor.roles & rule.roles:
        raise NotYourRole(action)
    if subject:
        _check_subject(rule, actor, subject)


def is_clinician(actor: Actor) -> bool:
    """Whether someone speaks as a clinician: others' words on a recommendation are co-signed."""
    return actor.is_system or bool(actor.roles & _CLINICIANS)


def can_access(actor: Actor, action: Action, subject: Subject | None = None) -> bool:
    """Whether `check_access` lets the actor act: for showing or leaving out a button."""
    try:
        check_access(actor, action, subject)
    except (Refused, NotHere):
        return False
    return True


def check_role_change(
    actor: Actor,
    *,
    before: Iterable[Role],
    after: Iterable[Role],
    other_administrators: int,
) -> None:
    """Whether these roles may be given in place of those.

    Only an administrator makes or unmakes an administrator, and one always stays.
    `other_administrators` counts those who stay active whatever happens to this person.
    """
    held, given = frozenset(before), frozenset(after)
    if not given:
        raise NoRoleLeft
    changed = held ^ given
    administers = Role.ADMINISTRATOR in actor.roles or actor.is_system
    if Role.ADMINISTRATOR in changed and not administers:
        raise OnlyAdministrators
    if Role.ADMINISTRATOR in held - given and not other_administrators:
        raise LastAdministrator


def system_actor(name: str, organization_id: UUID) -> Actor:
    """The named system actor at work in one organization; an unknown name is an error."""
    if name not in SYSTEMS:
        raise KeyError(f"no system actor is called {name!r}")
    return Actor(name, f"System: {name}", organization_id, is_system=True)


def _check_system(actor: Actor, action: Action) -> None:
    if action not in SYSTEMS.get(actor.id, frozenset()):
        raise NotForSystem(actor.id, action)


def _check_subject(rule: Rule, actor: Actor, subject: Subject) -> None:
    if not rule.on_oneself and subject.person_id == actor.id:
        raise NotForOneself(rule.action)
    if rule.states and subject.state not in rule.states:
        raise WrongState(subject.state, tuple(sorted(rule.states)))


def in_words(action: Action) -> str:
    """An action as it stands in the middle of a sentence: "invite someone to work here"."""
    rule = _BY_ACTION.get(action)
    return rule.words[0].lower() + rule.words[1:] if rule else str(action)
