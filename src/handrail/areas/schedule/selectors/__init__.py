"""What can be read: programs, tracks, sessions, their rosters, closures, rooms and working hours."""
