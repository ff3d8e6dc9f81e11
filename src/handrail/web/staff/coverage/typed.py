"""Reading what was typed into the forms of coverage: amounts, parts of a hundred, numbers."""

from handrail.areas.clients.services.entering import Mistaken
from handrail.core.money import read_dollars
from handrail.web.staff.clients.forms import Filled


class Reading:
    """Reads one form's fields and collects what is wrong with them, to say it all at once."""

    def __init__(self, form: Filled) -> None:
        self.form = form
        self.problems: dict[str, str] = {}

    def cents(self, name: str) -> int | None:
        """An amount in cents; None where the field is empty."""
        text = self.form.value(name).strip()
        found = read_dollars(text) if text else None
        if text and found is None:
            self.problems[name] = "Enter an amount, for example 40 or 62.50."
        return found

    def number(self, name: str, most: int, words: str) -> int | None:
        """A whole number from 0 to `most`; None where the field is empty."""
        text = self.form.value(name).strip().removesuffix("%").strip()
        if not text:
            return None
        if not (text.isascii() and text.isdecimal() and len(text) < 7 and int(text) <= most):
            self.problems[name] = words
            return None
        return int(text)

    def needed(self, value: int | None, name: str, words: str) -> int:
        """A value that must be there; 0 stands in until the problems are raised."""
        if value is None and name not in self.problems:
            self.problems[name] = words
        return value or 0

    def done(self) -> None:
        """Raise Mistaken with everything that is wrong, if anything."""
        if self.problems:
            raise Mistaken(self.problems)
