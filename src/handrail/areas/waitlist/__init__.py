"""The waitlist: who waits for which program, and contact meanwhile."""
