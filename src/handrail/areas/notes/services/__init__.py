"""What can be done: notes of sessions: drafts, goals, signatures, addenda."""
