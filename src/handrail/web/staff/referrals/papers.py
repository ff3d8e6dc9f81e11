"""The papers of a referral: only what was chosen to go along, with the statement and the scope."""

from collections.abc import Callable, Iterable
from uuid import UUID

from handrail.areas.assessment.selectors.assessments import assessments_of, read_assessment
from handrail.areas.charts import selectors as clients
from handrail.areas.charts.selectors.chart import Summary
from handrail.areas.clients.models import ListedKind
from handrail.areas.coverage.selectors.coverage import primary
from handrail.areas.organizations.selectors import rules_of
from handrail.areas.recommendations.selectors import recommendations_of, replay
from handrail.areas.referrals.selectors.referrals import ReferralRead
from handrail.areas.safety.selectors.safety_plans import safety_plan_of
from handrail.core.access import Actor
from handrail.core.consents import Content
from handrail.integrations import documents
from handrail.integrations.documents import Block
from handrail.web.kit import filters
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.assessment.view_models import pieces_of
from handrail.web.staff.recommendations.view_models import shown
from handrail.web.staff.referrals import words
from handrail.web.staff.safety.page import leaf_of


def papers_of(request: StaffRequest, read: ReferralRead) -> bytes:
    """The papers as a PDF. What left is what the accounting says, and no more."""
    one, left = read.referral, read.disclosure
    if left is None:
        raise ValueError("a referral without papers")
    client = clients.summary(one.client_id, by=request.actor)
    blocks = [
        documents.strong(f"Referred to: {one.to_name}. For: {words.level(one.level)}."),
        documents.text(one.why),
        *_parts(client, one.client_id, left.contents, request.actor),
    ]
    if one.expected_return_date and Content.IN_CARE.value in left.contents:
        back = filters.day(one.expected_return_date)
        blocks.append(documents.note(f"We expect them back on {back}. Please call us before."))
    return documents.document(
        title="Referral",
        subtitle=f"{client.client.full_name}, born {filters.plain_day(client.client.birth_date)}. "
        f"{request.organization_name}, {filters.day(one.since_date)}.",
        house=request.organization_name,
        foot=request.organization_name,
        blocks=blocks,
        terms=(left.statement, left.scope),
    )


def _parts(client: Summary, client_id: UUID, contents: Iterable[str], by: Actor) -> Iterable[Block]:
    chosen = frozenset(contents)
    for content, part in _PARTS.items():
        if content.value in chosen:
            yield documents.heading(words.HEADINGS[content])
            yield from part(client, client_id, by)


def _in_care(client: Summary, client_id: UUID, by: Actor) -> Iterable[Block]:
    if client.stay:
        since = filters.plain_day(client.stay.from_date)
        yield documents.text(f"In care here, {words.level(client.stay.level)}, since {since}.")
    else:
        yield documents.text("Not in care here now.")


def _contact_details(client: Summary, client_id: UUID, by: Actor) -> Iterable[Block]:
    one = client.client
    known = [("Phone", one.phone), ("E-mail", one.email), ("Language", one.language)]
    rows = [(name, said) for name, said in known if said]
    yield (
        documents.facts(("What", "As we have it"), rows)
        if rows
        else documents.text("None on file.")
    )


def _recommendation(client: Summary, client_id: UUID, by: Actor) -> Iterable[Block]:
    kept = [one for one in recommendations_of(client_id, by=by) if one.voided_at is None]
    if not kept:
        yield documents.text("No recommendation has been kept.")
        return
    page = shown(replay(kept[0].pk, client_id=client_id, by=by).answer)
    yield documents.strong(page.where)
    yield documents.points(
        f"{one.needs}: {' '.join(one.because)} {one.rests_on}".strip() for one in page.reasons
    )
    made = filters.local_day(kept[0].made_at, rules_of(by.organization_id).zone)
    yield documents.small(f"{page.criteria}, {filters.plain_day(made)}.")


def _listed(kind: ListedKind) -> Callable[[Summary, UUID, Actor], Iterable[Block]]:
    def part(client: Summary, client_id: UUID, by: Actor) -> Iterable[Block]:
        rows = [one for one in client.listed if one.kind == kind and not one.until_date]
        said = [
            ", ".join(filter(None, (one.name, one.code, one.detail, one.by_whom))) for one in rows
        ]
        yield documents.points(said) if said else documents.text("None on file.")

    return part


def _medicines(client: Summary, client_id: UUID, by: Actor) -> Iterable[Block]:
    yield from _listed(ListedKind.MEDICINE)(client, client_id, by)
    yield documents.heading("Allergies", level=3)
    yield from _listed(ListedKind.ALLERGY)(client, client_id, by)


def _coverage(client: Summary, client_id: UUID, by: Actor) -> Iterable[Block]:
    plan = primary(client_id, by=by)
    if plan is None:
        yield documents.text("None on file.")
        return
    rows = [("Payer", plan.payer.name), ("Plan", plan.plan), ("Member", plan.member_id)]
    yield documents.facts(("What", "As we have it"), [(a, b) for a, b in rows if b])


_APART = frozenset({"Diagnoses", "Medicines", "Allergies"})
"""Parts of an assessment that leave as what they are, only if they were chosen themselves."""


def _assessment(client: Summary, client_id: UUID, by: Actor) -> Iterable[Block]:
    """The newest that is signed. A draft is nobody's word yet and stays here."""
    signed = [one for one in assessments_of(client_id, by=by) if one.signed_at]
    kept = next((one for one in signed if not one.voided_at), None)
    if kept is None:
        yield documents.text("No signed assessment is on file.")
        return
    read = read_assessment(client_id, kept.pk, by=by)
    for piece in pieces_of(read.content):
        if piece.title not in _APART:
            yield documents.heading(piece.title, level=3)
            yield documents.points(piece.lines) if piece.lines else documents.text(piece.text)
    yield documents.small(f"Signed by {kept.signed_name}.")


def _safety_plan(client: Summary, client_id: UUID, by: Actor) -> Iterable[Block]:
    version = safety_plan_of(client_id, by=by)
    if version is None:
        yield documents.text("No safety plan is on file.")
        return
    leaf = leaf_of(version, client.client.name, rules_of(by.organization_id).zone)
    people = tuple(", ".join(filter(None, (one.name, one.number))) for one in leaf.people)
    for title, lines in (
        *((one.title, one.lines) for one in leaf.before),
        ("People to call", people),
        (leaf.professionals.title, leaf.professionals.lines),
        *((one.title, one.lines) for one in leaf.means),
        ("Naloxone", (leaf.naloxone,) if leaf.naloxone else ()),
    ):
        if lines:
            yield documents.heading(title, level=3)
            yield documents.points(lines)
    yield documents.small(f"Signed {leaf.signed}. Next look {leaf.next_look}.")


_PARTS: dict[Content, Callable[[Summary, UUID, Actor], Iterable[Block]]] = {
    Content.IN_CARE: _in_care,
    Content.CONTACT_DETAILS: _contact_details,
    Content.RECOMMENDATION: _recommendation,
    Content.DIAGNOSES: _listed(ListedKind.DIAGNOSIS),
    Content.MEDICINES: _medicines,
    Content.COVERAGE: _coverage,
    Content.ASSESSMENT: _assessment,
    Content.SAFETY_PLAN: _safety_plan,
}
