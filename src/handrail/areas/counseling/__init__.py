"""Counseling notes, kept apart for their author."""
