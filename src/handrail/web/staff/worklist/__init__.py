"""Staff pages: worklist."""
