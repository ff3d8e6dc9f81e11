"""How a screening call ends: with a recommendation, a day to call again, or elsewhere."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from handrail.areas.clients.services.entering import local_day, one_line
from handrail.areas.inquiries.models import Inquiry
from handrail.areas.inquiries.services.next_steps import carry_on
from handrail.areas.inquiries.services.open_chart import open_chart
from handrail.areas.recommendations.services.recommendations import make_recommendation
from handrail.areas.screening import errors
from handrail.areas.screening.models import Outcome, Screening
from handrail.areas.screening.selectors.screening import sheet_of, voice_of
from handrail.areas.screening.services.screening import hold, open_flags, record
from handrail.areas.worklist.services import refresh_due
from handrail.core.access import Actor
from handrail.core.errors import Invalid, Several, raise_any, too_long
from handrail.core.findings import as_stated
from handrail.core.inquiries import Act, Stage, can
from handrail.core.placement.words import where
from handrail.core.screening.picture import picture, stated
from handrail.data import GENERAL_ADMISSION, criteria_set, screening_script

LONGEST_WORDS = 500
NEXT_AFTER = "Talk through the recommendation and agree on a start"


@transaction.atomic
def finish_screening(
    *,
    screening_id: UUID,
    outcome: str,
    words: str = "",
    follow_up_date: date | None = None,
    client_id: UUID | None = None,
    nobody_alike: bool = False,
    criteria_id: str = GENERAL_ADMISSION,
    recommendation_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> Screening:
    """End a call. The inquiry goes on with a next step and its day, whatever the outcome.

    recommended: the inquiry gets its chart (`client_id` attaches a known client, `nobody_alike`
    says that none of those who look alike is the same), the recommendation is kept there with its
    evidence, and flags are raised. follow_up: a day to call again. referred: sent elsewhere, with
    the reason in `words` and the day we ask whether they arrived.
    `recommendation_id` is given only where it must come out the same.
    When something is wrong, nothing is lost: the call stays open.
    """
    screening = hold(screening_id, by, still_open=True)
    if outcome not in Outcome.values:
        raise errors.EndNotChosen
    said = one_line(words)
    raise_any(too_long({"words": said}, {"words": LONGEST_WORDS}))
    if outcome == Outcome.RECOMMENDED:
        _recommend(
            screening,
            client_id,
            criteria_id=criteria_id,
            nobody_alike=nobody_alike,
            words=said,
            recommendation_id=recommendation_id,
            by=by,
            at=at,
        )
    elif outcome == Outcome.FOLLOW_UP:
        _carry(
            screening,
            Stage.REACHED,
            said or "Call again after the screening",
            follow_up_date,
            by,
            at,
        )
    else:
        if not said:
            raise errors.WhereSentMissing
        _carry(
            screening,
            Stage.REFERRED,
            f"Ask whether they arrived: {said}"[:200],
            follow_up_date,
            by,
            at,
        )
    screening.outcome, screening.outcome_words = outcome, said
    screening.follow_up_date = follow_up_date if outcome != Outcome.RECOMMENDED else None
    screening.ended_at, screening.ended_by = at, by.name
    screening.version += 1
    screening.save()
    record(f"screening.{outcome}", screening, by)
    refresh_due(screening, by=by, at=at)
    return screening


def _recommend(
    screening: Screening,
    client_id: UUID | None,
    *,
    criteria_id: str,
    nobody_alike: bool,
    words: str,
    recommendation_id: UUID | None,
    by: Actor,
    at: datetime,
) -> None:
    script = screening_script()
    sheet = sheet_of(screening.answers.all())
    findings = stated(script, sheet, voice_of(screening))
    found = picture(script, sheet, voice_of(screening), criteria_set(criteria_id)).found
    if found.outside:
        raise errors.OutsideTheCriteria(found.outside)
    if not findings:
        raise errors.NothingAnswered
    client = open_chart(
        inquiry_id=screening.inquiry_id,
        client_id=client_id,
        nobody_alike=nobody_alike,
        by=by,
        at=at,
    )
    made = make_recommendation(
        client_id=client.pk,
        criteria_id=criteria_id,
        stated=as_stated(findings),
        why_now=f"Screening call. {words}".strip()[:300],
        recommendation_id=recommendation_id,
        by=by,
        at=at,
    )
    screening.client, screening.recommendation = client, made
    open_flags(screening, client.pk, by, at)
    _carry(screening, Stage.SCREENED, NEXT_AFTER, local_day(at, by), by, at, said=where(found))


def _carry(
    screening: Screening,
    stage: Stage,
    next_step: str,
    day: date | None,
    by: Actor,
    at: datetime,
    said: str = "",
) -> None:
    """Bring the inquiry on; where its stage does not lead there, the next step alone changes."""
    inquiry = Inquiry.objects.get(pk=screening.inquiry_id)
    try:
        carry_on(
            inquiry_id=inquiry.pk,
            stage=_reachable(Stage(inquiry.stage), stage),
            next_step=next_step,
            next_step_date=day,
            owner_id=screening.holder_id,
            words=said,
            by=by,
            at=at,
        )
    except Invalid as wrong:
        day_of = {"next_step_date": "follow_up_date"}
        found = [one.at(day_of.get(one.field, one.field)) for one in wrong.errors]
        raise Several(found) from wrong


def _reachable(now: Stage, wanted: Stage) -> Stage:
    acts = {Stage.SCREENED: Act.FINISH, Stage.REACHED: Act.TALK, Stage.REFERRED: Act.REFER}
    return wanted if can(now, acts[wanted]) else now
