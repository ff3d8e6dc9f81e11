"""The door for text messages, its words, and the adapter that only writes into the log."""

import logging
from datetime import datetime
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from handrail.data.languages import ENGLISH
from handrail.data.time_letters import time_letters, when_words

_log = logging.getLogger(__name__)


class TextPort(Protocol):
    """Whoever can send a text message."""

    def send(self, *, to: str, words: str) -> bool:
        """Send these words to a number; False when it did not go and may be tried again."""


class LoggedTexts:
    """Sends nothing. The log says that a text would have gone, not to whom and not which."""

    def send(self, *, to: str, words: str) -> bool:
        """Write one line into the log."""
        _log.warning("A text message would be sent now; no carrier is set.")
        return True


def text_port() -> TextPort:
    """The adapter that the settings name."""
    return cast(TextPort, import_string(settings.HANDRAIL_TEXTS)())


def text_about_time(
    kind: str, *, starts_at: datetime, zone: str, link: str, language: str = ENGLISH
) -> str:
    """The words of a text about a time: when, and the link. Nothing about what it is."""
    when = when_words(starts_at, zone, language)
    return time_letters(language)[kind].text.format(when=when, link=link)
