"""What every public page carries around its own content: title, menu, who runs the site."""

from dataclasses import dataclass

from django.conf import settings

from handrail.web.public.words import language, mark, say

LEAVE_TO = "https://www.weather.gov"
"""Where "Leave" goes: a page that nobody would ask about."""


@dataclass(frozen=True, slots=True)
class RunBy:
    """Who runs this installation: name, what they offer in a few words, and a phone number."""

    name: str
    programs: str
    phone: str

    @property
    def dial(self) -> str:
        """The phone number as a telephone link wants it: digits only."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry of the menu: the name of its page's address, and the words."""

    page: str
    words: str


MENU = (
    MenuEntry("public:levels", mark("Levels of care")),
    MenuEntry("public:iop", mark("What is IOP?")),
    MenuEntry("public:programs", mark("Programs")),
    MenuEntry("public:lessons", mark("Family & friends")),
    MenuEntry("public:glossary", mark("Glossary")),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything around a public page's own content.

    `here` is the address name of the menu entry that this page is. Every page can be left at once,
    to `leave_to`. Pages that are not `indexed` ask search engines to leave them out.
    """

    title: str
    description: str
    run_by: RunBy
    here: str = ""
    indexed: bool = True
    menu: tuple[MenuEntry, ...] = ()
    leave_to: str = LEAVE_TO


def frame(
    title: str,
    description: str = "",
    *,
    here: str = "",
    indexed: bool = True,
) -> Frame:
    """The frame of a page of this installation."""
    return Frame(
        title=title,
        description=description,
        run_by=RunBy(**_run_by()),
        here=here,
        indexed=indexed,
        menu=tuple(MenuEntry(entry.page, say(entry.words)) for entry in MENU),
    )


def _run_by() -> dict[str, str]:
    """Who runs this installation, in the language of the page where that is known."""
    return {**settings.HANDRAIL_RUN_BY, **settings.HANDRAIL_RUN_BY_IN.get(language(), {})}
