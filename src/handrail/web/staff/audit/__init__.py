"""Staff pages: audit."""
