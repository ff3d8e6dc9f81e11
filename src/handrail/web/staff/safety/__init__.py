"""Staff pages: safety."""
