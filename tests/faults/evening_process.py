"""An evening acted out in processes of its own, which die at a step of choice.

`python -m tests.faults.evening_process prepare` makes a small evening;
`... killed ACT` does the act again and again, killed one step later each time, until it is whole;
`... server ACT STEP PID` kills the database server before that step; `... once ACT` just does it;
`... snapshot` prints everything the acts write.
"""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

import django

django.setup()

from django.db import connection  # noqa: E402

from handrail.areas.enrollment.models import Attendance  # noqa: E402
from handrail.areas.notes.models import DraftField, Note  # noqa: E402
from handrail.areas.notes.services import notes  # noqa: E402
from handrail.areas.outreach.models import Outreach  # noqa: E402
from handrail.areas.schedule.models import Session  # noqa: E402
from handrail.demo.accounts import ALDER, HARBOR  # noqa: E402
from handrail.demo.load import key  # noqa: E402
from handrail.foundation import tenancy  # noqa: E402
from handrail.foundation.audit.models import AuditEntry  # noqa: E402
from tests.factories.evening import (  # noqa: E402
    LATE,
    PEOPLE,
    TONIGHT,
    WORDS,
    Evening,
    a_flag,
    an_evening,
)
from tests.staff import SEED, Program, begin  # noqa: E402

FEW = 4


def evening(program: Program) -> Evening:
    """The prepared evening, read back."""
    session = Session.objects.get(local_date=TONIGHT)
    made = Evening(session, [], *(program.actor(one) for one in ("mara", "dev", "ruth")))
    rows = {one.client.family_name: one.client for one in session.attendances.all()}
    made.clients = [rows[family] for _, family in PEOPLE[:FEW] if family in rows]
    return made


def write(one: Evening) -> None:
    for client, words in zip(one.clients, WORDS, strict=False):
        one.save(client, "words", words)
        one.save(client, "goal", "Three evenings a week without a drink")
        one.save(client, "risk", "Denies thoughts of suicide; no plan, no means at hand.")
    one.save(one.clients[-1], "outreach", "Reached by phone; safe at home.")
    one.absent(one.clients[-1])


ACTS: dict[str, Callable[[Evening], object]] = {
    "start": lambda one: one.start(),
    "write": write,
    "close": lambda one: one.close(),
    "sign": lambda one: one.sign(),
    "void": lambda one: notes.void_note(
        note_id=Note.objects.get(client=one.clients[0]).pk,
        reason="wrong words",
        by=one.ruth,
        at=LATE,
    ),
    "sign again": lambda one: one.sign(),
}


def snapshot() -> str:
    """Everything the acts write, as text."""
    tables = {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (Session, Attendance, DraftField, Note, Outreach)
    }
    tables["trail"] = list(AuditEntry.objects.order_by("pk").values("action", "subjects", "detail"))
    return json.dumps(tables, default=str, sort_keys=True)


def do(program: Program, act: str) -> None:
    with tenancy.within(program.alder):
        ACTS[act](evening(program))


@contextmanager
def interrupted(step: int, interrupt: Callable[[], None]) -> Iterator[list[int]]:
    """Call `interrupt` before the statement, or around the commit, that is step number `step`."""
    done = [0]
    commit = connection._commit

    def next_step() -> None:
        done[0] += 1
        if done[0] == step:
            interrupt()

    def statement(execute, sql, params, many, context):
        next_step()
        return execute(sql, params, many, context)

    def committing():
        next_step()
        commit()
        next_step()

    connection._commit = committing
    with connection.execute_wrapper(statement):
        yield done


def in_child(work: Callable[[], str]) -> tuple[int, str]:
    """Do some work in a child process; how it ended, and what it said."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            with os.fdopen(writing, "w") as out:
                out.write(work())
            os._exit(0)
        except BaseException as problem:
            sys.stderr.write(f"{problem!r}\n")
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said


def killed(program: Program, act: str) -> None:
    """Do an act, killed one step later each time. Anything between nothing and all is an error."""

    def dies(step: int) -> str:
        with interrupted(step, lambda: os.kill(os.getpid(), signal.SIGKILL)):
            do(program, act)
        return "whole"

    def look() -> str:
        with tenancy.within(program.alder):
            return snapshot()

    before, states = in_child(look)[1], []
    for step in count(1):
        ended, _ = in_child(lambda step=step: dies(step))
        states.append(in_child(look)[1])
        if ended == 0:
            break
        if ended != -signal.SIGKILL:
            sys.exit(f"step {step} of {act}: the child ended with {ended}")
    *interrupted_ones, last = states
    # The last kill comes after the commit; what is done then is done, and repeating adds nothing.
    *early, after_commit = interrupted_ones
    half = [number for number, one in enumerate(early, start=1) if one != before]
    if half:
        sys.exit(f"{act}, killed before step {half[0]}, left something half done")
    if after_commit == before:
        sys.exit(f"{act}: killed after the commit, and nothing was kept")
    if last != after_commit:
        sys.exit(f"{act}: repeating it after it was whole changed something")
    print(len(early))


def server(program: Program, act: str, step: int, pid: int) -> None:
    """Do an act while the server dies before a step."""
    with interrupted(step, lambda: os.kill(pid, signal.SIGKILL)):
        do(program, act)


def main(word: str, *rest: str) -> None:
    program = Program(key(SEED, ALDER), key(SEED, HARBOR))
    if word == "prepare":
        begin()
        with tenancy.within(program.alder):
            made = an_evening(program, people=FEW)
            a_flag(program, made.clients[-1])
    elif word == "killed":
        killed(program, *rest)
    elif word == "server":
        server(program, rest[0], int(rest[1]), int(rest[2]))
    elif word == "once":
        do(program, *rest)
    elif word == "snapshot":
        with tenancy.within(program.alder):
            print(snapshot())


if __name__ == "__main__":
    main(*sys.argv[1:])
