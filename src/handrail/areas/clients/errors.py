"""What can be wrong with what is entered about a client."""

from dataclasses import dataclass
from datetime import date, datetime

from handrail.core.errors import Invalid


class DayToCome(Invalid):
    """A day that is still to come, where only one that has been can stand."""


class BeforeBirth(Invalid):
    """A day before the client was born."""


class GivenNameMissing(Invalid):
    """The given name has no letter."""

    field = "given_name"


class FamilyNameMissing(Invalid):
    """The family name has no letter."""

    field = "family_name"


class BornToday(Invalid):
    """Today stands where the day of birth belongs."""

    field = "birth_date"


@dataclass(eq=False)
class BornTooLongAgo(Invalid):
    """Nobody is as old as that."""

    years: int
    field = "birth_date"


# ---- contacts, and professionals outside -------------------------------------------------------


class ContactNameMissing(Invalid):
    """A contact has no name."""

    field = "name"


class RelationshipNotChosen(Invalid):
    """It is not said who a contact is to the client."""

    field = "relationship"


class NoNumberToCall(Invalid):
    """Someone is to be called after an absence and has no phone number."""

    field = "phone"


class MayNotHearOfIt(Invalid):
    """Someone is to be called after an absence and may not know of it."""

    field = "may_know"


class EmergencyStandsAlone(Invalid):
    """To be told only in an emergency, and of other things at any time, do not go together."""

    field = "may_know"


class ProfessionNotChosen(Invalid):
    """It is not said what a professional outside does for the client."""

    field = "kind"


class ProfessionalNameMissing(Invalid):
    """A professional outside has no name."""

    field = "name"


@dataclass(eq=False)
class TreatmentEndedAlready(Invalid):
    """A professional outside has stopped treating the client before."""

    ended_by: str
    ended_at: datetime
    field = "name"


class SubjectNotChosen(Invalid):
    """It is not said which part of the medical baseline it is about."""

    field = "kind"


class StateNotChosen(Invalid):
    """It is not said how a part of the medical baseline stands."""

    field = "state"


# ---- diagnoses, medicines and allergies --------------------------------------------------------


class ListNotChosen(Invalid):
    """It is not said whether it is a diagnosis, a medicine or an allergy."""

    field = "kind"


class NothingNamed(Invalid):
    """An entry of a list has no name."""

    field = "name"


class OnlyDiagnosesHaveCodes(Invalid):
    """Something else was given a code."""

    field = "code"


class NotACode(Invalid):
    """It has not the shape of an ICD-10-CM code."""

    field = "code"


@dataclass(eq=False)
class CodeOnList(Invalid):
    """The code stands on the list and still holds."""

    name: str
    field = "code"


class OnlyDiagnosesAreSevere(Invalid):
    """Something else was given a severity, or one that is not on the list."""

    field = "severity"


@dataclass(eq=False)
class OnListAlready(Invalid):
    """The same stands on the list."""

    name: str
    field = "name"


@dataclass(eq=False)
class AllergiesDenied(Invalid):
    """It stands on the list that there are no allergies; `name` is that entry."""

    name: str
    field = "name"


@dataclass(eq=False)
class AllergyOnList(Invalid):
    """An allergy stands on the list, so it cannot be that there is none."""

    name: str
    field = "name"


@dataclass(eq=False)
class EntryVoided(Invalid):
    """The entry was voided before."""

    voided_by: str
    voided_at: datetime


@dataclass(eq=False)
class EntryEnded(Invalid):
    """The entry ended before."""

    until_date: date
    field = "until_date"


class EntryEndsBeforeItBegan(Invalid):
    """The last day of an entry is before its first."""

    field = "until_date"


class VoidedWithoutReason(Invalid):
    """It is not said why an entry is voided."""

    field = "reason"


# ---- episodes of care --------------------------------------------------------------------------


class LevelNotChosen(Invalid):
    """It is not said which level of care."""

    field = "level"


class OpensLater(DayToCome):
    """An episode is opened on its day, not before."""

    field = "opened_date"


@dataclass(eq=False)
class NoOpenEpisode(Invalid):
    """Somebody is in no episode of care now. `name` is theirs."""

    name: str


class EpisodeOpenAlready(Invalid):
    """One episode is open at a time."""

    field = "client"


class BeforeTheLastEpisodeEnded(Invalid):
    """Episodes do not overlap."""

    field = "opened_date"


class LevelChangedWithoutReason(Invalid):
    """It is not said why the level of care changes."""

    field = "reason"


class AtThisLevelAlready(Invalid):
    """They are at that level now."""

    field = "level"


class BeforeTheLevelNow(Invalid):
    """The new level would begin before the one they are at now did."""

    field = "from_date"


class ChangesLater(DayToCome):
    """A level is changed on its day, not before."""

    field = "from_date"


class OutcomeNotChosen(Invalid):
    """It is not said how the episode ended."""

    field = "outcome"


class SummaryMissing(Invalid):
    """There is no word about how it ended and what comes next."""

    field = "summary"


class ClosedBeforeItBegan(Invalid):
    """The last day is before the episode, or the level they are at now, began."""

    field = "closed_date"


class ClosesLater(DayToCome):
    """An episode is closed on its day, not before."""

    field = "closed_date"


@dataclass(eq=False)
class EpisodeClosed(Invalid):
    """The episode was closed before."""

    closed_date: date
    closed_by: str
    field = "episode"


class PartUnknown(Invalid):
    """The document has no such part."""


class DraftGone(Invalid):
    """It was signed or put away since the page was opened."""
