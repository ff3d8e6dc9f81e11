"""How page templates are read."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined


def url(name: str, **arguments: object) -> str:
    """The address of a page by its name."""
    return reverse(name, kwargs=arguments or None)


def environment(**options: Any) -> Environment:
    """A Jinja2 environment in which a missing value is an error, never an empty space."""
    options.pop("autoescape", None)
    options.pop("undefined", None)
    made = Environment(autoescape=True, undefined=StrictUndefined, **options)
    made.globals.update(url=url, static=static)
    return made
