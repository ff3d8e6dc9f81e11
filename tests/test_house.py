"""The laws of the house that no tool checks: who may ask the database, and who may write.

Pages get what they show from selectors, and change things through services. A table is written
by the services of the slice that owns it, and by nobody else. What breaks a law today is listed
here by file; the lists may only get shorter.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps

from tests.conftest import ROOT

SOURCE = ROOT / "src" / "handrail"
MANAGERS = {"objects", "_default_manager", "_base_manager"}
ASKS = {
    *("filter", "exclude", "annotate", "aggregate", "select_related", "prefetch_related"),
    *("values_list", "order_by", "select_for_update", "in_bulk", "refresh_from_db"),
}
SHORTCUTS = {"get_object_or_404", "get_list_or_404"}
ON_ROWS = {"save", "delete"}
ON_MANAGERS = {
    *("create", "get_or_create", "update_or_create", "bulk_create", "bulk_update"),
    *("update", "delete"),
}

PAGES_THAT_ASK: set[str] = set()
WRITTEN_BY_OTHERS = {
    # Rosters lie in the schedule, because sessions need them; enrollment keeps them.
    "areas/enrollment/services/enrollment.py: Enrollment.objects.create",
    "areas/enrollment/services/enrollment.py: MakeUp.objects.create",
    "areas/enrollment/services/enrollment.py: Pause.objects.create",
    # Attendance lies in enrollment, because progress is counted there; the board marks it.
    "areas/sessions/services/board.py: session.attendances.create",
    "areas/sessions/services/closing.py: Attendance.objects.bulk_update",
    "areas/sessions/services/closing.py: session.attendances.update",
    "areas/sessions/services/rostering.py: Attendance.objects.bulk_create",
}


def parsed(folder: str) -> Iterator[tuple[str, ast.Module]]:
    """Every module below a folder of the source, by its path there."""
    for path in sorted((SOURCE / folder).rglob("*.py")):
        if "migrations" not in path.parts:
            yield str(path.relative_to(SOURCE)), ast.parse(path.read_text())


def chain(node: ast.expr) -> list[str]:
    """The names of `one.two(…).three`, from the left; "" for what is neither name nor call."""
    if isinstance(node, ast.Attribute):
        return [*chain(node.value), node.attr]
    if isinstance(node, ast.Call):
        return chain(node.func)
    return [node.id if isinstance(node, ast.Name) else ""]


def calls(tree: ast.AST) -> Iterator[list[str]]:
    """The names of everything that is called."""
    return (chain(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call))


# ---- pages ask no table ------------------------------------------------------------------------


def asks_a_table(tree: ast.AST) -> bool:
    """Whether a module speaks to the database by itself."""
    attributes = {one.attr for one in ast.walk(tree) if isinstance(one, ast.Attribute)}
    return bool(attributes & MANAGERS) or any(
        names[-1] in SHORTCUTS or (names[-1] in ASKS and names[:-1]) for names in calls(tree)
    )


def test_pages_ask_selectors_and_no_table():
    found = {name for name, tree in parsed("web") if asks_a_table(tree)}
    assert found == PAGES_THAT_ASK


@pytest.mark.parametrize(
    "code",
    [
        "Client.objects.get(pk=1)",
        "client.episodes.filter(closed=None)",
        "get_object_or_404(Client)",
    ],
)
def test_a_page_that_asks_a_table_is_seen(code):
    assert asks_a_table(ast.parse(code))


@pytest.mark.parametrize("code", ["found(by=actor)", "request.POST.get('x')", "filter(None, rows)"])
def test_a_page_that_asks_a_selector_is_fine(code):
    assert not asks_a_table(ast.parse(code))


# ---- a table is written by its owner's services ------------------------------------------------


@cache
def owners() -> dict[str, set[str]]:
    """By the name of a model, or of what leads to it from another: the slices that own it."""
    found: dict[str, set[str]] = {}
    for model in apps.get_models():
        parts = model.__module__.split(".")
        if parts[:2] != ["handrail", "areas"]:
            continue
        found.setdefault(model.__name__, set()).add(parts[2])
        for field in model._meta.get_fields():
            if field.concrete and field.remote_field:
                leads_here = field.remote_field.get_accessor_name()
                if leads_here:
                    found.setdefault(leads_here, set()).add(parts[2])
    return found


def is_service(name: str) -> bool:
    """Whether a module is one of a slice's services, or what they share below them."""
    return "services" in Path(name).with_suffix("").parts


def written_here(tree: ast.AST) -> Iterator[tuple[set[str], str]]:
    """What a module writes: whose it may be (nothing: unknown), and the names in the code."""
    for names in calls(tree):
        on, does = names[:-1], names[-1]
        known = [owners()[one] for one in on if one in owners()]
        if does in ON_MANAGERS and (known or MANAGERS & set(on)):
            yield known[-1] if known else set(), ".".join(names)
        elif does in ON_ROWS and on and not is_module(tree, on[0]):
            yield set(), ".".join(names)


def is_module(tree: ast.AST, name: str) -> bool:
    """Whether a name stands for something imported: `drafts.save(…)` is a service, no row."""
    imports = (one for one in ast.walk(tree) if isinstance(one, ast.Import | ast.ImportFrom))
    return any(name == (alias.asname or alias.name) for one in imports for alias in one.names)


def breaks(name: str, tree: ast.AST) -> list[str]:
    """What a module writes though it is not for it to write."""
    own = Path(name).parts[1] if name.startswith("areas/") else ""
    return [
        f"{name}: {said}"
        for whose, said in written_here(tree)
        if not is_service(name) or (whose and own not in whose)
    ]


def test_a_table_is_written_by_its_owners_services():
    found = {
        said
        for folder in ("areas", "web", "integrations", "cli")
        for name, tree in parsed(folder)
        for said in breaks(name, tree)
    }
    assert found == WRITTEN_BY_OTHERS


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("areas/notes/services/signing.py", "Flag.objects.create(kind='x')"),
        ("areas/notes/services/signing.py", "client.flags.get_or_create(kind='x')"),
        ("areas/safety/selectors.py", "Flag.objects.filter(pk=1).update(kind='x')"),
        ("areas/safety/selectors.py", "flag.save()"),
        ("web/staff/safety/views.py", "form.instance.save()"),
        ("web/staff/safety/views.py", "flag.delete()"),
    ],
)
def test_what_somebody_else_writes_is_seen(name, code):
    assert breaks(name, ast.parse(code))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("areas/safety/services/flags.py", "Flag.objects.create(kind='x')"),
        ("areas/safety/services/flags.py", "flag.save(update_fields=['kind'])"),
        ("web/staff/safety/views.py", "context.update(flag=flag)"),
        ("web/staff/safety/views.py", "from x import drafts\ndrafts.save(text='x')"),
    ],
)
def test_what_the_owner_writes_is_fine(name, code):
    assert not breaks(name, ast.parse(code))


def test_no_line_of_a_template_is_too_long_to_read():
    """A change of one word in a line of 600 characters is a change nobody can review."""
    long = [
        f"{path.relative_to(SOURCE)}:{number}"
        for path in sorted(SOURCE.rglob("*.jinja"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > 160
    ]
    assert long == []
