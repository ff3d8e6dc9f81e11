"""Conditions of rules: what a criteria set may say, and how it is read when answers are open.

A condition is written in the findings' own codes with `and`, `or`, `not` and comparisons:

    alcohol_use_disorder >= "moderate" and not weekly_care_known_enough

Its atoms are *concerns*: a danger that is present, a protection that is not known to be, or,
written `unless_no(uses_daily)`, a danger of which nobody has said no. A danger may not be negated
and a protection must be: so more danger, or less that is known to protect, can only make a
condition true, never false. That is what keeps a recommendation from
falling when an answer gets worse.

Each concern of a criteria set is one bit; a person is a few integers; a condition is a list of
bit masks, true when all bits of any one of them are set.
"""

import ast
from dataclasses import dataclass

from handrail.core.findings import Answer, Catalogue, Definition, Kind

Masks = tuple[int, ...]

_COMPARISONS = {ast.GtE: ">=", ast.Gt: ">", ast.LtE: "<=", ast.Lt: "<"}
_REMEMBERED = 20_000  # sets of findings that many people share, kept by each vocabulary
_LARGEST = 600  # ways to be true; a condition beyond this should be split or given a term


class ConditionError(ValueError):
    """A condition that cannot be read; the message says why and what was expected."""


UNLESS_NO = "unless_no"


@dataclass(frozen=True, slots=True)
class Concern:
    """A danger that is present or a protection that is not known, as one bit of a person."""

    finding: str
    comparison: str = ""
    value: str | float | bool = True

    def present(self, definition: Definition, answer: Answer) -> bool:
        """Tell whether a known answer raises this concern."""
        if definition.kind is Kind.PROTECTION:
            return answer is not True
        if self.comparison == UNLESS_NO:
            return answer is not False and answer != definition.best
        if isinstance(answer, bool):
            return answer
        if isinstance(answer, str):
            order = definition.values
            return _compare(order.index(answer), self.comparison, order.index(str(self.value)))
        return _compare(answer, self.comparison, self.value)  # type: ignore[arg-type]


def _compare(left: float, comparison: str, right: float) -> bool:
    return {
        ">=": left >= right,
        ">": left > right,
        "<=": left <= right,
        "<": left < right,
    }[comparison]


