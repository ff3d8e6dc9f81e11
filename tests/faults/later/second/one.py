"""The same first step."""

from tests.faults.later.first.one import Migration

__all__ = ["Migration"]
