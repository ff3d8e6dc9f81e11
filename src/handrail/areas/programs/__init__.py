"""The program at work: tracks, sessions, who is in them, attendance, notes, outreach."""
