"""How page templates are read: strictly, escaped, with addresses by name."""

import re
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from handrail.core.access import Action
from handrail.foundation.disk import is_low
from handrail.web.kit.filters import FILTERS, can
from handrail.web.public import words
from handrail.web.public.language import other_language

_PHONE = re.compile(r"\b1-\d{3}-\d{3}-\d{4}\b")


def url(name: str, **arguments: object) -> str:
    """The address of a page by its name."""
    return reverse(name, kwargs=arguments or None)


def disk_is_low() -> bool:
    """Whether the disk that holds the records is nearly full, so that a page can say it."""
    return is_low(settings.DATA)


def phones(text: str) -> Markup:
    """Make every long phone number in a sentence one that can be tapped and is never broken."""
    link = r'<a class="phone" href="tel:\g<0>">\g<0></a>'
    return Markup(_PHONE.sub(link, str(escape(text))))  # noqa: S704 - escaped before


def environment(**options: Any) -> Environment:
    """A Jinja2 environment in which a missing value is an error, never an empty space."""
    options.update(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made = Environment(**options)  # noqa: S701 - autoescape is on, in the line above
    made.add_extension("jinja2.ext.i18n")
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.filters.update(FILTERS, phones=phones)
    made.globals.update(
        can=can,
        Action=Action,
        url=url,
        static=static,
        page_language=words.page_language,
        other_language=other_language,
        disk_is_low=disk_is_low,
    )
    return made
