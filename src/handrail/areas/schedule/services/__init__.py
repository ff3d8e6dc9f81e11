"""What can be done: programs, tracks, sessions, their rosters, closures, rooms and working hours."""
