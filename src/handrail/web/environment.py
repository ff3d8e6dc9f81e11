"""How page templates are read: strictly, escaped, with addresses by name."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined


def url(name: str, **arguments: object) -> str:
    """The address of a page by its name."""
    return reverse(name, kwargs=arguments or None)


def environment(**options: Any) -> Environment:
    """A Jinja2 environment in which a missing value is an error, never an empty space."""
    options.update(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made = Environment(**options)  # noqa: S701 - autoescape is on, in the line above
    made.globals.update(url=url, static=static)
    return made
