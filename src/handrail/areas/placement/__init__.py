"""Placement: how a person finds the level of care that fits. So far: the draft of a private check."""
