"""Staff pages: recommendations."""
