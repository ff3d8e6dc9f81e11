"""The waiting list: put on, tried to reach, offered something meanwhile, and off again."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from handrail.areas.clients.selectors import episodes
from handrail.areas.clients.services.entering import local_day, locked_client
from handrail.areas.inquiries.services.waiting import begin_to_wait, wait_no_more
from handrail.areas.schedule.models import Program, Track
from handrail.areas.waitlist import errors
from handrail.areas.waitlist.models import (
    CameOfIt,
    EndedHow,
    WaitingAttempt,
    WaitingPlace,
    WayTried,
)
from handrail.areas.worklist.services import refresh_due
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.errors import Invalid, Missing, NotAChoice, raise_any, too_long
from handrail.core.text import one_line
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
    `track_id` the one track they wish for.
    """
    client = locked_client(client_id, by, Action.KEEP_WAITING_LIST)
    today, said = local_day(at, by), one_line(source)
    asked = since or today
    program = _program(program_id, by)
    track = _track(track_id, program) if track_id else None
    wrong = _wrong(priority, said, asked, today)
    episode = episodes.open_episode(client_id)
    if _open_places(client_id).filter(program=program).exists():
        wrong.append(errors.OnThisListAlready(program.name))
    elif episode and episodes.level_of(episode) == program.level:
        wrong.append(errors.AtThisLevelAlready(program.level))
    raise_any(wrong)
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
    refresh_due(made, by=by, at=at)
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
    said = one_line(words)
    wrong = too_long({"words": said}, {"words": LONGEST_WORDS})
    if way not in WayTried.values:
        wrong.append(NotAChoice().at("way"))
    if outcome not in CameOfIt.values:
        wrong.append(NotAChoice().at("outcome"))
    raise_any(wrong)
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
        raise errors.AttemptLoggedElsewhere from None
    _record(found, "waiting_list.attempt", by)
    refresh_due(made, by=by, at=at)
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
    whole = "; ".join(one for one in (found.instead, said) if one)
    wrong = too_long({"instead": whole}, {"instead": LONGEST_WORDS})
    if not chosen <= set(known):
        wrong.append(NotAChoice().at("interim"))
    if not chosen and not said:
        wrong.append(errors.NothingOffered())
    raise_any(wrong)
    found.interim = [code for code in known if code in chosen | set(found.interim)]
    found.instead = whole
    if found.interim_at is None:
        found.interim_at, found.interim_by = at, by.name
    found.save(update_fields=["interim", "instead", "interim_at", "interim_by"])
    _record(found, "waiting_list.offer", by)
    refresh_due(found, by=by, at=at)
    return found


@transaction.atomic
def end(*, waiting_id: UUID, how: str, words: str = "", by: Actor, at: datetime) -> WaitingPlace:
    """Take someone off the list, with how it ended; off the last list, their inquiry ends with it.

    Nobody is taken off as not reached without an attempt on record, and being admitted takes them
    off by itself: it is not said here.
    """
    found = _locked(waiting_id, by)
    said = one_line(words)
    wrong = too_long({"ended_words": said}, {"ended_words": LONGEST_WORDS})
    if how == EndedHow.ADMITTED:
        wrong.append(errors.EndsByAdmission())
    elif how not in EndedHow.values:
        wrong.append(NotAChoice().at("how"))
    elif how == EndedHow.NOT_REACHED and not found.attempts.exists():
        wrong.append(errors.NeverTried())
    raise_any(wrong)
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
    refresh_due(row, by=by, at=at)


def _wrong(priority: str, source: str, asked: date, today: date) -> list[Invalid]:
    wrong = too_long({"source": source}, {"source": LONGEST_SOURCE})
    if priority not in {one.code for one in waiting_rules().priorities}:
        wrong.append(NotAChoice().at("priority"))
    if not source:
        wrong.append(Missing().at("source"))
    if asked > today:
        wrong.append(errors.AskedInTheFuture())
    return wrong


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
        raise errors.TrackOfAnotherProgram
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
        raise errors.OffTheListAlready(found.ended_by)
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
