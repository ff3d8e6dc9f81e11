"""What is said when something entered about plans, benefits, income or fees cannot be taken."""

from handrail.areas.coverage import errors
from handrail.areas.coverage.models import Rank
from handrail.core import costs
from handrail.web.kit.sentences import Sentences


def _place_taken(error: errors.PlaceTaken) -> str:
    place = Rank(error.rank).label.lower()
    return (
        f"{error.payer} {place} already. End that plan first, choose another place for this one,"
        " or give days that do not overlap."
    )


SENTENCES: Sentences = {
    errors.SubscriberUnnamed: "Enter the name of the person whose plan it is.",
    errors.StillToCome: "This day is still to come. Check the year.",
    errors.EndsBeforeItBegins: "A plan cannot end before it begins.",
    errors.PlaceTaken: _place_taken,
    errors.EndsAlready: "It ends already, on {until_date:plain_date}.",
    errors.VoidedAlready: "This is voided already, by {voided_by}.",
    errors.NotAnAmount: "Enter an amount of nothing or more, up to $100,000,000.",
    errors.AmountAndNone: "Either there is no maximum, or it is an amount: not both.",
    errors.MoreMetThanThereIs: "More is met than there is. Ask again which of the two is which.",
    errors.PayerListedAlready: "A payer of this name is on the list already.",
    errors.RateSetAlready: (
        "A rate from {from_date:plain_date} is set already. Void it first, or choose another day."
    ),
    errors.ScaleSetAlready: "A sliding fee from {from_date:plain_date} is set already.",
    errors.LinesMissing: "Enter the yearly line for one person and for each further one.",
    errors.NpiNotTenDigits: "A national provider identifier is ten digits.",
    costs.NoBands: "A scale has at least one band.",
    costs.BandPaysOutOfRange: "What a band pays is between 0 and 100 percent.",
    costs.BandsDoNotRise: "Each band begins where the one before ends: its limit is higher.",
    costs.MorePaysLess: "Who has more never pays less: check what each band pays.",
}
