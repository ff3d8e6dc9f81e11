"""Public pages: what each costs beside an empty view, for a visitor and for somebody signed in.

`/programs` is asked as it is and with a filter, both of them again and again, as a page that many
look at is. A first look, before there is a copy, is measured by asking for addresses of its own.
"""

import tempfile
from collections.abc import Iterable, Iterator
from itertools import count
from statistics import median

import psutil
from bench.server import EMPTY, fetch, start
from bench.staff_pages import sign_in

PAGES = (
    "/",
    "/levels-of-care",
    "/what-is-iop",
    "/they-want-less",
    "/they-refuse-everything",
    "/glossary",
    "/about",
    "/es/",
    "/programs",
    "/programs?level=iop&when=evening",
)
FIRST_LOOK = "a search of programs that nobody made before"
ROUNDS, EACH = 5, 60
"""How often each page is asked for, in turn; the middle round counts."""
_NUMBERS = count(1_000)


def measure() -> Iterator[tuple[str, str]]:
    """Start the demo and ask for every page in turns, first as a visitor, then signed in."""
    with tempfile.TemporaryDirectory() as folder:
        demo, address = start(folder)
        try:
            spent = _rounds(demo.pid, address)
            empty = spent[EMPTY]
            yield f"CPU for {EMPTY}, the empty view", f"{empty:.2f} ms"
            yield from _told(spent, empty, "")
            sign_in(address)
            yield from _told(_rounds(demo.pid, address), empty, ", signed in")
        finally:
            demo.terminate()
            demo.communicate()


def _told(spent: dict[str, float], empty: float, who: str) -> Iterator[tuple[str, str]]:
    for page, milliseconds in spent.items():
        if page != EMPTY:
            yield (
                f"CPU for {page}{who}",
                f"{milliseconds:.2f} ms, {milliseconds / empty:.1f} x empty",
            )


def _rounds(pid: int, address: str) -> dict[str, float]:
    """The middle of what a request for each page cost, in CPU milliseconds."""
    spent: dict[str, list[float]] = {page: [] for page in (EMPTY, *PAGES, FIRST_LOOK)}
    for page in (EMPTY, *PAGES):
        fetch(address + page)
    for _ in range(ROUNDS):
        for page in (EMPTY, *PAGES):
            spent[page].append(_cost(pid, [address + page] * EACH))
        new = [f"{address}/programs?page={next(_NUMBERS)}" for _ in range(EACH)]
        spent[FIRST_LOOK].append(_cost(pid, new))
    return {page: median(rounds) for page, rounds in spent.items()}


def _cost(pid: int, addresses: Iterable[str]) -> float:
    """CPU milliseconds of one request, of those processes that were there all the time."""
    family = psutil.Process(pid).children(recursive=True)
    before = {one: _seconds(one) for one in family}
    asked = [fetch(one) for one in addresses]
    spent = sum(_seconds(one) - was for one, was in before.items() if one.is_running())
    return spent / len(asked) * 1000


def _seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system
