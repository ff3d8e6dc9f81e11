"""A worker whose job kills it in the middle, the first time."""
