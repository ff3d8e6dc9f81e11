"""Plans: the goals of an episode of care, in the client's words."""
