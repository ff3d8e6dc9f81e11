"""Course: from a weekly pattern to sessions, rosters, attendance, minutes and the last day."""
