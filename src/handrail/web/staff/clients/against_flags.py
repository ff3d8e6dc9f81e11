"""What the findings of a recommendation say against the chart's own open flags."""

from collections.abc import Iterable
from dataclasses import dataclass

from handrail.areas.safety.models import FlagKind
from handrail.core.findings import Findings, Open
from handrail.data import findings_catalogue
from handrail.web.staff.clients.chart import FlagLine

_ABOUT = {
    FlagKind.SUICIDE.value: (
        "suicidal_thoughts",
        "suicidal_thoughts_right_now",
        "suicide_plan_or_intent",
        "suicide_attempt_recent",
    ),
    FlagKind.OVERDOSE.value: ("overdose_last_90_days",),
}
"""The findings that speak of what a risk flag is about."""


@dataclass(frozen=True, slots=True)
class OpenRisk:
    """An open risk flag, and the answers that say there is nothing of it, if they all do."""

    kind: str
    value: str
    since: str
    why: str
    denied: tuple[str, ...]


def open_risks(flags: Iterable[FlagLine], findings: Findings) -> tuple[OpenRisk, ...]:
    """The chart's open risk flags beside what the findings say about them."""
    return tuple(
        OpenRisk(one.kind, one.value, one.since, one.why, _denied(one.value, findings))
        for one in flags
        if one.value in _ABOUT
    )


def _denied(kind: str, findings: Findings) -> tuple[str, ...]:
    """The answers that deny it, in words. None as soon as one of them affirms it."""
    catalogue = findings_catalogue()
    denied = []
    for code in _ABOUT[kind]:
        finding = findings.get(code)
        if finding is None or isinstance(finding.answer, Open):
            continue
        if finding.answer != catalogue[code].no:
            return ()
        denied.append(catalogue[code].say(finding.answer))
    return tuple(denied)
