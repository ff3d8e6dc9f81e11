"""Handrail: the level of care that fits a person, and the program that provides it."""
