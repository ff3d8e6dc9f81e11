"""The instruments that come with the program: wording in JSON, scoring in TOML beside it."""

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from handrail.core.instruments import Instrument, load_instrument

_SCORING = ".scoring.toml"


@cache
def shipped_instruments() -> tuple[Instrument, ...]:
    """Give every instrument that may be used as it is, in the order of their names.

    Raises: InstrumentError, naming the file, when a shipped file is broken.
    """
    folder = files(__package__)
    names = sorted(file.name.removesuffix(".json") for file in folder.iterdir() if _is_json(file))
    return tuple(_load(folder, name) for name in names)


@cache
def shipped_scoring(name: str) -> Mapping[str, object]:
    """Give the scoring definition of that name, to score a questionnaire loaded from elsewhere.

    Raises: FileNotFoundError, when there is none.
    """
    if not name.replace("-", "").isalnum():
        raise FileNotFoundError(name)
    return tomllib.loads((files(__package__) / (name + _SCORING)).read_text(encoding="utf-8"))


def _is_json(file: Traversable) -> bool:
    return file.name.endswith(".json")


def _load(folder: Traversable, name: str) -> Instrument:
    wording = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return load_instrument(wording, shipped_scoring(name), source=f"{name}.json")
