"""What is said when a booking cannot be taken, on the public pages and to staff."""

from handrail.areas.booking import errors
from handrail.web.kit.sentences import Sentences, mark

SENTENCES: Sentences = {
    errors.TimeTaken: mark("Somebody took that time a moment ago."),
    errors.TimeWithdrawn: mark("That time is not offered any more."),
    errors.TimePassed: mark("That time has passed."),
    errors.BookingCanceled: mark("That booking was canceled already."),
    errors.BookingOver: mark("That time is over."),
    errors.BookingNotBegun: "It has not begun; say afterwards whether they came.",
    errors.NameMissing: mark("Tell us what to call you. A first name or any name will do."),
    errors.NoWayToReach: mark("Give a phone number or an e-mail, so that we can reach you."),
    errors.NotAPhone: mark("That does not look like a phone number."),
    errors.NotAnEmail: mark("That does not look like an e-mail address."),
    errors.TooManyHeld: mark(
        "You hold {most} times here already. Cancel one of them by its link, or call us."
    ),
}
