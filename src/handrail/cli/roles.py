"""`handrail roles`: who may do what, as a page to read."""

import argparse

from handrail.core.access import RULES, SYSTEMS, Role, Rule


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser("roles", help="print who may do what, as Markdown")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Print the page; docs/reference/roles.md is this, word for word."""
    print(page(), end="")
    return 0


def page() -> str:
    """The roles, the table of what each may do, and the system actors, as Markdown."""
    return "\n".join([*_HEAD, *_roles(), *_table(), *_systems(), ""])


_HEAD = [
    "# Roles: who may do what",
    "",
    "Printed by `./run handrail roles` from the table the software itself asks"
    " (`handrail/core/access.py`).",
    "What is not in the table is refused. Things of another organization do not exist for anyone"
    " outside it.",
    "A person can have several roles, and other roles in another organization.",
    "",
]


def _roles() -> list[str]:
    rows = [f"| {one.words} | {one.does} |" for one in Role]
    return ["## The roles", "", "| role | does |", "|---|---|", *rows, ""]


def _table() -> list[str]:
    rows = [f"| {one.words} | {_who(one)} | {_when(one)} |" for one in RULES]
    more = "Only an administrator makes or unmakes an administrator, and the last one stays."
    return [
        "## What they may do",
        "",
        "| what | who | when |",
        "|---|---|---|",
        *rows,
        "",
        more,
        "",
    ]


def _who(rule: Rule) -> str:
    if rule.roles == frozenset(Role):
        return "everyone"
    return ", ".join(one.words for one in Role if one in rule.roles)


def _when(rule: Rule) -> str:
    states = f"while it is {' or '.join(sorted(rule.states))}" if rule.states else "at any time"
    return states if rule.on_oneself else f"{states}; not for oneself"


def _systems() -> list[str]:
    rows = [
        f"| {name} | {', '.join(f'`{one}`' for one in sorted(grants))} |"
        for name, grants in SYSTEMS.items()
    ]
    return [
        "## Work without a person behind it",
        "",
        "| system actor | may |",
        "|---|---|",
        *rows,
    ]
