"""How slices contribute to what belongs to no one of them: each has a module of an agreed name.

`contributions("busy")` gives the module `busy` of every slice that has one, in the order of
INSTALLED_APPS, which is the one list of slices. Whoever asks knows the shape, and no slice.
A test says that every contribution has the shape (tests/test_seams.py).
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from django.apps import apps
from django.utils.module_loading import module_has_submodule


@cache
def contributions(name: str) -> tuple[ModuleType, ...]:
    """The modules of this name that the slices have, lowest slice first."""
    return tuple(
        import_module(f"{one.name}.{name}")
        for one in apps.get_app_configs()
        if one.name.startswith("handrail.areas.") and module_has_submodule(one.module, name)
    )


@cache
def submodules(package: ModuleType, name: str) -> tuple[ModuleType, ...]:
    """The modules of this name in the packages inside a package, in the order of the alphabet."""
    found = (
        f"{package.__name__}.{one.name}" for one in iter_modules(package.__path__) if one.ispkg
    )
    return tuple(
        import_module(f"{one}.{name}")
        for one in found
        if module_has_submodule(import_module(one), name)
    )
