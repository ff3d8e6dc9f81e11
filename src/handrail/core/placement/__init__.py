"""Placement: from findings to the least restrictive care that still meets a person's needs."""
