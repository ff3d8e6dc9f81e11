"""What every public page carries around its own content: title, menu, who runs the site."""

from dataclasses import dataclass

from django.conf import settings

LEAVE_TO = "https://www.weather.gov"
"""Where "Leave this page" goes: a page that nobody would ask about."""


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
    MenuEntry("public:levels", "Levels of care"),
    MenuEntry("public:iop", "What is IOP?"),
    MenuEntry("public:programs", "Programs"),
    MenuEntry("public:glossary", "Glossary"),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything around a public page's own content.

    `here` is the address name of the menu entry that this page is. With `quick_exit` the page
    shows "Leave this page" and, on a phone, no menu: a check asks private things. Pages that
    are not `indexed` ask search engines to leave them out.
    """

    title: str
    description: str
    run_by: RunBy
    here: str = ""
    quick_exit: bool = False
    indexed: bool = True
    menu: tuple[MenuEntry, ...] = MENU
    leave_to: str = LEAVE_TO


def frame(
    title: str,
    description: str = "",
    *,
    here: str = "",
    quick_exit: bool = False,
    indexed: bool = True,
) -> Frame:
    """The frame of a page of this installation."""
    return Frame(
        title=title,
        description=description,
        run_by=RunBy(**settings.HANDRAIL_RUN_BY),
        here=here,
        quick_exit=quick_exit,
        indexed=indexed,
    )
