"""A lesson a week: only after a yes, one of each, never twice, and gone when it stops."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from itertools import pairwise
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django import app

from handrail.areas.booking.errors import NotAnEmail
from handrail.areas.booking.services.outbox import GIVEN_UP_AFTER, MOST_ATTEMPTS, Outcome
from handrail.areas.lessons import services
from handrail.areas.lessons.models import PageLetter, Subscription
from handrail.areas.lessons.tokens import (
    NoSuchToken,
    read_subscription_token,
    subscription_token,
)
from handrail.core.errors import NotHere
from handrail.data.lessons import SLUGS
from handrail.foundation import clock
from tests.factories.programs import AT
from tests.mail_server import MailServer

pytestmark = pytest.mark.django_db(transaction=True)

WEEK = timedelta(days=7)
TELLING = (
    "alder", "recovery", "addiction", "family", "friends", "lesson", "course", "handrail",
    "treatment", "drug", "alcohol", "program", "jo@", "adicción", "familia", "lección", "curso",
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


@pytest.fixture(autouse=True)
def on_tuesday(monkeypatch):
    go_to(monkeypatch, AT)


def go_to(monkeypatch, moment):
    monkeypatch.setenv(clock.DEMO_CLOCK, repr(moment.timestamp() - clock.real_now().timestamp()))


def ask(email="jo@example.org", language="en", at=AT):
    services.ask(email=email, language=language, at=at)
    return Subscription.objects.filter(email__iexact=email).first()


def subscribed(**more):
    made = ask(**more)
    services.confirm(subscription_id=made.pk, at=AT)
    return made


def states():
    return list(PageLetter.objects.order_by("number").values_list("number", "state"))


def send(monkeypatch, at=AT, outcome=Outcome.SENT):
    """What a pass at a moment hands over."""
    handed = []
    monkeypatch.setattr(
        "handrail.config.letters.deliver_page", lambda one: handed.append(one) or outcome
    )
    go_to(monkeypatch, at)
    services.send_due()
    return [one.number for one in handed]


# ---- asking and saying yes ---------------------------------------------------------------------


def test_an_address_that_was_typed_gets_one_letter_that_asks_and_no_lesson(monkeypatch):
    ask()
    assert send(monkeypatch) == [0]
    assert send(monkeypatch, AT + timedelta(hours=47)) == []


def test_asking_again_sends_nothing_more_however_the_address_is_written(monkeypatch):
    ask()
    ask(" JO@Example.ORG ")
    assert Subscription.objects.count() == 1
    assert send(monkeypatch) == [0]
    subscribed()
    ask()
    assert send(monkeypatch) == [1]


def test_with_the_yes_the_first_lesson_comes_and_then_one_a_week(monkeypatch):
    subscribed()
    came = {}
    for day in range(60):
        for number in send(monkeypatch, AT + timedelta(days=day)):
            came.setdefault(number, []).append(day)
    assert came[0] == [0]
    assert sorted(came) == list(range(len(SLUGS) + 1))
    days = [came[number] for number in sorted(came) if number]
    assert all(len(one) == 1 for one in days)
    # A pass a day: each comes on the first day that is a week after the one before.
    assert all(7 <= b[0] - a[0] <= 8 for a, b in pairwise(days))


def test_a_second_yes_changes_nothing(monkeypatch):
    made = subscribed()
    services.confirm(subscription_id=made.pk, at=AT + timedelta(days=1))
    assert states() == [(0, "waiting"), (1, "waiting")]


def test_after_the_last_lesson_the_address_is_deleted(monkeypatch):
    subscribed()
    at = AT
    for _ in range(len(SLUGS)):
        send(monkeypatch, at)
        at += WEEK + timedelta(hours=1)
    assert not Subscription.objects.exists()
    assert not PageLetter.objects.exists()


def test_an_address_without_a_yes_is_deleted_after_two_days(monkeypatch):
    made = ask()
    send(monkeypatch, AT + timedelta(hours=48))
    assert not Subscription.objects.exists()
    with pytest.raises(NotHere):
        services.confirm(subscription_id=made.pk, at=AT + timedelta(hours=49))


@pytest.mark.parametrize("typed", ["", "jo", "jo@", "a@b", "jo@example.org\nbcc: x@y.org"])
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(NotAnEmail):
        services.ask(email=typed, language="en", at=AT)


def test_an_address_that_is_too_long_is_refused():
    with pytest.raises(NotAnEmail):
        services.ask(email=f"jo@{'example.' * 40}org", language="en", at=AT)


# ---- stopping ----------------------------------------------------------------------------------


def test_stopping_deletes_the_address_and_its_letters():
    made, other = subscribed(), subscribed(email="ada@example.org")
    services.stop(subscription_id=made.pk)
    services.stop(subscription_id=made.pk)
    assert list(Subscription.objects.all()) == [other]
    assert PageLetter.objects.filter(subscription=other).count() == 2
    assert PageLetter.objects.count() == 2


def test_who_stops_while_a_letter_is_being_sent_gets_no_other():
    made = subscribed()
    while one := services.claim_one(at=AT):
        services.stop(subscription_id=made.pk)
        services.settle(letter_id=one.letter_id, outcome=Outcome.SENT, at=AT)
    assert not PageLetter.objects.exists()


# ---- never twice -------------------------------------------------------------------------------


def test_two_passes_at_once_send_each_letter_once():
    for number in range(6):
        subscribed(email=f"jo{number}@example.org")
    together, taken = Barrier(2, timeout=10), []

    def take(_):
        together.wait()
        try:
            while one := services.claim_one(at=AT):
                taken.append(one.letter_id)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(take, range(2)))
    assert len(taken) == len(set(taken)) == 12


def test_a_letter_whose_sending_broke_off_is_never_tried_again_and_the_next_one_follows(
    monkeypatch,
):
    subscribed()
    send(monkeypatch, AT, Outcome.SENT)
    later = AT + WEEK + timedelta(minutes=1)
    assert services.claim_one(at=later).number == 2  # and the worker is killed
    assert send(monkeypatch, later + GIVEN_UP_AFTER - timedelta(minutes=1)) == []
    assert send(monkeypatch, later + GIVEN_UP_AFTER + timedelta(minutes=1)) == []
    assert states()[2:] == [(2, "failed"), (3, "waiting")]
    assert send(monkeypatch, later + GIVEN_UP_AFTER + WEEK + timedelta(minutes=2)) == [3]


def test_what_cannot_go_now_is_tried_again_and_then_given_up(monkeypatch):
    ask()
    at = AT
    for _ in range(MOST_ATTEMPTS):
        assert send(monkeypatch, at, Outcome.NOT_NOW) == [0]
        at += timedelta(hours=1)
    assert send(monkeypatch, at) == []
    assert states() == [(0, "failed")]


def test_after_a_stand_still_lessons_do_not_come_in_a_heap(monkeypatch):
    subscribed()
    assert send(monkeypatch, AT + timedelta(days=40)) == [0, 1]
    assert send(monkeypatch, AT + timedelta(days=41)) == []


def test_the_database_holds_an_address_and_a_number_once():
    made = subscribed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.create(email="JO@example.org", language="en", asked_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.create(email="", language="en", asked_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        PageLetter.objects.create(subscription=made, number=1, due_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        PageLetter.objects.filter(number=1).update(state="sent")


def test_the_worker_comes_round_to_it_and_its_job_names_nobody():
    task = app.tasks["lessons.send due"]
    assert task.lock == task.queueing_lock == "lessons.send due"
    rounds = {one.task.name: one.cron for one in app.periodic_registry.periodic_tasks.values()}
    assert rounds[task.name] == "* * * * *"
    ask()
    task(timestamp=0)
    assert states() == [(0, "sent")]


# ---- the letters themselves --------------------------------------------------------------------


def sent(server):
    """Each letter: to whom, its headers, and its words."""
    read = [(to, message_from_bytes(text.encode(), policy=default)) for to, text in server.letters]
    return [(to, one, one.get_content().replace("\r\n", "\n")) for to, one in read]


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_letter_says_what_it_is_about_and_each_can_be_stopped_with_one_press(
    server, settings, language
):
    settings.HANDRAIL_ADDRESS = "https://house.test"
    made = subscribed(language=language)
    services.send_due()
    prefix = "https://house.test" + ("/es" if language == "es" else "")
    stop = f"{prefix}/weekly/{subscription_token(made.pk)}/stop"
    (_, _, asks), (_, _, page) = sent(server)
    assert f"{prefix}/weekly/{subscription_token(made.pk)}\n" in asks
    assert f"{prefix}/page/1\n" in page
    for to, letter, words in sent(server):
        assert to == "jo@example.org"
        assert letter["List-Unsubscribe"].strip() == f"<{stop}>"
        assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert stop in words
        said = f"{letter['Subject']} {letter['From']} {words}".lower()
        assert [one for one in TELLING if one in said] == []


def test_a_server_that_is_away_is_asked_again_later(server):
    ask()
    server.stop()
    services.send_due()
    assert states() == [(0, "waiting")]


def test_a_server_that_takes_a_letter_and_does_not_say_so_gets_it_once(server):
    server.drop = True
    ask()
    services.send_due()
    services.send_due()
    assert len(server.letters) == 1
    assert states() == [(0, "failed")]


# ---- tokens ------------------------------------------------------------------------------------


def test_a_link_that_was_changed_names_nobody():
    token = subscription_token(ask().pk)
    assert read_subscription_token(token) == Subscription.objects.get().pk
    for wrong in ("", "x", token[:-1], "A" + token, token.replace(".", ":")):
        with pytest.raises(NoSuchToken):
            read_subscription_token(wrong)
