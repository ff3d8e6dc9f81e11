"""A case: one person held against the rules of one criteria set."""

from handrail.core.findings import Answer, Findings, Open, with_parts_answered
from handrail.core.placement.criteria import CriteriaSet
from handrail.core.placement.packages import placed
from handrail.core.placement.rules import needs_of, still_true


class Case:
    """One person held against one criteria set: the rules that are true, and where that leads.

    Rules are lists in the order of the set: `live` may yet turn out true, `highest` are true
    while open safety questions are taken at their worst, `fired` with care, `certain` whatever
    open answers turn out to be. Needs are bits. `careful`, `low` and `high` are where they lead.
    """

    def __init__(self, findings: Findings, criteria: CriteriaSet) -> None:
        self.given = findings
        self.findings = with_parts_answered(findings, criteria.wholes)
        self.criteria = criteria
        self.care = criteria.care
        self.reading = reading = criteria.reader.read(self.findings)
        # Each way to take open answers is no worse than the next: what is not true at the worst
        # is not true at all, so each list is looked for in the one before it.
        self.live = criteria.index.true_of(reading.possible)
        self.highest = still_true(self.live, reading.highest, reading.possible)
        self.fired = still_true(self.highest, reading.careful, reading.highest)
        lowest = still_true(self.fired, reading.lowest, reading.careful)
        self.certain = still_true(lowest, reading.certain, reading.lowest)
        self.certain_needs = needs_of(self.certain)
        self.low_needs = needs_of(lowest)
        self.careful_needs = needs_of(self.fired)
        self.high_needs = needs_of(self.highest)
        self.low = placed(self.low_needs, self.care)
        self.careful = placed(self.careful_needs, self.care)
        self.high = placed(self.high_needs, self.care)

    def answer(self, code: str) -> Answer:
        """What is known about a finding."""
        finding = self.findings.get(code)
        return finding.answer if finding else Open.NOT_ASKED
