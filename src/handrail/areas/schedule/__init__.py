"""Programs, tracks, sessions, their rosters, closures, rooms and working hours."""
