"""The forms of the waiting list: put on, an attempt, an offer meanwhile, off again."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.html import format_html

from handrail.areas.waitlist import services
from handrail.areas.waitlist.models import CameOfIt, EndedHow, WayTried
from handrail.areas.waitlist.selectors import Choices
from handrail.data import waiting_rules
from handrail.web.kit import forms
from handrail.web.staff.clients.words import level_short


class PutOnForm(forms.Form):
    """Who waits, for what, since when, and in which group by law."""

    key = "put-on"
    program = forms.Row("Program", missing="Choose a program.")
    track = forms.Row(
        "Track they wish for",
        required=False,
        empty="Any track of the program",
        help_text="With a track, a free seat in another one is not theirs",
    )
    since = forms.Day("Asked on", calendar=True, help_text="The order goes by this day")
    priority = forms.Choice(
        "What holds for them",
        [
            (one.code, format_html("<b>{}.</b> {}", one.words, one.why))
            for one in waiting_rules().priorities
        ],
        radio=True,
        missing="Choose what holds for them. It decides the order.",
    )
    source = forms.Text(
        "How we know",
        max_length=services.LONGEST_SOURCE,
        help_text="For example: said so in the screening call, Nov 24",
        missing="Say how we know: who said it, and when.",
    )

    def arguments(self) -> dict[str, Any]:
        """Program and track by their keys."""
        entered = dict(self.cleaned_data)
        return entered | {"program_id": entered.pop("program"), "track_id": entered.pop("track")}


def put_on_form(
    found: Choices, today: date, posted: QueryDict | None = None, asked: Mapping[str, str] = {}
) -> PutOnForm:
    """The form with the programs and tracks of the day; `asked` is what a link has filled in."""
    names = {one.pk: one.name for one in found.programs}
    only = found.programs[0].pk if len(found.programs) == 1 else None
    wanted = {name: asked[name] for name in PutOnForm.base_fields if asked.get(name)}
    return PutOnForm(
        posted,
        initial={"program": only, "since": today} | wanted,
        program=[(one.pk, f"{one.name} ({level_short(one.level)})") for one in found.programs],
        track=[
            (one.pk, f"{one.name} ({names[one.program_id]})")
            for one in found.tracks
            if one.program_id in names
        ],
    )


class AttemptForm(forms.Form):
    """How it was tried to reach someone, and what came of it: one button for each outcome."""

    attempt_id = forms.Once()
    way = forms.Choice("How you tried", WayTried.choices, radio=True, missing="Say how you tried.")
    words = forms.Text("Words, if any", max_length=services.LONGEST_WORDS, required=False)
    outcome = forms.Choice("What came of it", CameOfIt.choices, missing="Say what came of it.")


class OfferForm(forms.Form):
    """What was offered until there is a seat."""

    interim = forms.Many("What was offered", waiting_rules().interim, required=False)
    instead = forms.Text(
        "Anything else",
        max_length=services.LONGEST_WORDS,
        required=False,
        help_text="For example a group of another level, a call every other day",
    )

    def arguments(self) -> dict[str, Any]:
        """The services from the list, and the words beside them."""
        return {"services": self.cleaned_data["interim"], "instead": self.cleaned_data["instead"]}


class EndForm(forms.Form):
    """How the waiting ended."""

    how = forms.Choice(
        "How it ended. Admitting them takes them off by itself.",
        [(one.value, one.label) for one in EndedHow if one is not EndedHow.ADMITTED],
        radio=True,
        missing="Say how it ended.",
    )
    ended_words = forms.Text("Words, if any", max_length=services.LONGEST_WORDS, required=False)

    def arguments(self) -> dict[str, Any]:
        """How, and the words beside it."""
        return {"how": self.cleaned_data["how"], "words": self.cleaned_data["ended_words"]}


FORMS: Mapping[str, type[forms.Form]] = {
    "attempt": AttemptForm, "offer": OfferForm, "end": EndForm,
}  # fmt: skip
"""What can be done about someone on the list, by the name of its form."""


def forms_of(waiting_id: UUID, posted: forms.Form | None) -> dict[str, forms.Form]:
    """The three forms of one person; the one that was posted and is wrong, as it was filled in."""
    first = {"way": WayTried.values[0]}
    made = {
        name: kind(key=form_key(waiting_id, name), initial=first) for name, kind in FORMS.items()
    }
    return {
        name: posted if posted and posted.key == form_key(waiting_id, name) else form
        for name, form in made.items()
    }


def form_key(waiting_id: UUID, name: str) -> str:
    """What tells a form apart from those of the others on the list."""
    return f"w-{waiting_id}-{name}"
