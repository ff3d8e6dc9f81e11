"""The outbox: what waits, what stops, and that no letter goes twice, against a real mail server."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from threading import Barrier
from typing import ClassVar

import pytest
from django.db import connection, transaction

from handrail.areas.booking.models import Letter, LetterKind, LetterState
from handrail.areas.booking.services import bookings, outbox
from handrail.areas.booking.services.outbox import Outcome
from handrail.areas.booking.tokens import read_booking_token
from handrail.foundation import clock, tenancy
from handrail.foundation.audit.models import AuditEntry
from handrail.integrations.mail import time_letter
from handrail.integrations.sent import Sent
from handrail.integrations.sms import text_about_time
from tests.areas.evening_track import Evening
from tests.factories import slots as make
from tests.factories.programs import AT
from tests.mail_server import MailServer
from tests.worker import do_what_waits

TELLING = (
    "alder", "recovery", "screening", "handrail", "treatment", "addiction", "program", "iop",
    "evening iop", "clinic", "care", "555-0155", "ruth",
)  # fmt: skip


@pytest.fixture
def server(settings):
    made = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = made.server_address
    settings.EMAIL_USE_TLS = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield made
    made.stop()


@pytest.fixture
def house(program, monkeypatch):
    """An open time on Wednesday at six, on Tuesday at ten to six."""
    go_to(monkeypatch, AT)
    with tenancy.within(program.alder):
        made = Evening(program)
        made.published = make.publish(made.by, made.iop)
        made.slots = make.offer(made.by, made.owner)
    return made


def go_to(monkeypatch, moment):
    monkeypatch.setenv(clock.DEMO_CLOCK, repr(moment.timestamp() - clock.real_now().timestamp()))


def book(house, slot=0, **more):
    given = {"email": "jo@example.org"} | more
    return bookings.book_in_public(
        token=make.token(house.published, house.slots[slot]), person=make.person(**given), at=AT
    )


def send_letters(house):
    """Let the worker do what waits; how many letters went which way."""
    before = Counter(state for _, state in letters(house))
    outbox.send_due.later(org=house.program.alder)
    do_what_waits()
    return dict(Counter(state for _, state in letters(house)) - before)


def letters(house):
    with tenancy.within(house.program.alder):
        found = Letter.objects.order_by("due_at", "kind")
        return [(one.kind, one.state) for one in found]


# ---- what waits --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_booking_has_a_confirmation_now_and_a_reminder_before(house):
    book(house, 3)
    with tenancy.within(house.program.alder):
        found = list(Letter.objects.order_by("due_at"))
    assert [one.kind for one in found] == ["confirmation", "reminder"]
    assert found[0].due_at == AT
    assert found[1].due_at == house.slots[3].starts_at - timedelta(hours=24)


@pytest.mark.django_db
def test_a_time_that_is_near_has_no_reminder_and_a_phone_alone_no_letter(house):
    with tenancy.within(house.program.alder):
        house.slots = make.offer(house.by, house.owner, AT.date())
    book(house)
    assert letters(house) == [("confirmation", "waiting")]
    book(house, 1, called="Ada", phone="555-0166", email="")
    assert len(letters(house)) == 1
    book(house, 2, called="Cy", phone="555-0167", email="", text_me=True)
    with tenancy.within(house.program.alder):
        assert Letter.objects.filter(channel="text").count() == 1


@pytest.mark.django_db
def test_moving_and_canceling_stop_what_was_waiting(house):
    token = book(house, 3)
    bookings.move_in_public(
        token=token, to_token=make.token(house.published, house.slots[2]), at=AT
    )
    assert sorted(letters(house)) == [
        ("confirmation", "stopped"), ("moved", "waiting"), ("reminder", "stopped"),
        ("reminder", "waiting"),
    ]  # fmt: skip
    bookings.cancel_in_public(token=token, at=AT)
    assert [one for one in letters(house) if one[1] == "waiting"] == [("canceled", "waiting")]


@pytest.mark.django_db
def test_a_letter_that_is_no_longer_true_is_not_claimed(house):
    token = book(house, 3)
    with tenancy.within(house.program.alder):
        Letter.objects.filter(kind="confirmation").update(state="sent", settled_at=AT)
        found = outbox.claim_due(organization_id=house.program.alder, at=house.slots[3].starts_at)
    assert found == []
    assert ("reminder", "stopped") in letters(house)
    assert token


@pytest.mark.django_db
def test_what_a_broken_pass_left_is_not_sent_again(house):
    book(house)
    organization = house.program.alder
    with tenancy.within(organization):
        assert len(outbox.claim_due(organization_id=organization, at=AT)) == 1
        later = AT + timedelta(minutes=31)
        assert outbox.claim_due(organization_id=organization, at=later) == []
    assert ("confirmation", "failed") in letters(house)


@pytest.mark.django_db
def test_what_cannot_go_now_is_tried_again_and_then_given_up(house):
    book(house)
    organization, at = house.program.alder, AT
    for attempt in range(outbox.MOST_ATTEMPTS):
        with tenancy.within(organization):
            (one,) = outbox.claim_due(organization_id=organization, at=at)
            outbox.settle(
                letter_id=one.letter_id, organization_id=organization,
                outcome=Outcome.NOT_NOW, at=at,
            )  # fmt: skip
            waiting = Letter.objects.get(pk=one.letter_id)
        at = waiting.due_at
        assert attempt == outbox.MOST_ATTEMPTS - 1 or waiting.state == LetterState.WAITING
    assert ("confirmation", "failed") in letters(house)


# ---- over the wire -----------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_letter_names_the_time_and_nothing_about_it_and_its_link_works(house, server, client):
    token = book(house)
    assert send_letters(house) == {"sent": 1}
    ((to, text),) = server.letters
    assert to == "jo@example.org"
    head, _, body = text.partition("\r\n\r\n")
    assert "Subject: Your time" in head
    assert "Wednesday, November 25, 6:00 pm EST" in body
    link = next(word for word in body.split() if word.startswith("http"))
    path = "/" + link.split("/", 3)[3]
    said = (head + body.replace(link, "")).lower()
    assert [word for word in TELLING if word in said] == []
    assert "jo" not in body.replace(link, "").lower().split()
    assert read_booking_token(path.rpartition("/")[2]) == read_booking_token(token)
    assert "6:00 pm" in client.get(path).content.decode()
    assert send_letters(house) == {}
    with tenancy.within(house.program.alder):
        told = AuditEntry.objects.filter(actor_id="letters").get()
    assert told.detail == {
        "what": "letter", "kind": "confirmation", "how": "mail", "went": "sent",
    }  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_whoever_booked_in_spanish_is_written_to_in_spanish(house, server, client):
    book(house, language="es")
    assert send_letters(house) == {"sent": 1}
    ((_, text),) = server.letters
    letter = message_from_bytes(text.encode(), policy=default)
    body = letter.get_content()
    assert letter["Subject"] == "Su horario"
    assert "su horario está apartado:" in body
    assert "miércoles 25 de noviembre, 6:00 p. m. EST" in body
    link = next(word for word in body.split() if word.startswith("http"))
    assert "Su horario" in client.get("/" + link.split("/", 3)[3]).content.decode()
    assert "/es/time/" in link
    said = body.replace(link, "").lower()
    assert [word for word in (*TELLING, "clínica", "programa", "tratamiento") if word in said] == []


@pytest.mark.parametrize("kind", [one.value for one in LetterKind])
def test_every_letter_and_text_is_whole_in_both_languages(kind):
    about = {"starts_at": AT, "zone": "America/New_York", "link": "https://x.example/time/t"}
    english = (*time_letter(kind, **about), text_about_time(kind, **about))
    spanish = (
        *time_letter(kind, **about, language="es"), text_about_time(kind, **about, language="es")
    )  # fmt: skip
    for one, other in zip(english, spanish, strict=True):
        assert one != other
        assert "{" not in one + other
    assert "https://x.example/time/t" in spanish[1]
    assert "martes 24 de noviembre" in spanish[2]


@pytest.mark.django_db(transaction=True)
def test_several_passes_at_once_send_each_letter_once(house, server):
    for slot, name in enumerate(("Ada", "Ben", "Cy")):
        book(house, slot, called=name, phone=f"555-013{slot}", email=f"{name}@example.org")
    start = Barrier(4)

    def one_pass(_):
        try:
            start.wait(10)
            outbox.send_due.run(org=str(house.program.alder))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one_pass, range(4)))
    assert sorted(to for to, _ in server.letters) == [
        "ada@example.org", "ben@example.org", "cy@example.org",
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("says", "state"), [("451 later", "waiting"), ("550 nobody here", "failed")]
)
def test_a_refusal_is_tried_again_only_when_it_may_pass(house, server, says, state):
    book(house)
    server.says = says
    send_letters(house)
    assert ("confirmation", state) in letters(house)
    assert server.letters == []


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_may_have_gone_is_never_sent_again(house, server, monkeypatch):
    book(house)
    server.drop = True
    assert send_letters(house) == {"failed": 1}
    server.drop = False
    go_to(monkeypatch, AT + timedelta(minutes=40))
    send_letters(house)
    assert len(server.letters) == 1
    assert ("confirmation", "failed") in letters(house)


@pytest.mark.django_db(transaction=True)
def test_without_a_mail_server_letters_wait(house, server, settings):
    book(house)
    settings.EMAIL_PORT = 9  # nobody listens there
    assert send_letters(house) == {}
    with tenancy.within(house.program.alder):
        tried = Letter.objects.get(kind="confirmation")
    assert (tried.state, tried.attempts) == ("waiting", 1)


@pytest.mark.django_db(transaction=True)
def test_a_booking_puts_its_letters_on_their_way_by_itself(house, server):
    book(house)
    do_what_waits()
    assert [to for to, _ in server.letters] == ["jo@example.org"]


@pytest.mark.django_db
def test_a_booking_that_came_to_nothing_leaves_no_job(house):
    with transaction.atomic():
        book(house)
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs")
        assert cursor.fetchone() == (0,)


# ---- text messages -----------------------------------------------------------------------------


class Carrier:
    """A carrier that takes every text."""

    taken: ClassVar[list[tuple[str, str]]] = []

    def send(self, *, to, words):
        self.taken.append((to, words))
        return Sent.SENT


@pytest.mark.django_db(transaction=True)
def test_without_a_carrier_a_text_counts_as_not_sent_and_the_log_says_nothing_of_it(house, caplog):
    book(house, email="", text_me=True)
    assert send_letters(house) == {"failed": 1}
    assert "A text message was due and was not sent" in caplog.text
    for word in ("0155", "November", "/time/"):
        assert word not in caplog.text
    with tenancy.within(house.program.alder):
        told = AuditEntry.objects.filter(actor_id="letters").get()
    assert told.detail["went"] == "failed"


@pytest.mark.django_db(transaction=True)
def test_a_text_goes_to_the_carrier_that_the_settings_name(house, settings):
    settings.HANDRAIL_TEXTS = f"{__name__}.Carrier"
    Carrier.taken.clear()
    book(house, email="", text_me=True)
    assert send_letters(house) == {"sent": 1}
    ((to, words),) = Carrier.taken
    assert to == "555-0155"
    assert "/time/" in words
