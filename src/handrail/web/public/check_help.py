"""The help that a check shows at once, as a page says it; what it is was decided by the core."""

from dataclasses import dataclass

from handrail.areas.checks.sealed_answers import Draft
from handrail.core.check import Voice, findings_from, on_the_way
from handrail.core.dangers import Danger, How, Source, Step, Told, dangers_of, shortened, tell
from handrail.core.findings import Kind, Open
from handrail.core.placement.recommend import recommend
from handrail.core.placement.recommendation import Recommendation
from handrail.web.public.words import criteria_set, dangers, mark, private_check, say

_CALLS = {
    "911": ("tel:911", mark("Call 911")),
    "988": ("tel:988", mark("Call 988")),
    "text988": ("sms:988", mark("Text 988")),
    "start88788": ("sms:88788", mark("Text START to 88788")),
}
_CALL_NUMBER = mark("Call {number}")


@dataclass(frozen=True, slots=True)
class Call:
    """Whom to call or text: the address of the link, and its words."""

    address: str
    words: str


@dataclass(frozen=True, slots=True)
class Help:
    """What to do at once for one kind of danger.

    `sure`: an answer says it is so, and the rest can wait. `today`: someone trained looks today.
    `gentle`: it deserves help and is no emergency.
    """

    kind: str
    key: str
    title: str
    lead: str
    because: str
    calls: tuple[Call, ...]
    say: str
    say_more: str
    steps: tuple[Step, ...]
    ask: tuple[str, ...]
    dont: tuple[str, ...]
    until: str
    sources: tuple[Source, ...]
    sure: bool
    today: bool
    gentle: bool


def place(draft: Draft) -> Recommendation:
    """Where the needs that the answers tell of would be met."""
    return recommend(findings_from(private_check(), draft.answers, draft.voice), criteria_set())


def help_needed(draft: Draft) -> tuple[Help, ...]:
    """The help to show at once for the answers so far, on a page of its own."""
    return tuple(_help(one) for one in tell(dangers(), _found(draft), draft.voice))


def help_in_case(draft: Draft) -> tuple[Help, ...]:
    """The help on a result, in short: also for safety questions that stayed open."""
    told = tell(dangers(), _found(draft, all_open=True), draft.voice)
    return tuple(_help(shortened(one)) for one in told)


def help_for(kind: str, voice: Voice) -> Help:
    """The way of one kind of danger, for whoever asks without a check."""
    return _help(tell(dangers(), [Danger(kind, How.SURE)], voice)[0])


def sure_kinds(draft: Draft) -> frozenset[str]:
    """The kinds of danger that an answer says are so."""
    return frozenset(one.kind for one in _found(draft) if one.how is How.SURE)


def _found(draft: Draft, *, all_open: bool = False) -> tuple[Danger, ...]:
    check = private_check()
    return dangers_of(
        dangers(),
        on_the_way(check, draft.answers),
        draft.voice,
        emergency=_emergency(draft),
        all_open=all_open,
    )


def _emergency(draft: Draft) -> dict[str, bool]:
    """What the rules call an emergency: the finding, and whether it is known."""
    found, catalogue = place(draft), private_check().catalogue
    evidence = found.emergency.evidence if found.emergency else ()
    return {
        one.finding: not isinstance(found.findings[one.finding].answer, Open)
        for one in evidence
        if catalogue[one.finding].kind is Kind.DANGER
    }


def _help(told: Told) -> Help:
    return Help(
        kind=told.kind,
        key=f"{told.kind}-{told.how.value}",
        title=told.title,
        lead=told.lead,
        because=told.because,
        calls=tuple(call(one) for one in told.call),
        say=told.say,
        say_more=told.say_more,
        steps=told.steps,
        ask=told.ask,
        dont=told.dont,
        until=told.until,
        sources=told.sources,
        sure=told.how is How.SURE,
        today=told.how is How.TODAY,
        gentle=told.how is How.GENTLE,
    )


def call(number: str) -> Call:
    """The link that calls or texts a number of ours."""
    if number in _CALLS:
        address, words = _CALLS[number]
        return Call(address, say(words))
    return Call(f"tel:{number}", say(_CALL_NUMBER, number=number))
