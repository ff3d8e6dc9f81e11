"""What is said when something entered about a client cannot be taken."""

from handrail.areas.clients import errors
from handrail.web.kit.sentences import Sentences
from handrail.web.staff.clients import forms

SENTENCES: Sentences = {
    forms.DayMissing: "Enter a day, for example 5/3/1990.",
    forms.DayUnreadable: "That is not a day. Write it as 5/3/1990, May 3, 1990 or 1990-05-03.",
    forms.YearOutOfRange: "Enter a day between {first} and {last}.",
    errors.DayToCome: "This day is still to come. Check the year.",
    errors.BeforeBirth: "This is before the client was born. Check the year.",
    errors.GivenNameMissing: "Enter the given name, with at least one letter.",
    errors.FamilyNameMissing: "Enter the family name, with at least one letter.",
    errors.BornToday: "This is today. Check the year.",
    errors.BornTooLongAgo: "That is more than {years} years ago. Check the year.",
    errors.ContactNameMissing: "Enter the contact’s name.",
    errors.RelationshipNotChosen: "Choose who they are to the client.",
    errors.NoNumberToCall: "Enter a phone number, or do not have them called.",
    errors.MayNotHearOfIt: (
        "Someone who is called after an absence must be allowed to know whether the client came,"
        " or be told in an emergency. Ask the client first."
    ),
    errors.EmergencyStandsAlone: (
        "“Only in an emergency” stands alone: choose it, or choose what they may know at any"
        " time, not both. Ask the client which of the two it is."
    ),
    errors.ProfessionNotChosen: "Choose what they do for the client.",
    errors.ProfessionalNameMissing: "Enter their name.",
    errors.TreatmentEndedAlready: "This was ended already: {ended_by}, {ended_at:moment}.",
    errors.SubjectNotChosen: "Choose what it is about.",
    errors.StateNotChosen: "Say how it stands.",
    errors.ListNotChosen: "Choose a diagnosis, a medicine or an allergy.",
    errors.NothingNamed: "Enter what it is.",
    errors.OnlyDiagnosesHaveCodes: "Only a diagnosis has a code.",
    errors.NotACode: "An ICD-10-CM code looks like F10.20. Check it, or leave it empty.",
    errors.CodeOnList: "On the list already: {name}. End that entry first if it changed.",
    errors.OnlyDiagnosesAreSevere: "Only a diagnosis has a severity; choose it from the list.",
    errors.OnListAlready: "This stands on the list already.",
    errors.AllergiesDenied: "“{name}” stands on the list. End that entry first.",
    errors.AllergyOnList: "An allergy stands on the list: {name}. End or void it first.",
    errors.EntryVoided: "This entry is voided already: {voided_by}, {voided_at:moment}.",
    errors.EntryEnded: "This entry has ended already, on {until_date:plain_date}.",
    errors.EntryEndsBeforeItBegan: "It cannot end before it began.",
    errors.VoidedWithoutReason: "Say why it is voided.",
    errors.LevelNotChosen: "Choose a level of care.",
    errors.OpensLater: "This day is still to come. Open the episode on the day.",
    errors.NoOpenEpisode: "{name} has no open episode of care. Open one first.",
    errors.EpisodeOpenAlready: "An episode of care is open already. Close it first.",
    errors.BeforeTheLastEpisodeEnded: "This is before the last episode ended.",
    errors.LevelChangedWithoutReason: "Say why the level of care changes.",
    errors.AtThisLevelAlready: "They are at this level already.",
    errors.BeforeTheLevelNow: "This is before the level they are at now began.",
    errors.ChangesLater: "This day is still to come. Change the level on the day.",
    errors.OutcomeNotChosen: "Choose how it ended.",
    errors.SummaryMissing: "Write a few words about how it ended and what comes next.",
    errors.ClosedBeforeItBegan: "This is before the episode or the level now began.",
    errors.ClosesLater: "This day is still to come. Close the episode on the day.",
    errors.EpisodeClosed: (
        "This episode of care is closed already: {closed_date:plain_date}, {closed_by}."
    ),
    errors.PartUnknown: "That part is not known.",
    errors.DraftGone: (
        "This was signed or put away meanwhile. Copy what you typed, and open the page anew."
    ),
}