class Vocabulary:
    """The concerns and terms of one criteria set, each with its bit."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.bits: dict[Concern | str, int] = {}
        self.terms: list[tuple[int, Masks]] = []
        self.masks_of_terms: dict[str, Masks] = {}
        self._finding_of: dict[int, str] = {}
        self._findings_of: dict[int, tuple[str, ...]] = {}

    def add_term(self, name: str, condition: str) -> None:
        """Give a condition a name that later conditions may use."""
        if name in self.catalogue:
            raise ConditionError(f"{name} is a finding already")
        masks = self.read(condition)
        self.masks_of_terms[name] = masks
        self.terms.append((self._bit(name), masks))

    def read(self, condition: str) -> Masks:
        """Read a condition into its masks. Raises ConditionError."""
        try:
            tree = ast.parse(" ".join(condition.split()), mode="eval")
        except SyntaxError as wrong:
            raise ConditionError(f"cannot be read: {wrong.msg} near {wrong.text!r}") from wrong
        return _without_redundant(self._ways(tree.body))

    def reach(self, mask: int) -> int:
        """The bits of all concerns that a mask asks about, those behind its terms included."""
        reached = 0
        for key, bit in self.bits.items():
            if mask & bit and isinstance(key, Concern):
                reached |= bit
            elif mask & bit:
                for inner in self.masks_of_terms[str(key)]:
                    reached |= self.reach(inner)
        return reached

    def findings(self, bits: int) -> tuple[str, ...]:
        """The codes of the findings behind the bits of concerns, each once, in order."""
        known = self._findings_of.get(bits)
        if known is None:
            codes: dict[str, None] = {}
            rest = bits
            while rest:
                lowest = rest & -rest
                codes[self._finding_of[lowest]] = None
                rest ^= lowest
            known = tuple(codes)
            if len(self._findings_of) < _REMEMBERED:
                self._findings_of[bits] = known
        return known

    def rarest(self, mask: int) -> int:
        """One bit of a mask that few people have: a danger rather than a protection not known."""
        bits = [bit for bit in self.bits.values() if mask & bit]
        return min(bits, key=lambda bit: (self._commonness(bit), -bit), default=0)

    def _commonness(self, bit: int) -> int:
        definition = self.catalogue.get(self._finding_of.get(bit, ""))
        if definition is None:  # a term: true in many ways
            return 1
        return 2 if definition.kind is Kind.PROTECTION else 0

    @property
    def reads(self) -> frozenset[str]:
        """The codes of every finding that the set asks about."""
        return frozenset(self._finding_of.values())

    def _bit(self, key: Concern | str) -> int:
        bit = self.bits.setdefault(key, 1 << len(self.bits))
        if isinstance(key, Concern):
            self._finding_of[bit] = key.finding
        return bit

    def _ways(self, node: ast.expr) -> list[int]:
        """Every way in which the node is true, each a mask of what must be present."""
        match node:
            case ast.BoolOp(op=ast.Or(), values=parts):
                return [way for part in parts for way in self._ways(part)]
            case ast.BoolOp(op=ast.And(), values=parts):
                ways = [0]
                for part in parts:
                    ways = [way | other for way in ways for other in self._ways(part)]
                    if len(ways) > _LARGEST:
                        raise ConditionError("is too wide: split it, or name a part as a term")
                return ways
            case ast.UnaryOp(op=ast.Not(), operand=ast.Name(id=code)):
                return [self._absent_protection(code)]
            case ast.Call(func=ast.Name(id="unless_no"), args=[ast.Name(id=code)], keywords=[]):
                return [self._not_denied(code)]
            case ast.Name(id=name) if name in self.masks_of_terms:
                return [self._bit(name)]
            case ast.Name(id=code):
                return [self._danger(code)]
            case ast.Compare(left=ast.Name(id=code), ops=[operator], comparators=[right]):
                return [self._compared(code, operator, right)]
        raise ConditionError(f"cannot hold {ast.unparse(node)!r}: use and, or, not and comparisons")

    def _definition(self, code: str) -> Definition:
        if code not in self.catalogue:
            raise ConditionError(f"names {code}, which is neither a finding nor a term above it")
        return self.catalogue[code]

    def _absent_protection(self, code: str) -> int:
        if self._definition(code).kind is not Kind.PROTECTION:
            raise ConditionError(f"says not {code}: only a protection may be negated")
        return self._bit(Concern(code))

    def _not_denied(self, code: str) -> int:
        definition = self._definition(code)
        if definition.kind is not Kind.DANGER or definition.measured or definition.type == "number":
            raise ConditionError(f"says unless_no({code}): only a danger that is asked for")
        return self._bit(Concern(code, UNLESS_NO))

    def _danger(self, code: str) -> int:
        definition = self._definition(code)
        if definition.kind is Kind.PROTECTION:
            raise ConditionError(f"needs {code}: a protection may only be negated")
        if definition.type != "yes_no":
            raise ConditionError(f"needs {code} compared with {definition.expected()}")
        return self._bit(Concern(code))

    def _compared(self, code: str, operator: ast.cmpop, right: ast.expr) -> int:
        definition = self._definition(code)
        comparison = _COMPARISONS.get(type(operator), "")
        if not isinstance(right, ast.Constant) or not comparison:
            raise ConditionError(f"compares {code} with something that is not a plain value")
        value = right.value
        if definition.type == "choice":
            if value not in definition.values or comparison not in (">=", ">"):
                raise ConditionError(f"{code}: expected >= or > and {definition.expected()}")
        elif definition.type == "number":
            toward = (">=", ">") if definition.worse == "higher" else ("<=", "<")
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise ConditionError(f"{code}: expected {definition.expected()}")
            if comparison not in toward:
                raise ConditionError(f"{code}: expected {' or '.join(toward)} and a number")
        else:
            raise ConditionError(f"{code} is answered yes or no and cannot be compared")
        return self._bit(Concern(code, comparison, value))


def _without_redundant(ways: list[int]) -> Masks:
    """Leave out each way that asks for more than another way does."""
    unique = list(dict.fromkeys(ways))
    return tuple(
        way for way in unique if not any(other != way and other & way == other for other in unique)
    )


def holds(masks: Masks, facts: int) -> bool:
    """Tell whether a condition is true of a person."""
    for mask in masks:  # noqa: SIM110, a plain loop: this runs most of all
        if mask & facts == mask:
            return True
    return False
