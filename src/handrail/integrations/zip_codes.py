"""Where a ZIP code is, without asking anybody: the list ships with the library."""

import re
from typing import Any

import zipcodes

from handrail.core.listings import Place


def place_of(zip_code: str) -> Place | None:
    """The middle of a five-digit ZIP code; None when there is no such code."""
    row = _row(zip_code)
    return Place(float(row["lat"]), float(row["long"])) if row else None


def state_of(zip_code: str) -> str:
    """The two letters of the state that a ZIP code lies in; empty when there is no such code."""
    return str(_row(zip_code).get("state", ""))


def _row(zip_code: str) -> dict[str, Any]:
    if not re.fullmatch(r"\d{5}", zip_code, re.ASCII):
        return {}
    found: list[dict[str, Any]] = zipcodes.matching(zip_code)  # type: ignore[no-untyped-call]
    return found[0] if found else {}
