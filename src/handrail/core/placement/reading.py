"""Reading a person's findings in the concerns of one criteria set, when some answers are open.

Every concern is one bit. What is open is taken at its best, at its worst and with care at once, so
a person is read one time, whatever is asked of the reading afterwards.
"""

from dataclasses import dataclass

from handrail.core.findings import Answer, Definition, Findings, Kind, Open
from handrail.core.placement.conditions import UNLESS_NO, Concern, Masks, Vocabulary, holds

Term = tuple[int, int, Masks]
"""A term's bit; the concerns each of which makes it true alone; the ways that take several."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One person in the concerns of one criteria set, under each way to take open answers.

    `certain`: every open answer at its best. `possible`: every one at its worst. `careful`: as a
    careful professional takes them meanwhile. `lowest` and `highest`: the open *safety* answers
    at their best and at their worst, the others with care. What is present in one way is present
    in each that is worse: certain, lowest, careful, highest, possible.
    """

    certain: int
    careful: int
    possible: int
    lowest: int
    highest: int


def raised_by_care(definition: Definition, comparison: str = "") -> bool:
    """Whether a concern counts as present, meanwhile, while its question is open.

    Only a known fact protects, so an open protection counts as absent; what nobody has denied
    is raised. Other dangers count as absent until they are known, but for a refused safety
    question, and are named among what would change the answer.
    """
    return comparison == UNLESS_NO or definition.kind is Kind.PROTECTION


def raised_at_worst(definition: Definition, comparison: str = "") -> bool:
    """Whether an open answer may yet turn out to raise a concern.

    A constraint, or a measurement that was not taken, raises nothing and is not asked for.
    """
    if comparison == UNLESS_NO:
        return True
    return definition.kind is not Kind.CONSTRAINT and not definition.measured


class Reader:
    """Turns a person's findings into a reading, for one vocabulary.

    Three columns of bits lie side by side in one integer: the concerns that answers raise, those
    that are settled since their question has an answer, and those that a refusal raises. So a
    person is read with one step for each answer given.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._width = len(vocabulary.bits)
        self._concerns: dict[str, list[tuple[Concern, int]]] = {}
        self._definitions: dict[str, Definition] = {}
        self._careful = self._worst = self._lowest = self._highest = 0
        for key, bit in vocabulary.bits.items():
            if isinstance(key, Concern):
                self._concerns.setdefault(key.finding, []).append((key, bit))
                definition = vocabulary.catalogue[key.finding]
                self._definitions[key.finding] = definition
                self._take_open(definition, key.comparison, bit)
        self._answers = {code: self._foreseeable(code) for code in self._concerns}
        self._terms = [_term(bit, masks) for bit, masks in vocabulary.terms]

    @property
    def codes(self) -> frozenset[str]:
        """The findings that this criteria set reads."""
        return frozenset(self._concerns)

    def read(self, findings: Findings) -> Reading:
        """Read a person's findings; those left out count as not asked."""
        answers, told = self._answers, 0
        for code, finding in findings.items():
            foreseen = answers.get(code)
            if foreseen is None:
                continue  # this criteria set does not read it
            columns = foreseen.get(finding.answer)
            if columns is None:  # a number, which cannot be foreseen
                columns = self._known(code, finding.answer)
            told |= columns
        width, column = self._width, (1 << self._width) - 1
        raised, settled, refused = told & column, told >> width & column, told >> 2 * width
        still_open = column & ~settled
        return self._with_terms(
            raised | self._worst & still_open,
            raised | self._highest & still_open,
            raised | self._careful & still_open | refused,
            raised | self._lowest & still_open,
            raised,
        )

    def _with_terms(self, *worst_first: int) -> Reading:
        """The reading with the terms that are true of each column; fewer facts, fewer terms."""
        before, terms, read = -1, self._terms, []
        for facts in worst_first:
            if facts != before:
                before, whole, true = facts, facts, []
                for term in terms:
                    bit, alone, together = term
                    if whole & alone or holds(together, whole):
                        whole |= bit
                        true.append(term)
                terms = true
            read.append(whole)
        possible, highest, careful, lowest, certain = read
        return Reading(certain, careful, possible, lowest, highest)

    def _take_open(self, definition: Definition, comparison: str, bit: int) -> None:
        """Keep how a concern is taken while its question is open."""
        careful = bit if raised_by_care(definition, comparison) else 0
        worst = bit if raised_at_worst(definition, comparison) else 0
        self._careful |= careful
        self._worst |= worst
        self._lowest |= 0 if definition.safety_critical else careful
        self._highest |= worst if definition.safety_critical else careful

    def _foreseeable(self, code: str) -> dict[Answer, int]:
        """The columns of each answer that can be listed beforehand: all but numbers."""
        definition = self._definitions[code]
        answers: list[Answer] = list(definition.values)
        if definition.type == "choice":
            answers.append(False)
        if definition.type == "yes_no":
            answers += [False, True]
        columns = {answer: self._known(code, answer) for answer in answers}
        return columns | {
            Open.NOT_ASKED: 0,
            Open.UNKNOWN: 0,
            Open.REFUSED: self._refused(code) << 2 * self._width,
        }

    def _known(self, code: str, answer: Answer) -> int:
        """The columns of a known answer: what it raises, and that all of it is settled."""
        definition = self._definitions[code]
        raised = settled = 0
        for concern, bit in self._concerns[code]:
            settled |= bit
            if concern.present(definition, answer):
                raised |= bit
        return raised | settled << self._width

    def _refused(self, code: str) -> int:
        """A refused safety question counts as a raised concern."""
        definition = self._definitions[code]
        if not definition.safety_critical or not raised_at_worst(definition):
            return 0
        return sum([bit for _, bit in self._concerns[code]])


def _term(bit: int, masks: Masks) -> Term:
    """A term's ways, those of a single concern as one mask."""
    alone = sum([mask for mask in masks if mask.bit_count() == 1])
    return bit, alone, tuple([mask for mask in masks if mask.bit_count() > 1])
