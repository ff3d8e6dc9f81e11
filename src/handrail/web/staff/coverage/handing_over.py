"""Handing over what it will cost: through the gate, on paper or as a file."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from handrail.areas.consents.services.disclosures import disclose
from handrail.areas.coverage.selectors.coverage import client_for_coverage
from handrail.core.access import Action
from handrail.core.disclosure import Content, Purpose, Recipient, RecipientKind
from handrail.foundation import clock
from handrail.integrations import documents
from handrail.integrations.documents import Block
from handrail.web.kit.access import staff
from handrail.web.kit.request import StaffRequest
from handrail.web.staff.coverage import costs
from handrail.web.staff.coverage.paper import CostsPaper


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Action.DISCLOSE)
def hand_over_costs(request: StaffRequest, client_id: UUID) -> HttpResponse:
    """Give the person their page of costs: a PDF, or a page to print. It is accounted for first."""
    client = client_for_coverage(client_id, by=request.actor)
    if request.method != "POST":
        return redirect("staff:client_costs", client.pk)
    level, course = costs.what_was_asked(request.POST)
    paper = costs.paper_of(request, client_id, level, course)
    how = "pdf" if request.POST.get("how") == "pdf" else "printed"
    contents = {Content.COVERAGE} | ({Content.DIAGNOSES} if paper.diagnoses else set())
    made = disclose(
        client_id=client_id,
        recipient=Recipient(RecipientKind.CLIENT, paper.name),
        purpose=Purpose.AT_MY_REQUEST,
        contents=contents,
        what="What it will cost you, with a good-faith estimate",
        how=how,
        by=request.actor,
        at=clock.now(),
    )
    if how == "printed":
        return costs.show(
            request, client_id, request.POST, statement=made.statement, scope=made.scope
        )
    answer = HttpResponse(
        costs_pdf(paper, made.statement, made.scope), content_type="application/pdf"
    )
    # The name of a file stands in folders and lists of downloads: it names nobody.
    answer["Content-Disposition"] = 'attachment; filename="what-it-will-cost.pdf"'
    return answer


def costs_pdf(paper: CostsPaper, statement: str, scope: str) -> bytes:
    """The page of costs as a PDF."""
    return documents.document(
        title="What it will cost you",
        subtitle=f"For {paper.name}, born {paper.born}. {paper.house}, {paper.day}.",
        house=paper.house,
        foot=paper.house,
        blocks=_blocks(paper),
        terms=(*(paper.terms if paper.lines else ()), statement, scope),
    )


def _blocks(paper: CostsPaper) -> list[Block]:
    found = [
        documents.strong(f"{paper.care}: {paper.course}."),
        documents.sum_of(paper.sum),
        documents.text(paper.sum_words),
    ]
    if paper.plan:
        found.append(documents.heading(f"With {paper.plan}"))
        found.append(
            documents.points(paper.steps)
            if paper.steps
            else documents.text("Nobody has asked your plan yet what it pays.")
        )
    if paper.told:
        found.append(documents.small(f"What your plan told us: {paper.told}."))
    if paper.unknown:
        found.append(documents.heading("We do not know yet"))
        found.append(documents.points(paper.unknown))
        found.append(
            documents.text("You can ask your plan, too: the number is on the back of your card.")
        )
    found.append(documents.heading("Without a plan"))
    found.append(documents.text(" ".join(one for one in (paper.without, paper.sliding) if one)))
    return found + (_estimate(paper) if paper.lines else [])


def _estimate(paper: CostsPaper) -> list[Block]:
    rows = [(one.what, one.code, str(one.count), one.each, one.total) for one in paper.lines]
    found = [
        documents.heading("Good-faith estimate, if you pay yourself"),
        documents.table(
            ("What we expect", "Code", "How many", "Each", "Together"),
            [*rows, ("Expected charges", "", "", "", paper.total)],
            widths=(5, 2, 2, 2, 2),
            right=(2, 3, 4),
        ),
    ]
    if paper.diagnoses:
        found.append(documents.small(f"Diagnosis codes: {paper.diagnoses}."))
    found.append(documents.small(paper.house_line))
    return found
