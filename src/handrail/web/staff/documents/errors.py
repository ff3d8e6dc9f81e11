"""What can be wrong with a letter, or with what of a chart is to be printed or sent."""

from handrail.core.errors import Invalid


class NobodyChosen(Invalid):
    """It is not said whom it is for."""

    field = "to"


class NameMissing(Invalid):
    """Somebody is chosen by name and has none."""

    field = "name"


class RecommendationVoid(Invalid):
    """Nothing of a void recommendation leaves."""


class EndsBeforeItBegins(Invalid):
    """The last day is before the first."""

    field = "until"


class NothingOfThis(Invalid):
    """There is nothing of what was chosen in these days."""

    field = "tells"
