"""What became of a letter or a text that was handed over."""

from enum import Enum


class Sent(Enum):
    """How sending went: `NOT_NOW` may be tried again, `NEVER` will not work or may have gone."""

    SENT = "sent"
    NOT_NOW = "not now"
    NEVER = "never"
