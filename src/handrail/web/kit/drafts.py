"""A document that is written in the chart: its boxes, what was posted, and how a save went.

Every text has a version; a box carries it, so that nobody's text is written over another's. The
page is a plain form; with its script it saves as one types (static/handrail/writing.js).
"""

import base64
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.utils.crypto import salted_hmac
from markupsafe import Markup

from handrail.core.drafts import Conflict, Field, Outcome, put_together
from handrail.core.errors import Invalid
from handrail.core.text import whole_number
from handrail.foundation import clock
from handrail.web.kit import filters
from handrail.web.kit.request import StaffRequest
from handrail.web.kit.sentences import sentence, sentences

_UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


@dataclass(frozen=True, slots=True)
class Other:
    """A text that somebody else wrote at the same time."""

    key: str
    text: str
    said: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Box:
    """One field of the document. With `options` it is a choice; otherwise of so many `rows`."""

    key: str
    label: str
    hint: str
    text: str
    base: str
    rows: int = 3
    options: tuple[tuple[str, str], ...] = ()
    others: tuple[Other, ...] = ()
    problem: str = ""

    @property
    def id(self) -> str:
        """What the control is called in the page."""
        return self.key.replace(":", "-").replace(".", "-")


Save = Callable[[str, str, int], Outcome]
"""(field, text, base version): keep it."""


class Boxes:
    """Makes the boxes of a document from what is written, or from what was just posted."""

    def __init__(
        self, written: Mapping[str, Field], problems: Mapping[str, str], zone: str
    ) -> None:
        self.written, self.problems, self.zone = written, problems, zone

    def box(
        self,
        key: str,
        label: str,
        *,
        hint: str = "",
        rows: int = 3,
        options: tuple[tuple[str, str], ...] = (),
    ) -> Box:
        """The box of one field."""
        text = self.written.get(key)
        said = text.text if text else ""
        return Box(
            key=key,
            label=label,
            hint=hint,
            text=said,
            base=f"{text.version if text else 0}.{fingerprint(said)}",
            rows=rows,
            options=options,
            others=self._others(key, options),
            problem=self.problems.get(key, ""),
        )

    def _others(self, key: str, options: tuple[tuple[str, str], ...]) -> tuple[Other, ...]:
        text = self.written.get(key)
        words = dict(options)
        return tuple(
            Other(
                one.key, one.text, words.get(one.text, one.text), one.by,
                filters.clock_time(one.at, self.zone),
            )
            for one in (text.others if text else ())
        )  # fmt: skip


def fingerprint(text: str) -> str:
    """Enough of a text to see whether it was changed in the form."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


def save_all(posted: Mapping[str, str], save: Save) -> dict[str, str]:
    """Keep every text of a posted form that somebody changed; what is wrong, by field."""
    problems: dict[str, str] = {}
    for key, text, base in _changed(posted):
        try:
            outcome = save(key, text, base)
        except Invalid as wrong:
            problems |= {one.field: sentence(one) for one in wrong.errors}
            continue
        if isinstance(outcome, Conflict):
            problems[key] = f"{outcome.field.by} wrote here too. Both texts are kept: choose one."
    return problems


def _changed(posted: Mapping[str, str]) -> Iterator[tuple[str, str, int]]:
    for name, value in posted.items():
        kind, _, key = name.partition("|")
        if kind != "text":
            continue
        text = value.replace("\r\n", "\n")
        version, _, before = posted.get(f"base|{key}", "").partition(".")
        if before != fingerprint(text):
            yield key, text, whole_number(version) or 0


def settled(
    posted: Mapping[str, str], written: Mapping[str, Field]
) -> tuple[str, str, int, str] | None:
    """What a button that ends a conflict says: field, chosen text, version, text it replaces."""
    what, _, rest = posted.get("do", "").partition("|")
    key, _, rest = rest.partition("|")
    how, _, other_key = rest.partition("|")
    text = written.get(key)
    other = next((one for one in text.others if one.key == other_key), None) if text else None
    if what != "settle" or text is None or other is None:
        return None
    mine = posted.get(f"text|{key}", text.text).replace("\r\n", "\n")
    chosen = {"mine": mine, "theirs": other.text, "both": put_together(mine, other.text)}
    return key, chosen.get(how, mine), text.version, other_key


def answer(request: StaffRequest, key: str, save: Callable[[], Outcome]) -> HttpResponse:
    """Save one text for a script, and say how it went."""
    try:
        outcome = save()
    except Invalid as wrong:
        return JsonResponse({"key": key, "refused": sentences(wrong)}, status=400)
    return outcome_answer(request, key, outcome)


def outcome_answer(request: StaffRequest, key: str, outcome: Outcome) -> HttpResponse:
    """How a save went, for a script: the version now, and what stands against it."""
    zone, field = request.rules.zone, outcome.field
    if isinstance(outcome, Conflict):
        at = filters.clock_time(field.at, zone) if field.at else ""
        theirs = {"text": field.text, "by": field.by, "at": at}
        body: dict[str, Any] = {"version": field.version, "theirs": theirs}
        return JsonResponse({"key": key, "seen": [outcome.mine.key]} | body, status=409)
    at = filters.clock_time(clock.now(), zone)
    return JsonResponse({"key": key, "version": field.version, "text": field.text, "at": at})


def posted_text(request: StaffRequest) -> tuple[str, str, int]:
    """The field, the text and the version that a script posted."""
    base = request.POST.get("base", "0")
    return (
        request.POST.get("key", ""),
        request.POST.get("text", "").replace("\r\n", "\n"),
        whole_number(base) or 0,
    )


def facts(
    request: StaffRequest, *, document: str, client_id: UUID, save: str, settle: str
) -> Markup:
    """What the script goes by, safe inside a script element."""
    known = {
        "person": request.actor.id,
        "session": f"{document} {client_id}",
        "key": draft_key(request),
        "zone": request.rules.zone,
        "save": save,
        "settle": settle,
    }
    return Markup(json.dumps(known).translate(_UNSAFE))  # noqa: S704 - escaped here


def draft_key(request: StaffRequest) -> str:
    """The key that seals what this person typed and the server has not got yet, on their computer.

    Made from the installation's secret, so that words outlive a session that ended while the
    connection was gone: it is handed to nobody but a signed-in session of the same person.
    """
    whose = f"{request.actor.id} {request.actor.organization_id}"
    key = salted_hmac("handrail.drafts", whose, algorithm="sha256").digest()
    return base64.b64encode(key).decode()
