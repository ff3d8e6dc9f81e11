"""Staff pages: enrollment."""
