"""Staff pages: schedule."""
