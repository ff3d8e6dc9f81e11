"""Reads parsed JSON and TOML strictly, so that a wrong shape is named instead of guessed at."""

from collections.abc import Mapping, Sequence

Number = int | float

# No score, count or code is near it; beyond it arithmetic on mixed numbers stops being exact.
_TOO_LARGE = 10**12


class ShapeError(ValueError):
    """A value is not what its place asks for; says where it stands and what was expected."""

    def __init__(self, path: str, expected: str, found: object) -> None:
        self.path = path
        super().__init__(f"{path}: expected {expected}, found {described(found)}")


def described(value: object) -> str:
    """Name a JSON value in words a reader of the file understands."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"the number {value}" if abs(value) < _TOO_LARGE else "a number beyond use"
    if isinstance(value, str):
        return f'the text "{shortened(value)}"'
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, Sequence):
        return "a list"
    return f"a {type(value).__name__}"


def shortened(text: str, limit: int = 60) -> str:
    """Cut a long wording for use inside a message; whole words, at most `limit` characters."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    return flat[: limit - 1].rsplit(" ", 1)[0] + "…"


def normalized(text: str) -> str:
    """Reduce a wording to its letters and digits, to compare labels across spellings."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def mapping(value: object, path: str) -> Mapping[str, object]:
    """Take an object (a table in TOML), or say what stands there instead."""
    if not isinstance(value, Mapping):
        raise ShapeError(path, "an object", value)
    return value


def sequence(value: object, path: str) -> Sequence[object]:
    """Take a list, or say what stands there instead."""
    if isinstance(value, str | bytes) or not isinstance(value, Sequence):
        raise ShapeError(path, "a list", value)
    return value


def text(value: object, path: str) -> str:
    """Take a non-empty text, or say what stands there instead."""
    if not isinstance(value, str) or not value.strip():
        raise ShapeError(path, "a text", value)
    return value


def number(value: object, path: str) -> Number:
    """Take a number of ordinary size (whole ones as int), or say what stands there instead."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ShapeError(path, "a number", value)
    if not abs(value) < _TOO_LARGE:
        raise ShapeError(path, "a number", value)
    return whole(value)


def flag(value: object, path: str) -> bool:
    """Take true or false, or say what stands there instead."""
    if not isinstance(value, bool):
        raise ShapeError(path, "true or false", value)
    return value


def whole(value: Number) -> Number:
    """Write 2.0 as 2, so that scores print as people write them."""
    return int(value) if value == int(value) else value


def mappings(parent: Mapping[str, object], key: str, path: str) -> tuple[Mapping[str, object], ...]:
    """Take the list of objects under a key; none when the key is absent."""
    if key not in parent:
        return ()
    where = f"{path}.{key}" if path else key
    entries = sequence(parent[key], where)
    return tuple(mapping(entry, f"{where}[{at}]") for at, entry in enumerate(entries))


def texts(parent: Mapping[str, object], key: str, path: str) -> tuple[str, ...]:
    """Take the list of texts under a key; none when the key is absent."""
    if key not in parent:
        return ()
    where = f"{path}.{key}" if path else key
    entries = sequence(parent[key], where)
    return tuple(text(entry, f"{where}[{at}]") for at, entry in enumerate(entries))


def text_or_empty(parent: Mapping[str, object], key: str, path: str) -> str:
    """Take the text under a key; empty when the key is absent."""
    if parent.get(key, "") == "":
        return ""
    return text(parent[key], f"{path}.{key}" if path else key)
