"""Staff pages: organizations."""
