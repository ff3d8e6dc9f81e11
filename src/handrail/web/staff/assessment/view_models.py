"""A signed assessment as it is read."""

from dataclasses import dataclass

from handrail.core.assessment import Content
from handrail.data import assessment_wording


@dataclass(frozen=True, slots=True)
class SignedPiece:
    """One part: its heading, and text or lines."""

    title: str
    text: str
    lines: tuple[str, ...] = ()


def pieces_of(content: Content) -> tuple[SignedPiece, ...]:
    """Every part that says something, in the order of the form."""
    wording = assessment_wording()
    names = {one.code: one.words for one in wording.substances}
    asked = {one.code: one.words for one in wording.use}
    use = tuple(
        f"{names.get(one.substance, one.substance)}: "
        + "; ".join(f"{asked.get(code, code).lower()}: {said}" for code, said in one.said.items())
        for one in content.use
    )
    said = [SignedPiece(one.title, content.said.get(one.code, "")) for one in wording.parts]
    made = (
        *said[:2],
        SignedPiece("Use by substance", "", use),
        *said[2:],
        SignedPiece("Diagnoses", "", content.diagnoses),
        SignedPiece("Medicines", "", content.medicines),
        SignedPiece("Allergies", "", content.allergies),
        SignedPiece(
            "Medical baseline", "", tuple(f"{title}: {how}" for title, how in content.baseline)
        ),
        SignedPiece("In an emergency", "", content.emergency_contacts),
        SignedPiece("Professionals outside", "", content.professionals),
        SignedPiece(
            "Findings",
            "",
            tuple(
                f"{one.said} ({one.evidence})" if one.evidence else one.said
                for one in content.findings
            ),
        ),
        SignedPiece("Results of outside instruments", "", content.results),
    )
    return tuple(one for one in made if one.text or one.lines)
