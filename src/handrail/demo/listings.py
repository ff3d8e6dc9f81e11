"""The programs elsewhere that the demo lists, all made up."""

import tomllib
from datetime import date, datetime, timedelta
from importlib.resources import files

from handrail.areas.listings.services import import_listings
from handrail.data import locator_words

_LAST_FILE = timedelta(days=23)
"""How long ago the list was brought in."""


def list_programs(day: date, at: datetime) -> None:
    """Bring in the made-up list, as a file of some weeks ago."""
    text = files("handrail.demo").joinpath("listings.toml").read_text(encoding="utf-8")
    rows = [
        row | {"services": [{"f2": code, "f3": words} for code, words in row["says"].items()]}
        for row in tomllib.loads(text)["row"]
    ]
    import_listings(
        data=rows,
        words=locator_words(),
        verified_date=day - _LAST_FILE,
        whole=True,
        at=at - _LAST_FILE,
    )
