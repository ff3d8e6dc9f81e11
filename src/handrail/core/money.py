"""Money in whole cents: never a fraction of one, and read and said as people do."""

import re

_AMOUNT = re.compile(r"\$?\s*([0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,12})(?:\.([0-9]{2}))?")
MOST = 100_000_000_00
"""No amount of one person's care is more: a hundred million dollars is a slip of the finger."""


def dollars(cents: int) -> str:
    """$1,040; $62.50: cents are said only where there are some."""
    sign = "−" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}${whole:,}.{rest:02}" if rest else f"{sign}${whole:,}"


def read_dollars(text: str) -> int | None:
    """What someone typed as an amount, in cents: 40, $1,250 or 62.50. None for anything else."""
    found = _AMOUNT.fullmatch(text.strip())
    if not found:
        return None
    cents = int(found[1].replace(",", "")) * 100 + int(found[2] or 0)
    return cents if cents <= MOST else None


def percent_of(percent: int, cents: int) -> int:
    """So many percent of an amount, rounded to the nearest cent, half a cent up."""
    return (percent * cents + 50) // 100
