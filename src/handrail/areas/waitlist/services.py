"""The waiting list: put on, tried to reach, offered something meanwhile, and off again."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from handrail.areas.clients.services.entering import Mistaken, local_day, locked_client, one_line
from handrail.areas.enrollment import course_records as gathering
from handrail.areas.inquiries.services.waiting import begin_to_wait, wait_no_more
from handrail.areas.schedule import refusals as saying
from handrail.areas.schedule.models import Program, Track
from handrail.areas.waitlist.models import (
    CameOfIt,
    EndedHow,
    WaitingAttempt,
    WaitingPlace,
    WayTried,
)
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.waiting import next_attempt
from handrail.data import waiting_rules
from handrail.foundation.audit import trail

LONGEST_WORDS = 500
LONGEST_SOURCE = 300


@transaction.atomic
def put_on(
    *,
    client_id: UUID,
    program_id: UUID,
    priority: str,
    source: str,
    since: date | None = None,
    track_id: UUID | None = None,
    by: Actor,
    at: datetime,
    waiting_id: UUID | None = None,
) -> WaitingPlace:
    """Put someone on the list of a program, in the group that is theirs by law. Inquiries wait too.

    `since` is the day on which they asked, today unless said; `source` how we know the group;
    `track_id` the one track they wish for. Mistaken says what is wrong, by field.
    """
    client = locked_client(client_id, by, Action.KEEP_WAITING_LIST)
    today, said = local_day(at, by), one_line(source)
    asked = since or today
    program = _program(program_id, by)
    track = _track(track_id, program) if track_id else None
    problems = _problems(priority, said, asked, today)
    episode = gathering.open_episode(client_id)
    if episode and gathering.level_of(episode) == program.level:
        level = saying.level_name(program.level)
        problems["program"] = f"They are in {level} already. Enroll or transfer them instead."
    if _open_places(client_id).filter(program=program).exists():
        problems["program"] = f"They are on the list of {program.name} already."
    if problems:
        raise Mistaken(problems)
    made = WaitingPlace.objects.create(
        id=waiting_id or uuid4(),
        organization_id=by.organization_id,
        client=client,
        program=program,
        track=track,
        since=asked,
        priority=priority,
        priority_source=said,
        put_on_at=at,
        put_on_by=by.name,
    )
    _record(made, Action.KEEP_WAITING_LIST, by)
    begin_to_wait(
        client_id=client_id,
        step=f"Get in touch: waits for {program.name}",
        on=max(next_attempt(asked, (), waiting_rules()), today),
        by=by,
        at=at,
    )
    return made


@transaction.atomic
def attempt(
    *,
    waiting_id: UUID,
    way: str,
    outcome: str,
    words: str = "",
    attempt_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> WaitingAttempt:
    """Write down one attempt to reach someone who waits. The same key twice is written once."""
    found = _locked(waiting_id, by)
    key = attempt_id or uuid4()
    before = WaitingAttempt.objects.filter(pk=key, place=found).first()
    if before:
        return before
    said, problems = one_line(words), {}
    if way not in WayTried.values:
        problems["way"] = "Say how you tried."
    if outcome not in CameOfIt.values:
        problems["outcome"] = "Say what came of it."
    if len(said) > LONGEST_WORDS:
        problems["words"] = f"This is too long: at most {LONGEST_WORDS} letters."
    if problems:
        raise Mistaken(problems)
    try:
        with transaction.atomic():
            made = WaitingAttempt.objects.create(
                id=key,
                organization_id=by.organization_id,
                place=found,
                way=way,
                outcome=outcome,
                words=said,
                attempted_at=at,
                attempted_by=by.name,
            )
    except IntegrityError:  # a key that was used for someone else's attempt
        raise Mistaken({"outcome": "Load the page anew, and log it once more."}) from None
    _record(found, "waiting_list.attempt", by)
    return made


@transaction.atomic
def offer_meanwhile(
    *,
    waiting_id: UUID,
    services: Iterable[str],
    instead: str = "",
    by: Actor,
    at: datetime,
) -> WaitingPlace:
    """Write down what was offered until there is a seat: services by code, anything else in words.

    What was offered before stays, and the moment of the first offer counts.
    """
    found = _locked(waiting_id, by)
    chosen, said = set(services), one_line(instead)
    known = [code for code, _ in waiting_rules().interim]
    problems = {}
    if not chosen <= set(known):
        problems["interim"] = "Choose from the list, and write anything else below it."
    if not chosen and not said:
        problems["interim"] = "Choose what was offered, or write it down."
    whole = "; ".join(one for one in (found.instead, said) if one)
    if len(whole) > LONGEST_WORDS:
        problems["instead"] = f"This is too long: at most {LONGEST_WORDS} letters in all."
    if problems:
        raise Mistaken(problems)
    found.interim = [code for code in known if code in chosen | set(found.interim)]
    found.instead = whole
    if found.interim_at is None:
        found.interim_at, found.interim_by = at, by.name
    found.save(update_fields=["interim", "instead", "interim_at", "interim_by"])
    _record(found, "waiting_list.offer", by)
    return found


@transaction.atomic
def end(*, waiting_id: UUID, how: str, words: str = "", by: Actor, at: datetime) -> WaitingPlace:
    """Take someone off the list, with how it ended; off the last list, their inquiry ends with it.

    Nobody is taken off as not reached without an attempt on record, and being admitted takes them
    off by itself: it is not said here.
    """
    found = _locked(waiting_id, by)
    said, problems = one_line(words), {}
    if how == EndedHow.ADMITTED:
        problems["how"] = "Admit them: that takes them off the list."
    elif how not in EndedHow.values:
        problems["how"] = "Say how it ended."
    elif how == EndedHow.NOT_REACHED and not found.attempts.exists():
        problems["how"] = "Nobody has tried to reach them yet. Log the attempts first."
    if len(said) > LONGEST_WORDS:
        problems["ended_words"] = f"This is too long: at most {LONGEST_WORDS} letters."
    if problems:
        raise Mistaken(problems)
    ended = EndedHow(how)
    _end(found, ended, said, by, at)
    if not _open_places(found.client_id).exists():
        why = f"Off the waiting list: {ended.label.lower()}."
        wait_no_more(client_id=found.client_id, why=why, by=by, at=at)
    return found


def end_on_admission(client_id: UUID, program: Program, *, by: Actor, at: datetime) -> None:
    """Off every list, once admitted: here as admitted, elsewhere as having taken another place."""
    for one in _open_places(client_id).select_for_update().order_by("pk"):
        here = one.program_id == program.pk
        how = EndedHow.ADMITTED if here else EndedHow.ELSEWHERE
        _end(one, how, "" if here else f"Admitted to {program.name}.", by, at)


def _end(row: WaitingPlace, how: EndedHow, words: str, by: Actor, at: datetime) -> None:
    row.ended_how, row.ended_words, row.ended_at, row.ended_by = how, words, at, by.name
    row.save(update_fields=["ended_how", "ended_words", "ended_at", "ended_by"])
    _record(row, "waiting_list.end", by)


def _problems(priority: str, source: str, asked: date, today: date) -> dict[str, str]:
    problems = {}
    if priority not in {one.code for one in waiting_rules().priorities}:
        problems["priority"] = "Choose what holds for them. It decides the order."
    if not source:
        problems["source"] = "Say how we know: who said it, and when."
    elif len(source) > LONGEST_SOURCE:
        problems["source"] = f"This is too long: at most {LONGEST_SOURCE} letters."
    if asked > today:
        problems["since"] = "Nobody waits from a day to come. Enter the day on which they asked."
    return problems


def _program(program_id: UUID, by: Actor) -> Program:
    found = Program.objects.filter(
        organization_id=by.organization_id, pk=program_id, ended_date__isnull=True
    ).first()
    if found is None:
        raise NotHere
    return found


def _track(track_id: UUID, program: Program) -> Track:
    found = Track.objects.filter(pk=track_id, program=program, ended_date__isnull=True).first()
    if found is None:
        raise Mistaken({"track": "This track is of another program, or it has ended."})
    return found


def _open_places(client_id: UUID) -> QuerySet[WaitingPlace]:
    return WaitingPlace.objects.filter(client_id=client_id, ended_at__isnull=True)


def _locked(waiting_id: UUID, by: Actor) -> WaitingPlace:
    check_access(by, Action.KEEP_WAITING_LIST)
    found = (
        WaitingPlace.objects.select_for_update()
        .filter(organization_id=by.organization_id, pk=waiting_id)
        .first()
    )
    if found is None:
        raise NotHere
    if found.ended_at:
        raise Mistaken({"place": f"{found.ended_by} has taken them off the list already."})
    return found


def _record(row: WaitingPlace, action: str, by: Actor) -> None:
    trail.record(
        by=by,
        action=action,
        subjects=[
            trail.subject("client", row.client_id),
            trail.subject("waiting-place", row.pk),
        ],
    )
