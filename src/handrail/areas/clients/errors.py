"""What can be wrong with what is entered about a client."""

from handrail.core.errors import Invalid


class DayToCome(Invalid):
    """A day that is still to come, where only one that has been can stand."""
