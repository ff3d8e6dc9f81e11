"""The door for text messages, its words, and the adapter that only writes into the log."""

import logging
from datetime import datetime
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from handrail.data.languages import ENGLISH
from handrail.data.time_letters import time_letters, when_words
from handrail.integrations.sent import Sent

_log = logging.getLogger(__name__)


class TextPort(Protocol):
    """Whoever can send a text message."""

    def send(self, *, to: str, words: str) -> Sent:
        """Send these words to a number, and say what became of them."""


class LoggedTexts:
    """Sends nothing, and says so. The log says that a text was due, not to whom and not which."""

    def send(self, *, to: str, words: str) -> Sent:
        """Write one line into the log. It did not go and never will, so staff see that."""
        _log.warning("A text message was due and was not sent: no carrier is set.")
        return Sent.NEVER


def text_port() -> TextPort:
    """The adapter that the settings name."""
    return cast(TextPort, import_string(settings.HANDRAIL_TEXTS)())


def text_about_time(
    kind: str, *, starts_at: datetime, zone: str, link: str, language: str = ENGLISH
) -> str:
    """The words of a text about a time: when, and the link. Nothing about what it is."""
    when = when_words(starts_at, zone, language)
    return time_letters(language)[kind].text.format(when=when, link=link)
