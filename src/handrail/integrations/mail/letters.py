"""The letters, word for word. A mail is read on locked phones and in shared inboxes: its subject
and text name no organization, no role, and no kind of work.
"""

import logging
import smtplib
from datetime import datetime
from textwrap import fill

from django.core.mail import EmailMessage, get_connection

from handrail.data.languages import ENGLISH
from handrail.data.page_letters import page_letters
from handrail.data.time_letters import time_letters, when_words
from handrail.integrations.sent import Sent

_log = logging.getLogger(__name__)

_INVITATION = """\
Hello,

a colleague has made an account for you. Open this link to choose a password and sign in:

{link}

It works for seven days, once. If you did not expect it, you need do nothing.
"""

_TIME = """\
{hello}

{begins}

    {when}

{rest}

{link}
"""


_PAGE = """\
{hello}

{begins}

{link}

{rest}

{stop}
"""


def send_invitation(*, to: str, link: str) -> bool:
    """Send the link to someone who was invited. False, and a line in the log, when it cannot."""
    letter = EmailMessage("Your account", _INVITATION.format(link=link), to=[to])
    try:
        letter.send()
    except (OSError, smtplib.SMTPException) as error:
        _log.error("An invitation could not be sent: %s", type(error).__name__)
        return False
    return True


def time_letter(
    kind: str, *, starts_at: datetime, zone: str, link: str, language: str = ENGLISH
) -> tuple[str, str]:
    """Subject and text of a letter about a time: when, and the link. Nothing about what it is."""
    said = time_letters(language)[kind]
    text = _TIME.format(
        hello=said.hello,
        begins=said.begins,
        when=when_words(starts_at, zone, language),
        rest=fill(said.rest, 96),
        link=link,
    )
    return said.subject, text


def send_time(
    *, kind: str, to: str, starts_at: datetime, zone: str, link: str, language: str = ENGLISH
) -> Sent:
    """Send a letter about a time. What is not known to have stayed here is never tried again."""
    subject, text = time_letter(kind, starts_at=starts_at, zone=zone, link=link, language=language)
    return _send(EmailMessage(subject, text, to=[to]))


def send_page(
    *, number: int, of: int, to: str, link: str, stop: str, language: str = ENGLISH
) -> Sent:
    """Send a page of a series, or with number 0 the question whether it is wanted.

    Neither says what the pages are about. Mail programs show a button to stop (RFC 8058).
    """
    said = page_letters(language)["ask" if number == 0 else "page"]
    text = _PAGE.format(
        hello=said.hello,
        begins=fill(said.begins.format(number=number, of=of), 96),
        link=link,
        rest=fill(said.rest, 96),
        stop=stop,
    )
    one_click = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return _send(EmailMessage(said.subject, text, to=[to], headers=one_click))


def _send(letter: EmailMessage) -> Sent:
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        _log.error("The mail server cannot be reached: %s", type(error).__name__)
        return Sent.NOT_NOW
    try:
        letter.connection = connection
        letter.send()
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        return _after(error=refused, again=all(code < 500 for code in codes))
    except smtplib.SMTPResponseException as refused:
        return _after(error=refused, again=refused.smtp_code < 500)
    except (OSError, smtplib.SMTPException) as error:
        return _after(error=error, again=False)
    finally:
        _close(connection)
    return Sent.SENT


def _after(*, error: Exception, again: bool) -> Sent:
    _log.error("A letter could not be sent: %s", type(error).__name__)
    return Sent.NOT_NOW if again else Sent.NEVER


def _close(connection: object) -> None:
    try:
        connection.close()  # type: ignore[attr-defined]
    except (OSError, smtplib.SMTPException) as error:  # it went; only the good-bye did not
        _log.warning("The mail server ended early: %s", type(error).__name__)
