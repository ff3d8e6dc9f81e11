"""Outreach to whoever was missing."""
