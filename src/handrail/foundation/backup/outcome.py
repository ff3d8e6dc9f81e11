"""How a backup, restore or upgrade can end other than well, and how it tells its progress."""

from collections.abc import Callable

Say = Callable[[str], None]
"""Takes a line of progress for the person who waits."""


class Refused(RuntimeError):
    """It was not done and nothing was touched; the message says why and what to do."""


class Undone(RuntimeError):
    """It broke in the middle and was taken back whole; the message says where."""
