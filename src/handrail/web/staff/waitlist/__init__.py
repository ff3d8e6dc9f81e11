"""Staff pages: waitlist."""
