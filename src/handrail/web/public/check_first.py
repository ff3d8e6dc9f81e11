"""The first answer: what is certain after three questions, what is open, how many are to come."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from handrail.areas.checks.sealed_answers import Draft
from handrail.core.check import words
from handrail.core.check_progress import ToCome, to_come
from handrail.web.public.check import check_frame, onward, with_draft
from handrail.web.public.check_certain import Certain, Night, certain_of, night_of
from handrail.web.public.check_help import Help, help_in_case, place
from handrail.web.public.check_next import today_of
from handrail.web.public.check_stairs import stairs_of
from handrail.web.public.check_words import left, question_address
from handrail.web.public.frame import Frame
from handrail.web.public.level_strip import Strip
from handrail.web.public.words import check_table, dangers, private_check, say


@dataclass(frozen=True, slots=True)
class FirstPage:
    """What holds so far, in the order it is said. `sure` is danger now: then nothing else leads.

    `in_case` is danger that may be so, because its question is open: by name, folded.
    """

    frame: Frame
    voice: str
    headline: str
    lead: str
    sure: tuple[Help, ...]
    gentle: tuple[Help, ...]
    in_case: tuple[tuple[str, Help], ...]
    certain: tuple[Certain, ...]
    night: Night | None
    strips: tuple[Strip, Strip] | None
    open: str
    to_come: ToCome
    part: str
    go_on: str


@with_draft
@require_safe
def first(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Say what is certain so far; what is open is settled by going on, or left."""
    found, unseen = place(draft), left(draft, "")
    if found.outside or not unseen:
        return redirect("public:check_result")
    following = private_check().question(unseen[0])
    if following.part == private_check().parts[0].key:
        return redirect(onward(draft.answers, ""))
    table, voice = check_table()["first_answer"], draft.voice
    helps, certain = help_in_case(draft), certain_of(draft, found)
    sure = tuple(help for help in helps if help.sure or help.today)
    gentle = tuple(help for help in helps if help.gentle)
    in_case = tuple(
        (dangers().way(help.kind).says("name", draft.voice), help)
        for help in helps
        if help not in (*sure, *gentle)
    )
    titles = [
        *(help.title for help in sure),
        *(line.title for line in certain),
        *(help.title for _, help in in_case),
    ]
    page = FirstPage(
        frame=check_frame(say("First answer")),
        voice=voice.value,
        headline=titles[0] if titles else table["calm"],
        lead="" if titles else words(table["calm_lead"]).to(voice),
        sure=sure,
        gentle=gentle,
        in_case=in_case,
        certain=certain,
        night=night_of(today_of(draft, found, certain=True), helps, more=bool(certain)),
        # Before anything is certain the steps would say no more than that little was asked.
        strips=stairs_of(found) if certain or sure else None,
        open=table["open"],
        to_come=to_come(private_check(), draft.answers),
        part=following.part,
        go_on=question_address(draft, following.slug),
    )
    return render(request, "public/check_first.jinja", {"page": page})
