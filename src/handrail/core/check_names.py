"""The private check's answers by other names: those of the screening call, and of earlier checks.

Pure. A choice says in `was` which answers say the same there (data/check.toml).
"""

from collections.abc import Iterator

from handrail.core.check import (
    LATER,
    NONE,
    REFUSED,
    UNKNOWN,
    Answers,
    Check,
    Choice,
    Question,
    on_the_way,
)

_NOT_CHOICES = (NONE, UNKNOWN, REFUSED, LATER)


def in_the_calls_words(check: Check, answers: Answers) -> dict[str, tuple[str, ...]]:
    """The answers under the names that the screening call has for them, the worst of a kind last.

    What is not ticked stands as none of these only where every question that could have said it
    was answered. Answers of an earlier check pass through: they are in the call's words already.
    """
    said: dict[str, tuple[str, ...]] = {}
    for slug, keys in answers.items():
        for name in (name for key in keys for name in _names(check, slug, key)):
            other, _, key = name.partition(":")
            said[other] = (*(one for one in said.get(other, ()) if one != key), key)
    unticked = dict.fromkeys(
        other for question in check.questions for other in _spoken_of(question)
    )
    for other in unticked:
        askers = [one for one in check.questions if other in _spoken_of(one)]
        if other not in said and all(_answered(one, answers) for one in askers):
            said[other] = (NONE,)
    return said


def _names(check: Check, slug: str, key: str) -> Iterator[str]:
    """What an answer is called in the call: one name for each question there."""
    if key == NONE:
        return
    question = next((one for one in check.questions if one.slug == slug), None)
    choice = question.choice(key) if question else None
    seen: set[str] = set()
    for name in choice.was if choice and choice.was else (f"{slug}:{key}",):
        other = name.partition(":")[0]
        if other not in seen:
            yield name
        seen.add(other)


def _spoken_of(question: Question) -> set[str]:
    """The questions of the call that this one speaks to."""
    names = (choice.was or (f"{question.slug}:{choice.key}",) for choice in question.choices)
    return {name.partition(":")[0] for of_choice in names for name in of_choice}


def _answered(question: Question, answers: Answers) -> bool:
    """Whether it was answered with choices of today, and nothing was left open."""
    keys = answers.get(question.slug, (LATER,))
    return all(key == NONE or question.choice(key) for key in keys)


def brought_up_to_date(check: Check, answers: Answers) -> dict[str, tuple[str, ...]]:
    """The answers of a check that began with earlier questions, as answers to those of today.

    Where only a part of what a question asks today was asked then, the rest is not known.
    """
    if all(_of_today(check, slug, keys) for slug, keys in answers.items()):
        return dict(answers)
    said = {f"{slug}:{key}" for slug, keys in answers.items() for key in keys}
    today = {one.slug: _today(one, answers, said) for one in check.questions}
    return dict(on_the_way(check, {slug: keys for slug, keys in today.items() if keys}))


def _of_today(check: Check, slug: str, keys: tuple[str, ...]) -> bool:
    question = next((one for one in check.questions if one.slug == slug), None)
    return question is not None and all(key in _NOT_CHOICES or question.choice(key) for key in keys)


def _today(question: Question, answers: Answers, said: set[str]) -> tuple[str, ...]:
    own = answers.get(question.slug, ())
    ticked = [one.key for one in question.choices if one.key in own or _said_then(one, said)]
    if not question.several:
        return (*ticked, *(key for key in own if key in _NOT_CHOICES))[:1]
    earlier = question.was or (question.slug,)
    left_open = [
        key for key in (UNKNOWN, REFUSED) if any(key in answers.get(one, ()) for one in earlier)
    ]
    complete = all(answers.get(one, (LATER,)) != (LATER,) for one in earlier)
    if not complete:
        return (*ticked, UNKNOWN) if ticked else ()
    return (*ticked, *left_open[-1:]) or (NONE,)


def _said_then(choice: Choice, said: set[str]) -> bool:
    """Whether an earlier check said as much: one of its answers to each question it names."""
    others: dict[str, bool] = {}
    for name in choice.was:
        other = name.partition(":")[0]
        others[other] = others.get(other, False) or name in said
    return bool(others) and all(others.values())
