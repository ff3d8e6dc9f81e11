"""What is said when a program cannot be published, or times not be offered, as entered."""

from handrail.areas.booking import errors
from handrail.web.kit.sentences import Sentences

SENTENCES: Sentences = {
    errors.NotAState: "Write the state with its two letters, as OH.",
    errors.NotAZipCode: "Write the ZIP code with its five digits.",
    errors.OldestBelowYoungest: "The oldest age is below the youngest.",
    errors.HalfAPlace: "Give both coordinates, or neither.",
    errors.NoDayChosen: "Choose at least one day.",
    errors.DayOver: "{day:short_day} is over.",
    errors.TooFarAhead: "Offer times three months ahead at most.",
    errors.MinutesOutOfRange: "A screening takes {least} to {most} minutes.",
    errors.GapOutOfRange: "The gap between two is 0 to {most} minutes.",
    errors.EndsBeforeItBegins: "The end comes before the beginning.",
    errors.RoomUnnamed: "Say in which room they meet.",
    errors.StretchTooShort: "That stretch is shorter than one screening.",
    errors.WindowPassed: "That time has passed; choose one that is to come.",
    errors.TooManyAtOnce: "That would be {number} times. Offer {most} at most at once.",
    errors.TakenJustNow: "One of those times was taken a moment ago. Try again.",
    errors.HowUnsaid: "Choose how the screening is held.",
    errors.CameUnsaid: "Say whether they came.",
    errors.NobodyHere: "Choose someone who works here now.",
    errors.TimeBooked: "Somebody booked this time. Move or cancel the booking first.",
    errors.ScreeningTookPlace: "That screening took its time; it stays on the list.",
}
