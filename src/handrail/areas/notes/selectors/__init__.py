"""What can be read: notes of sessions: drafts, goals, signatures, addenda."""
