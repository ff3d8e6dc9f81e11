"""Abstract models that several slices share: what their rows have in common, and its one rule."""
