"""Placement: how a person finds the level of care that fits. So far: drafts of private checks."""
