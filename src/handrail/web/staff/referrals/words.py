"""What the referral pages say: levels, states, what goes along, ways of sending."""

from collections.abc import Collection

from handrail.areas.consents.models import How
from handrail.areas.referrals.services import PACKET
from handrail.core.consents import Content
from handrail.core.referrals import MEANS, TABLE, Act, State
from handrail.data import care_catalogue

Choices = tuple[tuple[str, str], ...]

HEARD: tuple[tuple[Act, str, str], ...] = (
    (Act.RECEIVE, "received", "They have it"),
    (Act.ACCEPT, "accepted", "They will take the person"),
    (Act.ADMIT, "admitted", "The person is there"),
    (Act.DECLINE, "declined", "They will not take the person"),
    (Act.RETURN, "returned", "The person is back"),
)
HEADINGS = {
    Content.IN_CARE: "That they are or were in care here",
    Content.CONTACT_DETAILS: "How to reach them",
    Content.RECOMMENDATION: "The recommended level of care, and why",
    Content.DIAGNOSES: "Diagnoses",
    Content.MEDICINES: "Medicines and allergies",
    Content.COVERAGE: "Insurance",
    Content.ASSESSMENT: "The signed assessment",
    Content.SAFETY_PLAN: "The safety plan",
}
"""What can go along, as staff choose it and as the papers are headed."""
WAYS = (How.FAX, How.PRINTED, How.PDF, How.MAIL, How.PHONE)
MARKS = {
    State.PREPARED: "wait",
    State.SENT: "watch",
    State.RECEIVED: "watch",
    State.ACCEPTED: "ok",
    State.ADMITTED: "ok",
    State.DECLINED: "watch",
    State.RETURNED: "ok",
    State.ENDED: "wait",
}


def level(code: str) -> str:
    """A level of care or an acute place by its plain name."""
    care = care_catalogue()
    place = care.levels.get(code) or care.acute_places.get(code)
    return place.plain_name if place else code


def referred_to() -> Choices:
    """Everything that someone can be referred to, acute places first."""
    care = care_catalogue()
    places = (*care.acute_places.values(), *reversed(tuple(care.levels.values())))
    return tuple((one.code, one.plain_name) for one in places)


def back_to() -> Choices:
    """The levels that someone can step down to."""
    levels = tuple(care_catalogue().levels.values())
    return tuple((one.code, one.plain_name) for one in reversed(levels))


def packet() -> Choices:
    """What can go along with a referral."""
    return tuple((one.value, HEADINGS[one]) for one in PACKET)


def told(contents: Collection[str]) -> str:
    """What goes along, as one line."""
    return ", ".join(words for one, words in HEADINGS.items() if one.value in contents)


def ways() -> Choices:
    """The ways in which papers leave."""
    return tuple((one.value, str(one.label)) for one in WAYS)


def heard(state: State) -> Choices:
    """What may be heard next about a referral in this state."""
    return tuple((value, said) for act, value, said in HEARD if act in TABLE[state])


def means(state: str) -> str:
    """What a state means, as a sentence's end."""
    return MEANS[State(state)]
