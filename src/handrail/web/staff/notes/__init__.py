"""Staff pages: notes."""
