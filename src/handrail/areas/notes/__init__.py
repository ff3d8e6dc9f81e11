"""Notes of sessions: drafts, goals, signatures, addenda."""
