"""Notes: an evening written down, checked and signed."""
