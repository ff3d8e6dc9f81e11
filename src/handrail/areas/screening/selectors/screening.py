"""Reading screening calls: one with everything on it, those of an inquiry, those I hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from handrail.areas.inquiries.models import Inquiry
from handrail.areas.inquiries.services.rows import colleagues
from handrail.areas.screening.models import EmergencyStep, Screening, ScreeningAnswer
from handrail.core.access import Action, Actor, NotHere, check_access
from handrail.core.check import Voice
from handrail.core.screening.picture import Picture, picture
from handrail.core.screening.sheet import Said, Sheet, Who
from handrail.data import criteria_set, screening_script


@dataclass(frozen=True, slots=True)
class Call:
    """A screening call as it stands: who it is about, every field, what was done in danger."""

    screening: Screening
    inquiry: Inquiry
    holder: str
    mine: bool
    fields: Mapping[str, ScreeningAnswer]
    sheet: Sheet
    voice: Voice
    picture: Picture
    steps: tuple[EmergencyStep, ...]


def call(screening_id: UUID, *, by: Actor) -> Call:
    """One call. Raises NotHere."""
    check_access(by, Action.SCREEN)
    found = (
        Screening.objects.filter(organization_id=by.organization_id, pk=screening_id)
        .select_related("inquiry", "holder__user", "inquiry__client")
        .first()
    )
    if found is None:
        raise NotHere
    fields = {one.field: one for one in found.answers.all()}
    sheet = sheet_of(fields.values())
    voice = voice_of(found)
    return Call(
        screening=found,
        inquiry=found.inquiry,
        holder=found.holder.user.name,
        mine=str(found.holder.user_id) == by.id,
        fields=fields,
        sheet=sheet,
        voice=voice,
        picture=picture(screening_script(), sheet, voice, criteria_set()),
        steps=tuple(found.steps.order_by("happened_at", "id")),
    )


def call_version(screening_id: UUID, *, by: Actor) -> int:
    """A number that grows with every change. Raises NotHere."""
    check_access(by, Action.SCREEN)
    found = (
        Screening.objects.filter(organization_id=by.organization_id, pk=screening_id)
        .values_list("version", flat=True)
        .first()
    )
    if found is None:
        raise NotHere
    return found


def sheet_of(rows: Iterable[ScreeningAnswer]) -> Sheet:
    """Fields as the core reads them; what was emptied again is not there."""
    return {row.field: Said(row.text, Who(row.who)) for row in rows if row.text}


def voice_of(screening: Screening) -> Voice:
    """Whether the person speaks for themself."""
    return Voice(screening.voice)


def screenings_of(inquiry_id: UUID, *, by: Actor) -> tuple[Screening, ...]:
    """The calls about an inquiry, newest first."""
    check_access(by, Action.SEE_INQUIRIES)
    rows = Screening.objects.filter(organization_id=by.organization_id, inquiry=inquiry_id)
    return tuple(rows.select_related("holder__user").order_by("-started_at", "id"))


def callers(*, by: Actor) -> tuple[tuple[UUID, str], ...]:
    """Memberships and names of colleagues who may hold a call."""
    check_access(by, Action.SCREEN)
    return tuple((one.pk, one.user.name) for one in colleagues(by) if str(one.user_id) != by.id)
