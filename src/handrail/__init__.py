"""Handrail: the level of care that fits a person, and the program that provides it."""

__version__ = "0.2.0"
