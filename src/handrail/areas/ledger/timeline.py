"""What happened in a client's ledger: positions on the day they were said, agreements, refusals."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from handrail.areas.ledger.models import Agreement, InformedRefusal
from handrail.areas.ledger.selectors.ledger import named_holder, stands
from handrail.core.consents import Content
from handrail.core.ledger.positions import Party, in_words, read_steps
from handrail.data import care_catalogue
from handrail.foundation.timeline import Facts, Kind, Said, end_of_day

_TELLS = frozenset({Content.LEDGER})


def timeline(client_id: UUID, zone: str) -> Iterator[Kind]:
    """Everything in the ledger that stands."""
    page = ("staff:chart_level", str(client_id))

    def position(facts: Facts) -> Said:
        holder = named_holder(facts["holder"], facts["payer"] or "")
        who = Party(facts["party"]).words + (f", {holder}" if holder else "")
        held = " (held back from the client’s view)" if facts["withheld"] else ""
        in_confidence = facts["withheld"] or facts["party"] == Party.FAMILY
        return Said(
            f"{who} asks for {_said(facts['sequence'])}{held}",
            facts["reason"],
            page=page,
            tells=frozenset() if in_confidence else _TELLS,
        )

    def agreement(facts: Facts) -> Said:
        return Said(f"Agreed: {_said(facts['sequence'])}", facts["words"], "ok", page, tells=_TELLS)

    def refusal(facts: Facts) -> Said:
        told = f"{facts['physician']} was told. Offered: {facts['offered']}"
        title = f"Informed refusal; accepts {_said(facts['sequence'])}"
        return Said(title, f"{facts['explained']} {told}", "risk", page, tells=_TELLS)

    yield Kind(
        "position",
        stands(client_id=client_id),
        end_of_day("said_date", zone),
        position,
        "recorded_by",
        {
            "party": "party",
            "holder": "holder",
            "payer": "payer__name",
            "withheld": "withheld_from_client",
            "sequence": "sequence",
            "reason": "reason",
        },
        whole_day=True,
    )
    yield Kind(
        "agreement",
        Agreement.objects.filter(client_id=client_id),
        end_of_day("agreed_date", zone),
        agreement,
        "recorded_by",
        {"sequence": "sequence", "words": "words"},
        whole_day=True,
    )
    yield Kind(
        "refusal",
        InformedRefusal.objects.filter(client_id=client_id),
        end_of_day("refused_date", zone),
        refusal,
        "recorded_by",
        {
            "sequence": "sequence",
            "explained": "explained",
            "physician": "physician",
            "offered": "offered",
        },
        whole_day=True,
    )


def _said(sequence: Sequence[str]) -> str:
    care = care_catalogue()
    return in_words(read_steps(sequence, care), care)
